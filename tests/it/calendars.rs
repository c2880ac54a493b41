//! Deadlines as a calendar file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::deadlines::{a_casebook, json};
use super::support::program;

/// The properties of a calendar's components, by the rules of RFC 5545:
/// sections 3.1 (lines), 3.3.11 (text) and 3.6 (components).
fn components(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "every line ends in CRLF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line has more than 75 octets");
    let unfolded = text.replace("\r\n ", "");
    let mut open: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    let mut done = Vec::new();
    for line in unfolded.split_terminator("\r\n") {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("{line:?} has no value"));
        assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-;=".contains(&b)), "{name}");
        match name {
            "BEGIN" => open.push((value.to_owned(), BTreeMap::new())),
            "END" => {
                let component = open.pop().unwrap();
                assert_eq!(component.0, value);
                done.push(component);
            }
            _ => {
                let before = open.last_mut().unwrap().1.insert(name.to_owned(), value.to_owned());
                assert!(before.is_none(), "{name} stands twice");
            }
        }
    }
    assert!(open.is_empty());
    done
}

/// A text as it was before it was escaped.
fn unescaped(value: &str) -> String {
    let mut signs = value.chars();
    let mut text = String::new();
    while let Some(sign) = signs.next() {
        text.push(match sign {
            '\\' => match signs.next() {
                Some('n') => '\n',
                Some(sign @ ('\\' | ',' | ';')) => sign,
                other => panic!("{other:?} need not be escaped"),
            },
            ',' | ';' => panic!("a bare {sign} in {value:?}"),
            other => other,
        });
    }
    text
}

#[test]
fn a_calendar_keeps_to_rfc_5545() {
    let place = a_casebook();
    let file = tempfile::TempDir::new().unwrap();
    let path = file.path().join("due.ics");
    let write = || {
        let mut command = program(&place.address);
        command.args(["--today", "2026-03-13", "--lang", "vi", "due", "--within", "900", "-o"]).arg(&path);
        assert!(command.output().unwrap().status.success());
        fs::read_to_string(&path).unwrap()
    };
    let text = write();
    assert_eq!(text, write(), "the same day gives the same bytes");
    let components = components(&text);
    let (name, calendar) = components.last().unwrap();
    assert_eq!((name.as_str(), calendar["VERSION"].as_str()), ("VCALENDAR", "2.0"));
    assert!(calendar.contains_key("PRODID") && calendar["X-WR-CALDESC"].contains("không phải tư vấn pháp lý"));
    let events: Vec<_> = components.iter().filter(|(name, _)| name == "VEVENT").map(|(_, event)| event).collect();
    let listed = json(&place, &["--today", "2026-03-13", "due", "--within", "900", "--format", "json"]);
    assert_eq!(events.len(), listed.as_array().unwrap().len());
    let uids: BTreeSet<_> = events.iter().map(|event| &event["UID"]).collect();
    assert_eq!(uids.len(), events.len());
    for (event, one) in events.iter().zip(listed.as_array().unwrap()) {
        assert_eq!(event["DTSTART;VALUE=DATE"], one["due_on"].as_str().unwrap().replace('-', ""));
        assert!(event["DTEND;VALUE=DATE"] > event["DTSTART;VALUE=DATE"]);
        assert_eq!(event["DTSTAMP"], "20260313T000000Z");
        assert!(event["SUMMARY"].ends_with(one["case_no"].as_str().unwrap()));
        assert!(unescaped(&event["DESCRIPTION"]).lines().count() > 3);
    }
    let alarms = components.iter().filter(|(name, _)| name == "VALARM").count();
    let coming = listed.as_array().unwrap().iter().filter(|one| one["overdue"] == false).count();
    assert!(alarms == coming && coming > 0 && coming < events.len());
}
