//! The layers hold: the `use` lines and paths of each name only what it may
//! know, as the crate's documentation says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::support::folder;

/// Which layers each may know.
const MAY_KNOW: [(&str, &[&str]); 9] = [
    ("text", &[]),
    ("domain", &["text"]),
    ("store", &["domain", "text"]),
    ("notes", &["domain", "text"]),
    ("exchange", &["domain", "text"]),
    ("report", &["domain", "text"]),
    ("lang", &["domain", "text"]),
    ("render", &["report", "notes", "exchange", "domain", "lang", "text"]),
    ("cli", &["render", "report", "notes", "exchange", "store", "domain", "lang", "text"]),
];

/// What no file of a layer may name.
const MUST_NOT_NAME: [(&str, &[&str]); 7] = [
    (
        "notes",
        &["std::fs", "std::io", "std::env", "rusqlite", "postgres", "clap", "Utc::now", "Local::now", "comfy_table"],
    ),
    ("text", &["std::fs", "std::io", "rusqlite", "postgres", "clap"]),
    (
        "domain",
        &["std::fs", "std::io", "std::env", "rusqlite", "postgres", "clap", "Utc::now", "Local::now", "comfy_table"],
    ),
    ("store", &["comfy_table", "clap", "crate::lang", "println!"]),
    ("exchange", &["rusqlite", "postgres::", "select "]),
    ("report", &["std::fs", "std::io", "serde_json", "comfy_table", "rusqlite", "postgres::"]),
    ("render", &["rusqlite", "postgres::", "clap::", "std::fs", "std::env"]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The layers that a file names by `crate::`, outside its tests.
fn named(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let paths = code.split("crate::").skip(1);
    let layer = |path: &str| path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    paths.map(layer).filter(|layer| !layer.is_empty()).collect()
}

#[test]
fn every_layer_knows_only_what_it_may() {
    let known: BTreeMap<&str, &[&str]> = MAY_KNOW.into_iter().collect();
    let mut seen = 0;
    for (layer, may) in &known {
        let mut paths = Vec::new();
        files(&folder("src").join(layer), &mut paths);
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            // Ways around what is looked for here.
            assert!(!code.contains("use crate::{") && !code.contains("super::super::"), "{}", path.display());
            for other in named(&text) {
                assert!(known.contains_key(other.as_str()), "{}: crate::{other} is no layer", path.display());
                let allowed = other == **layer || may.contains(&other.as_str());
                assert!(allowed, "{}: {layer} must not know {other}", path.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 50, "only {seen} files were read");
}

#[test]
fn no_layer_names_what_it_must_not() {
    for (layer, forbidden) in MUST_NOT_NAME {
        let mut paths = Vec::new();
        files(&folder("src").join(layer), &mut paths);
        for path in paths {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for name in forbidden {
                assert!(!code.contains(name), "{}: names {name}", path.display());
            }
        }
    }
}

/// No statement is put together at run time, and none stands outside the
/// store.
#[test]
fn sql_stands_in_the_store_alone() {
    let mut paths = Vec::new();
    files(&folder("src"), &mut paths);
    for path in paths.iter().filter(|path| !path.starts_with(folder("src/store"))) {
        let text = fs::read_to_string(path).unwrap().to_lowercase();
        for word in ["\"select ", "\"insert into", "\"update ", "\"delete from"] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
    for path in paths.iter().filter(|path| path.starts_with(folder("src/store"))) {
        let text = fs::read_to_string(path).unwrap();
        for word in ["format!(\"select", "format!(\"insert", "format!(\"update", "format!(\"delete"] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}
