//! The form, answered by a script.

use std::collections::VecDeque;

use rust_decimal::Decimal;
use tempfile::TempDir;

use super::*;
use crate::cli::args::Global;
use crate::cli::config::Config;
use crate::lang::Lang;

/// What a script answers with Ctrl-C.
const CTRL_C: &str = "^C";

/// Answers the questions that it names, in their order, and presses Enter at
/// all others. An answer that begins with `<` is a step back after typing the
/// rest.
#[derive(Default)]
struct Script {
    answers: VecDeque<(&'static str, &'static str)>,
    /// What was asked, told and answered.
    log: Vec<String>,
}

impl Script {
    fn of(answers: &[(&'static str, &'static str)]) -> Self {
        Self { answers: answers.iter().copied().collect(), log: Vec::new() }
    }

    fn answer(&mut self, label: &str) -> Option<&'static str> {
        assert!(self.log.len() < 500, "it never ends: {:?}", self.log.last());
        let (_, answer) = self.answers.pop_front_if(|(asked, _)| *asked == label)?;
        Some(answer)
    }

    fn has(&self, line: &str) -> bool {
        self.log.iter().any(|said| said.contains(line))
    }
}

impl Ask for Script {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, Stop> {
        loop {
            let answer = match self.answer(question.label) {
                Some(CTRL_C) => return Err(Stop::Interrupted),
                Some(answer) => answer,
                None => question.typed,
            };
            if let Some(typed) = answer.strip_prefix('<') {
                self.log.push(format!("{} back", question.label));
                return Ok(Answer::Back(typed.to_owned()));
            }
            let given = if answer.is_empty() { question.default.unwrap_or_default() } else { answer };
            match (question.read)(given) {
                Ok(meaning) => {
                    let meaning = meaning.map(|meaning| format!(" = {meaning}")).unwrap_or_default();
                    self.log.push(format!("{} [{}] {given}{meaning}", question.label, question.typed));
                    return Ok(Answer::Given(given.to_owned()));
                }
                Err(said) => self.log.push(said),
            }
        }
    }

    fn choose(&mut self, label: &str, options: &[String], start: usize) -> Result<Option<usize>, Stop> {
        let chosen = match self.answer(label) {
            Some(CTRL_C) => return Err(Stop::Interrupted),
            Some("<") => None,
            Some(answer) => Some(options.iter().position(|option| option.starts_with(answer)).unwrap()),
            None => Some(start),
        };
        self.log.push(format!("{label} {chosen:?}"));
        Ok(chosen)
    }

    fn tell(&mut self, text: &str) {
        self.log.push(text.to_owned());
    }

    fn show(&mut self, page: &str) {
        self.log.push(page.to_owned());
    }
}

/// A place for a casebook, and a run of the program in it.
struct Desk {
    session: Session,
    place: TempDir,
}

impl Desk {
    fn new() -> Self {
        let place = TempDir::new().unwrap();
        let path = |name: &str| place.path().join(name);
        let global = Global {
            db: Some(path("cases.db").display().to_string()),
            lang: None,
            format: None,
            output: Some(path("out.txt")),
            who: Some("an".to_owned()),
            color: None,
            today: Some("2026-03-15".to_owned()),
            quiet: true,
            verbose: 0,
            no_input: false,
        };
        Self { session: Session::new(global, Config::default(), Lang::En).unwrap(), place }
    }

    fn answer(&self, answers: &[(&'static str, &'static str)]) -> (Script, Result<(), Failure>) {
        let mut script = Script::of(answers);
        let ended = Form::open(&self.session, false, &mut script).unwrap().run();
        assert!(script.answers.is_empty(), "never asked: {:?}\n{:#?}", script.answers, script.log);
        (script, ended)
    }

    fn is_there(&self) -> bool {
        self.place.path().join("cases.db").exists()
    }

    fn case(&self, wanted: &str) -> (Case, String) {
        let mut store = self.session.open().unwrap();
        let (case, history) = store.find_with_history(wanted).unwrap();
        (case, history[0].reason.clone())
    }
}

const NO_MORE: (&str, &str) = ("Another case?", "No");

fn fine(case: &Case) -> Decimal {
    case.decision.as_ref().unwrap().fine_amount.unwrap().value
}

#[test]
fn a_case_is_asked_for_shown_and_stored() {
    let desk = Desk::new();
    let (script, ended) = desk.answer(&[
        ("Province", "dong thap"),
        ("Agency", "Đội QLTT số 10"),
        ("Date of detection", "28/2/2026"),
        ("Case number", "12/BB"),
        ("Violation", "hàng giả"),
        ("Goods", "rượu ngoại"),
        ("Category", "rượu"),
        ("Quantity", "24"),
        ("Unit", "chai"),
        ("Goods (lot 2)", "vỏ chai"),
        ("Fine", "25tr"),
        NO_MORE,
    ]);
    ended.unwrap();
    for said in ["Province [] dong thap = Đồng Tháp", "Fine [] 25tr = 25,000,000 đồng", "Case 12/BB · decided"]
    {
        assert!(script.has(said), "{said}: {:#?}", script.log);
    }
    let (case, reason) = desk.case("12/BB");
    assert_eq!((case.goods.len(), fine(&case), reason.as_str()), (2, 25_000_000.into(), ""));
    assert_eq!(case.decision.unwrap().decided_on.to_string(), "2026-02-28", "the day of detection is the default");
}

#[test]
fn what_is_wrong_is_said_and_asked_again_and_a_step_back_keeps_what_was_typed() {
    let desk = Desk::new();
    let (script, ended) = desk.answer(&[
        ("Province", ""),
        ("Province", "Đồng Thápp"),
        ("Province", "Đồng Tháp"),
        ("Agency", "Đội QLTT số 10"),
        ("Date of detection", "31/2/2026"),
        ("Date of detection", "16/3/2026"),
        ("Date of detection", "28/2/2026"),
        ("Case number", "<12/"),
        ("Date of detection", "27/2/2026"),
        ("Case number", "12/BB"),
        ("Goods", "bia"),
        ("Seized value", "1.6 tỷ"),
        NO_MORE,
    ]);
    ended.unwrap();
    for said in [
        "Province: is required.",
        "Did you mean: Đồng Tháp?",
        "is no day that exists",
        "lies in the future",
        "Date of detection [28/2/2026] 27/2/2026",
        "Case number [12/] 12/BB",
        "the dot was read as a decimal mark",
    ] {
        assert!(script.has(said), "{said}: {:#?}", script.log);
    }
    assert_eq!(desk.case("12/BB").0.detected_on.to_string(), "2026-02-27");
}

const CASE: [(&str, &str); 6] = [
    ("Province", "Đồng Tháp"),
    ("Agency", "Đội QLTT số 10"),
    ("Case number", "1"),
    ("Violation", "khong_nguon_goc"),
    ("Kind of offender", "person"),
    ("Goods", "mỹ phẩm"),
];

fn with(
    before: &[(&'static str, &'static str)],
    after: &[(&'static str, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    before.iter().chain(after).copied().collect()
}

#[test]
fn a_doubt_leads_back_to_its_field_or_is_confirmed_with_a_reason() {
    let desk = Desk::new();
    let (script, ended) = desk.answer(&with(
        &CASE,
        &[
            ("Fine", "1,2 tỷ"),
            ("Is it right?", "No; back to: Fine"),
            ("Fine", "120tr"),
            ("Is it right?", "It is right"),
            ("Why it is right", ""),
            ("Why it is right", "hai hành vi"),
            ("What now?", "Go back"),
            ("Which field?", "Commune"),
            ("Commune", "xã Tân Hòa"),
            NO_MORE,
        ],
    ));
    ended.unwrap();
    assert!(script.has("the most that the law allows for a person is 100,000,000"), "{:#?}", script.log);
    assert!(script.has("Fine [1,2 tỷ] 120tr"), "the answer before is there to edit: {:#?}", script.log);
    let (case, reason) = desk.case("1");
    assert_eq!(
        (fine(&case), reason.as_str()),
        (120_000_000.into(), "hai hành vi"),
        "what was confirmed is not asked again"
    );
    assert_eq!(case.commune.as_deref(), Some("xã Tân Hòa"));
}

/// A case that comes after its month was published is asked why, and keeps
/// the answer.
#[test]
fn a_case_of_a_published_month_is_stored_with_a_reason() {
    let desk = Desk::new();
    desk.answer(&with(&CASE, &[NO_MORE])).1.unwrap();
    let mut store = desk.session.open().unwrap();
    let counting = crate::domain::Counting {
        month: crate::domain::Month::of(desk.case("1").0.detected_on, crate::domain::Cutoff::default()),
        cutoff: crate::domain::Cutoff::default(),
        dated_by: crate::domain::Dating::Happened,
        boundaries: Boundaries::Today,
        filter: crate::domain::Filter::default(),
    };
    store.publish(&counting, "", "", &desk.session.stamp).unwrap();
    let late = [("Case number", "2"), ("Goods", "bia")];
    let why = [("Is it right?", "It is right"), ("Why it is right", "hồ sơ đến muộn"), NO_MORE];
    let answers = [&CASE[..2], &late, &why].concat();
    let (script, ended) = desk.answer(&answers);
    ended.unwrap();
    assert!(script.has("were published, and this case changes them"), "{:#?}", script.log);
    assert_eq!(desk.case("2").1, "hồ sơ đến muộn");
}

#[test]
fn leaving_stores_nothing_more_and_loses_nothing() {
    let desk = Desk::new();
    for leave in [
        ("Goods", CTRL_C),
        ("What now?", CTRL_C),
        ("More fields: partners, legal basis, remedies, source, note and others?", CTRL_C),
    ] {
        let (_, ended) = desk.answer(&with(&CASE[..if leave.0 == "Goods" { 5 } else { 6 }], &[leave]));
        let failure = ended.unwrap_err();
        assert!(matches!(&failure, Failure::Interrupted(said) if said == "Left. Nothing was stored."), "{failure:?}");
        assert!(!desk.is_there(), "no casebook is made for nothing");
    }
    let (_, ended) = desk.answer(&with(&CASE, &[("What now?", "Leave")]));
    ended.unwrap();
    assert!(!desk.is_there());
    let (_, ended) = desk.answer(&with(&CASE, &[("Another case?", "Yes"), ("Goods", CTRL_C)]));
    assert!(matches!(ended, Err(Failure::Interrupted(said)) if said.contains("the one before it was")));
    assert_eq!(desk.session.open().unwrap().verify().unwrap().cases, 1);
}

#[test]
fn a_case_that_is_there_already_can_be_left_where_it_is_doubted() {
    let desk = Desk::new();
    let same = with(&CASE[..2], &[("Goods", "thuốc lá Jet")]);
    desk.answer(&with(&same, &[("Another case?", CTRL_C)])).1.unwrap();
    let (script, ended) = desk.answer(&with(&same, &[("Is it right?", "Leave")]));
    ended.unwrap();
    assert!(script.has("Left. Nothing was stored."), "{:#?}", script.log);
    assert_eq!(desk.session.open().unwrap().verify().unwrap().cases, 1);
}

/// The casebook is gone while a case is typed: it is said, and tried again.
#[test]
fn what_was_typed_outlives_a_failing_casebook() {
    let desk = Desk::new();
    let folder = desk.place.path().join("cases.db");
    std::fs::create_dir(&folder).unwrap();
    let mut script = Script::of(&with(&CASE, &[("What now?", "Store"), ("What now?", "Leave")]));
    let mut form = Form::open(&desk.session, false, &mut script);
    assert!(form.is_err(), "a folder is no casebook");
    std::fs::remove_dir(&folder).unwrap();
    form = Form::open(&desk.session, false, &mut script);
    std::fs::create_dir(&folder).unwrap();
    form.unwrap().run().unwrap();
    assert!(script.has("error: ") && script.has("Left."), "{:#?}", script.log);
}

#[test]
fn the_next_case_has_the_place_agency_and_day_of_the_last() {
    let desk = Desk::new();
    let first = with(&CASE[..2], &[("Date of detection", "1/3/2026"), ("Case number", "1"), ("Goods", "bia")]);
    let (_, ended) =
        desk.answer(&with(&first, &[("Another case?", "Yes"), ("Case number", "2"), ("Goods", "đường cát"), NO_MORE]));
    ended.unwrap();
    let (one, two) = (desk.case("1").0, desk.case("2").0);
    assert_eq!((one.province, one.agency, one.detected_on), (two.province, two.agency, two.detected_on));
    // Another day, it is today, and the rest as it was.
    let (_, ended) = desk.answer(&[("Case number", "3"), ("Goods", "phân bón"), NO_MORE]);
    ended.unwrap();
    let three = desk.case("3").0;
    assert_eq!((three.agency.as_str(), three.detected_on.to_string().as_str()), ("Đội QLTT số 10", "2026-03-15"));
}

#[test]
fn a_number_that_is_taken_is_asked_for_again() {
    let desk = Desk::new();
    desk.answer(&with(&CASE, &[NO_MORE])).1.unwrap();
    let again = [("Case number", "1"), ("Goods", "bia"), ("Case number", "2"), NO_MORE];
    let (script, ended) = desk.answer(&again);
    ended.unwrap();
    assert!(script.has("has a case number \"1\" already"), "{:#?}", script.log);
    assert_eq!(desk.case("2").0.goods[0].name, "bia");
}

#[test]
fn a_probable_duplicate_is_told_before_it_is_stored() {
    let desk = Desk::new();
    let first = with(&CASE[..2], &[("Goods", "Thuốc lá điếu Jet"), ("Seized value", "45,6 triệu"), NO_MORE]);
    desk.answer(&first).1.unwrap();
    let again = with(
        &CASE[..2],
        &[
            ("Goods", "thuốc lá Jet"),
            ("Seized value", "45.600.000"),
            ("Is it right?", "It is right"),
            ("Why it is right", "hai xe"),
            ("What now?", "Store"),
            NO_MORE,
        ],
    );
    let (script, ended) = desk.answer(&again);
    ended.unwrap();
    assert!(script.has("the same seized value"), "{:#?}", script.log);
    assert_eq!(desk.session.open().unwrap().verify().unwrap().cases, 2);
}
