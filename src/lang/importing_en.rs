//! Import and export in English.

use super::importing::Importing;

pub(super) const IMPORTING: Importing = Importing {
    no_import: |import| format!("There is no import {import}. List them with: casebook imports"),
    undone_already: |import, on| format!("Import {import} was undone on {}.", on.format("%-d %b %Y")),
    changed_since: |import, cases| {
        format!(
            "Cases of import {import} were changed since: {cases}. Nothing was undone. Add --force to strike these out too."
        )
    },
    cut_off: "The file could not be read to its end. Nothing was stored.",
    file: |file, why| format!("{file}: {why} Nothing was stored."),
    empty: "it holds nothing.",
    many_rows: |row| format!("row {row}: a case has more than 5,000 rows."),
    two_texts: |row| format!("{row}: two columns of one field say different things; the first is taken."),
    not_text: |line| format!("line {line} has NUL bytes; the file is damaged or no text."),
    encoding: |line, encoding| {
        format!("line {line} is not {encoding}. Save the file as UTF-8, or name its encoding with --encoding.")
    },
    unknown_encoding: |name| format!("there is no encoding \"{name}\". Such as: utf-8, utf-16le, windows-1258."),
    quote: |line, opened| {
        format!(
            "a quote is opened in line {opened} and not closed (seen in line {line}). Mend line {opened} and import again."
        )
    },
    long_record: |line| format!("line {line} is too long: a cell of more than 1 MB, or more than 4 MB in all."),
    many_columns: |row| format!("row {row} has more than 1,000 columns."),
    long_cell: "a cell holds more than 1 MB.",
    too_large: |most| format!("it unpacks to more than {most} MB; it may be a trap."),
    damaged: |said| {
        let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
        format!("it is damaged, not complete or locked with a password{said}.")
    },
    no_sheet: |name, there| format!("there is no sheet \"{name}\". There are: {there}."),
    no_header: |looked| {
        format!(
            "no header was found in the first {looked} rows. Say what the columns hold in a mapping file: \
             casebook import --suggest-map FILE -o map.toml, then add --map map.toml."
        )
    },
    two_columns: |field, one, two| {
        format!("columns {one} and {two} could both be \"{field}\". Choose one with a mapping file (--map).")
    },
    no_column: |name, there| format!("the mapping names a column \"{name}\" that is not there. There are: {there}."),
    no_field: |fields, first| {
        format!(
            "no column gives: {fields}. Where all rows have the same, add --set {first}=…; where there is a column, name it with --map."
        )
    },
    month_first_file: |row, column, value| {
        format!(
            "row {row}, column {column}: \"{value}\" has its month first, so other days of the column may be misread. \
             Mend the column, or say --dates mdy if all of the file has the month first."
        )
    },
    month_first: |row| {
        format!("{row}: a day has its month first, so other days of the column may be misread. See --dates mdy.")
    },
    repeats: |row| format!("{row}: repeats the row above of the same case; counted once."),
    same_value: |row| format!("{row}: says the seized value of the same case again; counted once."),
    hidden: |file, sheet| {
        format!("{file}: sheet \"{sheet}\" is hidden and was not read. To read it, add --sheet \"{sheet}\".")
    },
    conflict_apart: |case, how| {
        format!(
            "the number {case} stands in other rows of this import with other content: {how}. Rows of one case must stand together: sort by the number."
        )
    },
    refused_csv: |path| format!("{path}: refused rows are written as CSV; the name must end in .csv."),
    refused_there: |path| {
        format!("{path} is there already, and may be one that is being mended. Choose another name for --refused.")
    },
    decimal_help: "Where the file writes numbers as 1,234.5, add --decimal . ; as 1.234,5, add --decimal ,",
    would_undo: |import, cases| format!("Would undo import {import}: {cases} cases."),
    no_imports: "There are no imports.",
    doubts_of_first: |n| format!("only the first {n} cases were looked at for what is unlikely."),
    year: |year| format!("days without a year are of {year}"),
    json: |line, said| format!("line {line} is no JSON of a case: {said}."),
    map: |map, why| format!("The mapping file {map}: {why}"),
    map_field: |key| format!("there is no field \"{key}\"."),
    map_unit: |unit| format!("there is no unit of money \"{unit}\". Use: đồng, nghìn đồng, triệu đồng, tỷ đồng."),
    map_decimal: |mark| format!("\"{mark}\" is no decimal mark; use \",\" or \".\"."),
    set_form: |text| format!("\"{text}\" is not of the form FIELD=VALUE."),
    separator: |text| format!("\"{text}\" is no separator: use one sign such as ; , | or tab."),
    no_files: "A file to import is needed, or --undo ID.",
    undo_alone: "--undo takes no files.",
    undo_reason: "Undoing an import needs --reason REASON.",
    one_for_map: "--suggest-map takes one file at a time.",
    refused: |refused, rows| format!("{refused} of {rows} rows can't be taken; nothing was stored."),
    refused_help: "Mend these rows and import again, or add --partial to store the good rows and write the bad ones to a file.",
    conflicts_help: "Add --update to change the cases that are there, or --partial to store the other rows.",
    more: |more| format!("… and {more} more."),
    conflict: |case, how| format!("differs from the case that is there, {case}: {how}"),
    conflict_void: |case| format!("is the case {case}, which is struck out"),
    refused_file: |rows, file| {
        format!("{rows} rows were not taken; with the reasons they are in {file}: mend them and import that file.")
    },
    progress: "Importing",
    title: |import| format!("Import {import}"),
    title_dry: "A rehearsal: nothing was stored",
    title_nothing: "Nothing new; nothing was stored",
    rows: "Rows",
    rows_read: "Read",
    stored: "Stored",
    would_store: "Would be stored",
    updated: "Changed a case",
    already_there: "Already there",
    not_taken: "Refused",
    cases: "New cases",
    sum_of_fines: "Fines of the new cases",
    sum_of_seized: "Seized value of the new cases",
    unknown_seized: |n| format!("The seized value of {n} new cases is not known."),
    table: |file, sheet| match sheet {
        Some(sheet) => format!("{file}, sheet \"{sheet}\""),
        None => file.to_owned(),
    },
    header_rows: |rows| format!("header in row {rows}"),
    text_form: |encoding, separator| format!("{encoding}, separated by {separator}"),
    column: "Column",
    header: "Header",
    field: "Field",
    unit: "Unit",
    sample: "Example",
    not_known: "(not known, left out)",
    left_out: "(left out)",
    in_every_row: "every row",
    first_cases: "The first cases, as they were read",
    no_table: |file, sheet| {
        if sheet.is_empty() {
            format!("{file}: no header was found; not read.")
        } else {
            format!("{file}: sheet \"{sheet}\" has no header; not read.")
        }
    },
    passed: |row, text| format!("{row}: no case, passed over: {text}"),
    passed_total: |row, text| format!("{row}: adds up, not counted: {text}"),
    total_differs: |row, field, said, added| {
        format!("{row}, {field}: the sheet says {said} in all, its rows come to {added}. Please check.")
    },
    understood: |words, code| format!("Violation \"{words}\" is taken for {code}; its words stay in the note."),
    not_understood: |words| format!("Violation \"{words}\" is in no list; left open, its words stay in the note."),
    columns_not_taken: |table, columns| format!("{table}: these columns are not known and left out: {columns}"),
    many_agencies: |n| format!("{n} new agencies."),
    undone: |import, cases| format!("Undid import {import}: {cases} cases."),
    stays_updated: |n| format!("{n} rows changed cases that were there; these changes stay."),
    imports_title: "Imports",
    import: "Import",
    files: "Files",
    undone_label: "Undone",
    undone_on: |day, reason| format!("{day}: {reason}"),
    exported: |n| format!("Exported {n} cases."),
    totals_row: "Total",
    sheet: "Cases",
    province_code: "Province code",
    recorded_at: "Recorded at (UTC)",
    bound_of: |field| format!("{field} (bound)"),
    map_intro: "# A mapping of columns for casebook import --map. Edit it, and use it for files of the same form.",
    map_columns: "# Header = field. An empty \"\" leaves a column out; \"@F\" is column F, where there is no header.",
    map_example: "such as",
};
