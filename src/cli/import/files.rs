//! The files of an import, and how they are read.

use std::path::{Path, PathBuf};

use crate::cli::args::ImportArgs;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::domain::ImportedFile;
use crate::exchange::{
    DateOrder, FileError, Item, MapError, Mapping, ReadOptions, Source, TextOptions, read_file, separator_of,
};

/// How the files are read, as the flags and the mapping say.
pub(super) fn options(session: &Session, args: &ImportArgs) -> Result<ReadOptions, Failure> {
    let said = &session.words.importing;
    let mut mapping = args.map.as_deref().map_or(Ok(Mapping::default()), |path| mapping(session, path))?;
    for text in &args.set {
        let (key, value) = text.split_once('=').ok_or_else(|| Failure::usage((said.set_form)(text)))?;
        let key = crate::cli::fields::key_of(key);
        mapping.set_constant(&key, value.trim()).map_err(|error| Failure::usage(map_error(session, &error)))?;
    }
    if let Some(order) = &args.dates {
        mapping.dates = if order == "mdy" { DateOrder::Mdy } else { DateOrder::Dmy };
    }
    mapping.decimal = args.decimal.as_ref().and_then(|mark| mark.chars().next()).or(mapping.decimal);
    let separator =
        args.separator.as_ref().map(|text| separator_of(text).ok_or_else(|| Failure::usage((said.separator)(text))));
    let text = TextOptions { encoding: args.encoding.clone(), separator: separator.transpose()? };
    let (lenient, partial) = (args.suggest_map, args.partial);
    Ok(ReadOptions { text, sheet: args.sheet.clone(), mapping, lenient, partial })
}

fn mapping(session: &Session, path: &Path) -> Result<Mapping, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Read { path: path.to_owned(), said: error.to_string() })?;
    let shown = path.display().to_string();
    let failed = |error: MapError| Failure::input((session.words.importing.map)(&shown, &map_error(session, &error)));
    Mapping::read(&text).map_err(failed)
}

fn map_error(session: &Session, error: &MapError) -> String {
    let said = &session.words.importing;
    match error {
        MapError::Form(text) => text.trim().to_owned(),
        MapError::Field(key) => (said.map_field)(key),
        MapError::Unit(unit) => (said.map_unit)(unit),
        MapError::Separator(text) => (said.separator)(text),
        MapError::Decimal(mark) => (said.map_decimal)(*mark),
    }
}

/// Opens all files, so that one that can't be read is told before any work.
pub(super) fn sources(session: &Session, args: &ImportArgs) -> Result<Vec<Source>, Failure> {
    let form = if args.reads_stdin() { session.input_form()? } else { None };
    let open = |path: &PathBuf| {
        if path.as_os_str() == "-" {
            let opened = Source::spool("-", &mut std::io::stdin().lock(), form);
            return opened.map_err(|error| failure(session, "-", &error));
        }
        Source::open(path, None).map_err(|error| match error {
            FileError::Io(said) => Failure::Read { path: path.clone(), said },
            other => failure(session, &path.display().to_string(), &other),
        })
    };
    args.files.iter().map(open).collect()
}

/// Reads what is needed to tell whether the files are tables at all: a file
/// that is none makes no casebook either.
pub(super) fn check(session: &Session, sources: &[Source], options: &ReadOptions) -> Result<(), Failure> {
    for source in sources {
        let mut take = |item| match item {
            // The first case is enough.
            Item::Record(_) => Err(FileError::Stopped),
            _ => Ok(()),
        };
        match read_file(source, options, &mut take) {
            Ok(()) | Err(FileError::Stopped) => {}
            Err(error) => return Err(failure(session, &source.name, &error)),
        }
    }
    Ok(())
}

/// A file as the journal keeps it.
pub(super) fn imported(source: &Source) -> ImportedFile {
    ImportedFile { name: source.name.clone(), sha256: source.sha256.clone(), bytes: source.bytes }
}

/// Where refused rows go: beside the first file, unless told otherwise. A file
/// that is there may be one that somebody is mending, and is left alone.
pub(super) fn refused_path(session: &Session, args: &ImportArgs, sources: &[Source]) -> Result<PathBuf, Failure> {
    let said = &session.words.importing;
    if let Some(path) = &args.refused {
        let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        return match (is_csv, path.exists()) {
            (false, _) => Err(Failure::usage((said.refused_csv)(&path.display().to_string()))),
            (_, true) => Err(Failure::usage((said.refused_there)(&path.display().to_string()))),
            _ => Ok(path.clone()),
        };
    }
    let first = args.files.first().filter(|path| path.as_os_str() != "-");
    let folder = first.and_then(|path| path.parent()).unwrap_or(Path::new(""));
    let name = sources.first().map_or("-", |source| source.name.as_str());
    let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let stem = stem.filter(|stem| stem != "-").unwrap_or_else(|| "import".to_owned());
    let numbered = |n: u32| if n == 1 { format!("{stem}.refused.csv") } else { format!("{stem}.refused-{n}.csv") };
    let free = (1..1_000).map(|n| folder.join(numbered(n))).find(|path| !path.exists());
    Ok(free.unwrap_or_else(|| folder.join(numbered(1))))
}

/// A file that can't be read, told.
pub(super) fn failure(session: &Session, file: &str, error: &FileError) -> Failure {
    let said = &session.words.importing;
    let field = |key: &str| {
        let field = crate::domain::Field::from_key(key);
        field.map_or_else(|| key.to_owned(), |field| (session.words.field)(field).to_owned())
    };
    let why = match error {
        FileError::Io(text) => format!("{text}."),
        FileError::Stopped => session.words.importing.cut_off.to_owned(),
        FileError::Empty => said.empty.to_owned(),
        FileError::ManyRows { row } => (said.many_rows)(*row),
        FileError::NotText { line } => (said.not_text)(*line),
        FileError::Encoding { line, encoding } => (said.encoding)(*line, encoding),
        FileError::UnknownEncoding(name) => (said.unknown_encoding)(name),
        FileError::Quote { line, opened } => (said.quote)(*line, *opened),
        FileError::LongRecord { line } => (said.long_record)(*line),
        FileError::ManyColumns { row } => (said.many_columns)(*row),
        FileError::LongCell => said.long_cell.to_owned(),
        FileError::TooLarge { most } => (said.too_large)(*most),
        FileError::Damaged(text) => (said.damaged)(text),
        FileError::NoSheet { name, there } => (said.no_sheet)(name, &there.join(", ")),
        FileError::NoHeader { looked } => (said.no_header)(*looked),
        FileError::TwoColumns { field: key, one, two } => (said.two_columns)(&field(key), one, two),
        FileError::NoColumn { name, there } => (said.no_column)(name, &there.join("; ")),
        FileError::NoField { fields } => {
            let names: Vec<String> = fields.iter().map(|key| format!("{} ({key})", field(key))).collect();
            (said.no_field)(&names.join(", "), fields.first().map_or("", String::as_str))
        }
        FileError::MonthFirst { row, column, value } => (said.month_first_file)(*row, column, value),
        FileError::Json { line, said: text } => (said.json)(*line, text),
    };
    Failure::input((said.file)(file, &why))
}
