//! The fields of a case as flags: made from one list for each command, so
//! that flags, files and JSON have the same names.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

use crate::domain::{Entry, Field, FieldError, Part, Reason, Values};
use crate::lang::Lang;

/// A flag for a field.
pub(super) struct Flag {
    /// Its name; without one, the field's key.
    long: Option<&'static str>,
    /// A shorter name beside it.
    alias: Option<&'static str>,
    field: Field,
}

const fn flag(field: Field) -> Flag {
    Flag { long: None, alias: None, field }
}

const fn named(long: &'static str, field: Field) -> Flag {
    Flag { long: Some(long), alias: None, field }
}

const fn short(alias: &'static str, field: Field) -> Flag {
    Flag { long: None, alias: Some(alias), field }
}

impl Flag {
    fn long(&self) -> String {
        self.long.map_or_else(|| self.field.key().replace('_', "-"), str::to_owned)
    }

    fn help(&self) -> &'static str {
        let words = Lang::En.words();
        if self.field == Field::Reason { words.asking.reason_flag } else { (words.field)(self.field) }
    }

    fn arg(&self) -> Arg {
        let mut arg = Arg::new(self.field.key())
            .long(self.long())
            .value_name(value_name(self.field))
            .help(self.help())
            // "-5 triệu" is a value, and told to be negative.
            .allow_hyphen_values(["AMOUNT", "N"].contains(&value_name(self.field)))
            .action(if self.field.part() == Part::Goods { ArgAction::Append } else { ArgAction::Set });
        if let Some(alias) = self.alias {
            arg = arg.visible_alias(alias);
        }
        arg
    }
}

/// The key that a name on the command line stands for: hyphens are
/// underscores, and the short names of flags their long ones.
pub(super) fn key_of(name: &str) -> String {
    let key = name.trim().replace('-', "_").to_ascii_lowercase();
    let long = RecordFields::FLAGS.iter().find(|flag| flag.alias == Some(key.as_str()));
    long.map_or(key, |flag| flag.field.key().to_owned())
}

fn value_name(field: Field) -> &'static str {
    let key = field.key();
    if key.ends_with("_on") || key.ends_with("_from") {
        "DATE"
    } else if key.ends_with("_value") || key.ends_with("_amount") || field == Field::IllegalProfit {
        "AMOUNT"
    } else if key.ends_with("_bound") {
        "BOUND"
    } else if matches!(
        field,
        Field::Quantity | Field::DisposedQuantity | Field::CaseCount | Field::Persons | Field::Lot
    ) {
        "N"
    } else {
        "TEXT"
    }
}

fn augment(command: Command, flags: &[Flag]) -> Command {
    command.args(flags.iter().map(Flag::arg))
}

/// What was given, and what can't be told from it.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// The fields.
    pub(super) entry: Entry,
    /// Fields whose place is in doubt.
    pub(super) errors: Vec<FieldError>,
}

/// Gathers what was given. A flag of goods belongs to the `--goods` before
/// it; where there is one `--goods` alone, to that.
fn collect(matches: &ArgMatches, flags: &[Flag]) -> Given {
    let given = |field: Field| {
        let key = field.key();
        let values = matches.get_many::<String>(key).into_iter().flatten().cloned();
        matches.indices_of(key).into_iter().flatten().zip(values)
    };
    let has_goods = flags.iter().any(|flag| flag.field == Field::Goods);
    let starts: Vec<usize> = if has_goods { given(Field::Goods).map(|(at, _)| at).collect() } else { Vec::new() };
    let mut all = Given::default();
    for flag in flags {
        for (at, value) in given(flag.field) {
            let before = starts.iter().filter(|start| **start <= at).count();
            let line = match (flag.field.part(), starts.len()) {
                (Part::Goods, 2..) => before,
                _ => 1,
            };
            all.put(flag.field, line, value);
        }
    }
    all
}

impl Given {
    fn put(&mut self, field: Field, line: usize, value: String) {
        let list = match field.part() {
            Part::Case => {
                self.entry.values.insert(field, value);
                return;
            }
            Part::Goods => &mut self.entry.goods,
            Part::Payments => &mut self.entry.payments,
            Part::Disposals => &mut self.entry.disposals,
        };
        let mut refuse =
            |value, reason| self.errors.push(FieldError { field, line: (line > 0).then_some(line), value, reason });
        let Some(at) = line.checked_sub(1) else {
            return refuse(value, Reason::Needs(Field::Goods));
        };
        list.resize_with(list.len().max(line), Values::new);
        if list[at].contains_key(&field) {
            return refuse(value, Reason::Twice);
        }
        list[at].insert(field, value);
    }
}

macro_rules! field_args {
    ($($(#[$doc:meta])* $name:ident = [$($flag:expr),+ $(,)?];)+) => {
        $($(#[$doc])*
        #[derive(Debug)]
        pub(super) struct $name(pub(super) Given);

        impl $name {
            const FLAGS: &[Flag] = &[$($flag),+];
        }

        impl Args for $name {
            fn augment_args(command: Command) -> Command {
                augment(command, Self::FLAGS)
            }

            fn augment_args_for_update(command: Command) -> Command {
                augment(command, Self::FLAGS)
            }
        }

        impl FromArgMatches for $name {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
                Ok(Self(collect(matches, Self::FLAGS)))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
                self.0 = collect(matches, Self::FLAGS);
                Ok(())
            }
        })+
    };
}

field_args! {
    /// What a new case is recorded with.
    RecordFields = [
        flag(Field::CaseNo),
        flag(Field::Province),
        flag(Field::Commune),
        flag(Field::Agency),
        flag(Field::Force),
        flag(Field::Partners),
        short("date", Field::DetectedOn),
        flag(Field::DetectedFrom),
        flag(Field::Violation),
        flag(Field::LegalBasis),
        flag(Field::Goods),
        flag(Field::Category),
        flag(Field::Quantity),
        flag(Field::Unit),
        flag(Field::GoodsValue),
        flag(Field::Brand),
        flag(Field::Origin),
        short("seized", Field::SeizedValue),
        flag(Field::SeizedBound),
        flag(Field::DecisionNo),
        flag(Field::DecidedOn),
        short("fine", Field::FineAmount),
        flag(Field::FineBound),
        flag(Field::IllegalProfit),
        flag(Field::Remedies),
        short("paid", Field::PaidAmount),
        flag(Field::PaidOn),
        flag(Field::Offender),
        flag(Field::OffenderKind),
        flag(Field::OffenderId),
        flag(Field::OffenderAddress),
        flag(Field::CaseCount),
        flag(Field::CaseCountBound),
        flag(Field::Source),
        flag(Field::Note),
        flag(Field::Reason),
        flag(Field::Id),
    ];
    /// What a decision is recorded with.
    DecideFields = [
        flag(Field::DecidedOn),
        short("fine", Field::FineAmount),
        flag(Field::FineBound),
        flag(Field::DecisionNo),
        flag(Field::IllegalProfit),
        flag(Field::Remedies),
    ];
    /// What a payment is recorded with.
    PayFields = [flag(Field::PaidOn), short("paid", Field::PaidAmount)];
    /// What a disposal is recorded with.
    DisposeFields = [
        flag(Field::DisposedOn),
        named("how", Field::DisposedHow),
        flag(Field::Lot),
        named("quantity", Field::DisposedQuantity),
        named("value", Field::DisposedValue),
        flag(Field::Minutes),
    ];
    /// What a transfer is recorded with.
    TransferFields = [flag(Field::TransferredOn), named("to", Field::TransferredTo), flag(Field::Persons)];
    /// What the closing of a file is recorded with.
    CloseFields = [flag(Field::ClosedOn)];
}
