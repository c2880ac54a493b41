//! What the commands of a run have in common: language, clock, casebook and
//! output.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local, NaiveDate, TimeZone, Utc};

use super::args::{ColorWhen, Global, UnitArgs, UnitName};
use super::config::{self, Config};
use super::due::LimitFiles;
use super::failure::Failure;
use super::output;
use super::reports::PROGRAM;
use crate::domain::{Currency, FieldWarning, Reference, ReferenceTexts, ReportSeal, ReportSetting, Stamp};
use crate::exchange::Form;
use crate::lang::{Lang, Words};
use crate::render::{Format, Office, Paper, Style, Unit, View, render, render_document};
use crate::store::{Error, NewAgency, NewCasebook, Store, shown_address};
use crate::text::{DateError, read_date};

/// What was known at the end of a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// The day.
    pub(super) day: NaiveDate,
    /// The moment at which it ended.
    pub(super) before: DateTime<Utc>,
}

/// A run of the program.
pub(super) struct Session {
    pub(super) words: &'static Words,
    pub(super) stamp: Stamp,
    db: String,
    db_is_default: bool,
    format: Option<String>,
    output: Option<PathBuf>,
    color: ColorWhen,
    quiet: bool,
    no_input: bool,
    pub(super) limit_files: LimitFiles,
    /// The office whose documents are made.
    office: Option<Office>,
}

/// The value of a flag, looked for by hand: what errors of usage depend on
/// must be known where the arguments make no sense.
fn flag<'a>(arguments: &'a [OsString], name: &str) -> Option<&'a str> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    texts.iter().enumerate().find_map(|(at, text)| match text.strip_prefix(name) {
        Some("") => texts.get(at + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    })
}

/// Whether errors are wanted as JSON.
pub(super) fn wants_json(arguments: &[OsString]) -> bool {
    flag(arguments, "--format") == Some("json")
}

/// The language of a run: the flag, else the environment, else the file.
pub(super) fn language(arguments: &[OsString], config: Option<&Config>) -> Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let environment = ["CASEBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    flag(arguments, "--lang")
        .and_then(Lang::from_locale)
        .or_else(|| set("CASEBOOK_LANG").as_deref().and_then(Lang::from_locale))
        .or_else(|| config.and_then(|config| config.lang.as_deref()).and_then(Lang::from_locale))
        .or_else(|| environment.into_iter().find_map(set).as_deref().and_then(Lang::from_locale))
        .unwrap_or_default()
}

/// Says something on standard error. That nobody listens is no failure.
pub(super) fn complain(text: &str) {
    for line in text.lines() {
        let _ = writeln!(std::io::stderr().lock(), "{}", crate::text::shown(line));
    }
}

impl Session {
    pub(super) fn new(global: Global, mut config: Config, lang: Lang) -> Result<Self, Failure> {
        start_log(global.verbose);
        let words = lang.words();
        let limit_files = config.limit_files();
        let named = global.db.filter(|db| !db.is_empty()).or(config.db);
        let who = global.who.or(config.who).or_else(login).unwrap_or_else(|| "?".to_owned());
        let color = config.color.as_deref().and_then(|word| <ColorWhen as clap::ValueEnum>::from_str(word, true).ok());
        let mut session = Self {
            words,
            limit_files,
            office: config.office,
            stamp: Stamp { at: Utc::now(), today: Local::now().date_naive(), who: crate::text::clean(&who) },
            db_is_default: named.is_none(),
            db: named.unwrap_or_else(|| config::default_db().display().to_string()),
            format: global.format.or(config.format),
            output: global.output.filter(|path| path.as_os_str() != "-" && !path.as_os_str().is_empty()),
            color: global.color.or(color).unwrap_or(ColorWhen::Auto),
            quiet: global.quiet,
            no_input: global.no_input,
        };
        if let Some(text) = global.today {
            session.stamp.today = session.day("today", &text)?;
        }
        Ok(session)
    }

    /// The stamp of what is stored now, however long the run.
    pub(super) fn stamp_now(&self) -> Stamp {
        Stamp { at: Utc::now(), ..self.stamp.clone() }
    }

    /// A date given with a flag.
    pub(super) fn day(&self, flag: &str, text: &str) -> Result<NaiveDate, Failure> {
        read_date(text, None).map_err(|error| self.bad_date(flag, text, error))
    }

    /// What was known at the end of a day, where the user is.
    pub(super) fn known(&self, text: &str) -> Result<Known, Failure> {
        let day = self.day("as-known", text)?;
        if day > self.stamp.today {
            return Err(Failure::usage((self.words.publishing.as_known_future)(day)));
        }
        // Where clocks are set back at midnight, the later one ends the day.
        let end = day.succ_opt().and_then(|next| next.and_hms_opt(0, 0, 0));
        let end = end.and_then(|end| Local.from_local_datetime(&end).latest());
        Ok(Known { day, before: end.map_or(DateTime::<Utc>::MAX_UTC, |end| end.to_utc()) })
    }

    /// A flag whose value is no date or period.
    pub(super) fn bad_date(&self, flag: &str, value: &str, error: DateError) -> Failure {
        let errors = &self.words.errors;
        Failure::usage(match flag {
            "month" | "quarter" | "year" => (errors.bad_period)(flag, value),
            _ => (errors.bad_filter)(flag, value, (self.words.date_error)(error)),
        })
    }

    /// The casebook, which must be there.
    pub(super) fn open(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.db)?)
    }

    /// The casebook, if it is there.
    pub(super) fn open_if_there(&self) -> Result<Option<Store>, Failure> {
        match Store::open(&self.db) {
            Err(Error::Missing(_)) => Ok(None),
            opened => Ok(Some(opened?)),
        }
    }

    /// The casebook, made if it is not there, after a check of what it is
    /// made for; for a dry run, in memory.
    pub(super) fn open_or_create(
        &self,
        dry_run: bool,
        check: impl FnOnce(&NewCasebook) -> Result<(), Failure>,
    ) -> Result<Store, Failure> {
        if let Some(store) = self.open_if_there()? {
            return Ok(store);
        }
        let new = vietnam()?;
        check(&new)?;
        if dry_run {
            return Ok(Store::in_memory(&new, &self.stamp)?);
        }
        self.make_default_folder()?;
        let (store, made) = Store::open_or_create(&self.db, &new, &self.stamp)?;
        if made {
            self.say(&(self.words.said.made)(&self.db_shown(), store.currency().code()));
        }
        Ok(store)
    }

    /// A new casebook, where there is none.
    pub(super) fn create(&self, new: &NewCasebook) -> Result<Store, Failure> {
        self.make_default_folder()?;
        Ok(Store::create(&self.db, new, &self.stamp)?)
    }

    /// The address, as it stands.
    pub(super) fn db(&self) -> &str {
        &self.db
    }

    /// The address, fit to be shown: without a password.
    pub(super) fn db_shown(&self) -> String {
        shown_address(&self.db)
    }

    pub(super) fn make_default_folder(&self) -> Result<(), Failure> {
        let folder = Path::new(&self.db).parent().filter(|_| self.db_is_default);
        let Some(folder) = folder else { return Ok(()) };
        let failed = |error: std::io::Error| Failure::Write { path: folder.to_owned(), said: error.to_string() };
        std::fs::create_dir_all(folder).map_err(failed)
    }

    /// Says something that is no result, unless it is to be quiet.
    pub(super) fn say(&self, line: &str) {
        if !self.quiet {
            complain(line);
        }
    }

    /// Says how fields were read, and that an agency is new.
    pub(super) fn say_warnings(&self, warnings: &[FieldWarning], new_agency: Option<&NewAgency>) {
        self.notes(warnings, new_agency).iter().for_each(|note| self.warn(note));
    }

    /// How fields were read, and that an agency is new.
    pub(super) fn notes(&self, warnings: &[FieldWarning], new_agency: Option<&NewAgency>) -> Vec<String> {
        let mut notes: Vec<String> = warnings.iter().map(self.words.field_warning).collect();
        if let Some(agency) = new_agency {
            notes.push((self.words.said.new_agency)(&agency.name));
            if !agency.similar.is_empty() {
                notes.push((self.words.said.similar_agencies)(&agency.similar.join("; ")));
            }
        }
        notes
    }

    /// Says what a person should look at.
    pub(super) fn warn(&self, note: &str) {
        self.say(&format!("{}: {note}", self.words.said.warning));
    }

    /// Whether questions can be asked: a person sits at the terminal.
    pub(super) fn can_ask(&self) -> bool {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let (input, output) = (std::io::stdin().is_terminal(), std::io::stdout().is_terminal());
        !self.no_input && !dumb && input && output && std::io::stderr().is_terminal()
    }

    /// The format: what was asked, else the output's extension, else a table.
    pub(super) fn format(&self) -> Result<Format, Failure> {
        self.format_or(Format::Table)
    }

    /// Whether results go to a person at a terminal.
    pub(super) fn is_seen(&self) -> bool {
        self.output.is_none() && std::io::stdout().is_terminal()
    }

    /// The format: what was asked, else the output's extension, else another.
    pub(super) fn format_or(&self, otherwise: Format) -> Result<Format, Failure> {
        let extension = self.output.as_ref().and_then(|path| path.extension()).and_then(|extension| extension.to_str());
        let Some(name) = self.format.as_deref().or(extension) else { return Ok(otherwise) };
        let format = Format::from_name(name).ok_or_else(|| {
            let allowed: Vec<_> = Format::ALL.iter().map(|format| format.code()).collect();
            Failure::usage((self.words.errors.unsupported_format)(name, &allowed.join(", ")))
        })?;
        if !format.is_text() && self.is_seen() {
            return Err(Failure::usage((self.words.errors.needs_a_file)(name)));
        }
        Ok(format)
    }

    /// The format asked for, else that of the output's extension; a file whose
    /// extension says nothing has the format of such files.
    pub(super) fn format_of_file(&self, of_files: Format) -> Result<Format, Failure> {
        let told = self.format_name().is_some_and(|name| Format::from_name(name).is_some());
        if self.format.is_none() && self.output.is_some() && !told { Ok(of_files) } else { self.format() }
    }

    /// The name of the format that is asked for, else the output's extension.
    pub(super) fn format_name(&self) -> Option<&str> {
        let extension = self.output.as_ref().and_then(|path| path.extension()).and_then(|extension| extension.to_str());
        self.format.as_deref().or(extension)
    }

    /// The form of standard input, as the format names it.
    pub(super) fn input_form(&self) -> Result<Option<Form>, Failure> {
        let form = |name: &String| {
            let allowed = Form::ALL.map(Form::code).join(", ");
            let unknown = || Failure::usage((self.words.errors.unsupported_format)(name, &allowed));
            Form::from_name(name).ok_or_else(unknown)
        };
        self.format.as_ref().map(form).transpose()
    }

    /// The file to write to; `None` for standard output.
    pub(super) fn output_path(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Whether the progress of long work is shown.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Whether what is asked for can be written, as far as that can be told
    /// before anything is stored. A command may know other formats.
    pub(super) fn check_output(&self, own_formats: bool) -> Result<(), Failure> {
        if !own_formats {
            self.format()?;
        }
        match &self.output {
            Some(path) if !output::folder_of(path).is_dir() => {
                let said = std::io::Error::from(std::io::ErrorKind::NotFound).to_string();
                Err(Failure::Write { path: path.clone(), said })
            }
            _ => Ok(()),
        }
    }

    /// Shows what an import came to. Where the format names the form of
    /// standard input, it is not that of the result.
    pub(super) fn show_import(&self, view: &dyn View, from_stdin: bool, unit: Option<Unit>) -> Result<(), Failure> {
        let by_output = self.output.as_ref().and_then(|path| path.extension()).and_then(|name| name.to_str());
        let by_output = by_output.and_then(Format::from_name).unwrap_or(Format::Table);
        let format = if from_stdin { by_output } else { self.format()? };
        self.show_on(view, format, unit, None)
    }

    /// Shows a view in the format asked for.
    pub(super) fn show(&self, view: &dyn View, unit: Option<Unit>) -> Result<(), Failure> {
        self.show_as(view, self.format()?, unit)
    }

    /// Shows a view in a format.
    pub(super) fn show_as(&self, view: &dyn View, format: Format, unit: Option<Unit>) -> Result<(), Failure> {
        self.show_on(view, format, unit, None)
    }

    /// The same, with what a document is checked by.
    pub(super) fn show_on(
        &self,
        view: &dyn View,
        format: Format,
        unit: Option<Unit>,
        seal: Option<ReportSeal>,
    ) -> Result<(), Failure> {
        let style = self.style(unit);
        if !format.is_document() {
            return self.write(&render(view, format, &style)?);
        }
        self.write_whole(&render_document(view, format, &style, &self.paper(seal))?)
    }

    /// What stands on a document.
    pub(super) fn paper(&self, seal: Option<ReportSeal>) -> Paper {
        Paper { office: self.office.clone(), seal, on: self.stamp.today }
    }

    /// How documents are set.
    pub(super) fn setting(&self, unit: Option<Unit>) -> ReportSetting {
        ReportSetting {
            program: PROGRAM.to_owned(),
            lang: self.words.lang.code().to_owned(),
            unit: unit.map(|unit| unit as u32),
            place: String::new(),
            unfinished: None,
        }
    }

    /// How pages are set.
    pub(super) fn style(&self, unit: Option<Unit>) -> Style {
        let terminal = self.is_seen();
        let wanted = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let plain = wanted("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let size = terminal_size::terminal_size().filter(|_| terminal);
        Style {
            words: self.words,
            width: size.map(|(terminal_size::Width(width), _)| usize::from(width)),
            color: match self.color {
                ColorWhen::Always => true,
                ColorWhen::Never => false,
                ColorWhen::Auto => terminal && !plain,
            },
            unit,
        }
    }

    /// Writes a result that is text.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        self.write_whole(text.as_bytes())
    }

    /// Writes a result: to a file as a whole or not at all, else to standard
    /// output, where a reader that has gone is no failure.
    fn write_whole(&self, bytes: &[u8]) -> Result<(), Failure> {
        let Some(path) = &self.output else { return self.write_bytes(bytes) };
        if let Some(path) = output::special(path) {
            let failed = |error: std::io::Error| Failure::Write { path: path.clone(), said: error.to_string() };
            return std::fs::write(&path, bytes).map_err(failed);
        }
        let failed = |error: std::io::Error| Failure::Write { path: path.clone(), said: error.to_string() };
        let mut file = output::beside(path)?;
        file.write_all(bytes).map_err(failed)?;
        output::keep(file, path)
    }

    /// Writes bytes to standard output.
    pub(super) fn write_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Failure::Write { path: self.words.errors.standard_output.into(), said: error.to_string() })
            }
            _ => Ok(()),
        }
    }
}

fn login() -> Option<String> {
    whoami::username().ok().filter(|name| !name.is_empty())
}

fn start_log(verbose: u8) {
    let level = match verbose {
        0 => "off",
        1 => "info",
        _ => "debug",
    };
    let filter = env_logger::Env::new().filter_or("CASEBOOK_LOG", level);
    // A second start, in tests, is of no matter.
    let _ = env_logger::Builder::from_env(filter).format_target(false).try_init();
}

/// What a casebook of Vietnam's is made with.
pub(super) fn vietnam() -> Result<NewCasebook, Failure> {
    Ok(NewCasebook { currency: Currency::vnd(), reference: Reference::parse(&ReferenceTexts::default())? })
}

/// The unit asked for; `None` is one that fits.
pub(super) fn unit(args: &UnitArgs) -> Option<Unit> {
    match args.unit {
        UnitName::Auto => None,
        UnitName::One => Some(Unit::One),
        UnitName::Thousand => Some(Unit::Thousand),
        UnitName::Million => Some(Unit::Million),
        UnitName::Billion => Some(Unit::Billion),
    }
}
