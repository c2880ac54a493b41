//! `import --suggest-map`: a first mapping of a file, to be edited.

use std::fmt::Write;

use super::files;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::exchange::{FileError, Item, Mapping, ReadOptions, Scale, Source, TablePlan, Target, read_file};

pub(super) fn run(session: &Session, sources: &[Source], options: &ReadOptions) -> Result<(), Failure> {
    let [source] = sources else {
        return Err(Failure::usage(session.words.importing.one_for_map.to_owned()));
    };
    let plan = match plan_of(source, options) {
        // What has no header that is known is mapped by its columns.
        Err(FileError::NoHeader { .. }) => {
            let bare =
                ReadOptions { mapping: Mapping { header: Some(0), ..options.mapping.clone() }, ..options.clone() };
            plan_of(source, &bare)
        }
        found => found,
    };
    let plan = plan.map_err(|error| files::failure(session, &source.name, &error))?;
    session.write(&suggested(session, &plan))
}

/// How the first table of a file is read.
fn plan_of(source: &Source, options: &ReadOptions) -> Result<TablePlan, FileError> {
    let mut found = None;
    let mut take = |item| match item {
        Item::Plan(plan) => {
            found.get_or_insert(plan);
            Ok(())
        }
        // What was needed is known.
        Item::Record(_) => Err(FileError::Stopped),
        _ => Ok(()),
    };
    let done = read_file(source, options, &mut take);
    found.map_or_else(|| Err(done.err().unwrap_or(FileError::Empty)), |plan| Ok((*plan).clone()))
}

fn quoted(text: &str) -> String {
    // The strings of JSON are strings of TOML.
    serde_json::Value::String(text.to_owned()).to_string()
}

fn suggested(session: &Session, plan: &TablePlan) -> String {
    let said = &session.words.importing;
    let mut text = format!("{}\n", said.map_intro);
    let mut line = |line: String| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{line}");
    };
    if let Some(sheet) = &plan.sheet {
        line(format!("sheet = {}", quoted(sheet)));
    }
    line(format!("header = {}", plan.header.last().copied().unwrap_or_default()));
    if let Some(form) = &plan.text {
        line(format!("encoding = {}", quoted(form.encoding)));
        line(format!("separator = {}", quoted(&form.separator.to_string())));
    }
    line("dates = \"dmy\"".to_owned());
    line(plan.year.map_or_else(|| "# year = 2026".to_owned(), |year| format!("year = {year}")));
    line("# decimal = \",\"".to_owned());
    line("# money = \"triệu đồng\"".to_owned());
    line(format!("\n{}\n[columns]", said.map_columns));
    for column in plan.columns.iter().filter(|column| !column.header.is_empty() || !column.sample.is_empty()) {
        let name = if column.header.is_empty() { format!("@{}", column.letters) } else { column.header.clone() };
        let key = column.target.map_or("", Target::key);
        let sample = if column.sample.is_empty() {
            String::new()
        } else {
            format!("  # {} {}", said.map_example, column.sample.replace('\n', " "))
        };
        line(format!("{} = {}{sample}", quoted(&name), quoted(key)));
    }
    let scaled = plan.columns.iter().filter(|column| column.scale != Scale::One);
    let scaled: Vec<String> = scaled
        .filter_map(|column| Some(format!("{} = {}", column.target?.key(), quoted(column.scale.word()))))
        .collect();
    if !scaled.is_empty() {
        line(format!("\n[units]\n{}", scaled.join("\n")));
    }
    let constants: Vec<String> =
        plan.constants.iter().map(|(field, value)| format!("{} = {}", field.key(), quoted(value))).collect();
    if constants.is_empty() {
        line("\n# [constants]\n# province = \"Đồng Tháp\"".to_owned());
    } else {
        line(format!("\n[constants]\n{}", constants.join("\n")));
    }
    line("\n# [values.violation]\n# \"HL\" = \"nhap_lau\"".to_owned());
    text
}
