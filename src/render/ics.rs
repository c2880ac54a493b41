//! Deadlines as a calendar (RFC 5545).

use chrono::{Days, NaiveDate};

use super::due::{DueView, case_name, deadline_name, is_of_payment, is_unchecked_in_list, notes, office, unpaid};
use crate::domain::DueCase;
use crate::lang::Words;
use crate::text::shown;

/// The most octets of a line, without its end (section 3.1).
const LINE: usize = 75;

/// A calendar in the making.
struct Calendar(String);

impl Calendar {
    /// A property whose value is no text: nothing in it is escaped.
    fn put(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let (mut rest, mut room) = (line.as_str(), LINE);
        while rest.len() > room {
            let (first, more) = rest.split_at(rest.floor_char_boundary(room));
            self.0.push_str(first);
            // The space that marks a further line is one of its octets.
            self.0.push_str("\r\n ");
            (rest, room) = (more, LINE - 1);
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }

    /// A property whose value is text (section 3.3.11).
    fn text(&mut self, name: &str, lines: &[String]) {
        let escaped = |line: &String| shown(line).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.put(name, &lines.iter().map(escaped).collect::<Vec<_>>().join("\\n"));
    }

    fn day(&mut self, name: &str, day: NaiveDate) {
        self.put(&format!("{name};VALUE=DATE"), &day.format("%Y%m%d").to_string());
    }
}

impl DueView<'_> {
    /// The deadlines as a calendar: a day each, known again by case and
    /// deadline, with a reminder on the day before where they are not overdue.
    #[must_use]
    pub fn ics(&self, words: &'static Words) -> String {
        let said = &words.deadlines;
        let mut calendar = Calendar(String::new());
        calendar.put("BEGIN", "VCALENDAR");
        calendar.put("VERSION", "2.0");
        calendar.put("PRODID", concat!("-//Casebook//Casebook ", env!("CARGO_PKG_VERSION"), "//EN"));
        calendar.put("CALSCALE", "GREGORIAN");
        calendar.text("X-WR-CALNAME", &[said.calendar.to_owned()]);
        calendar.text("X-WR-CALDESC", &[said.aid.to_owned()]);
        self.due.iter().for_each(|one| self.event(&mut calendar, one, words));
        calendar.put("END", "VCALENDAR");
        calendar.0
    }

    fn event(&self, calendar: &mut Calendar, one: &DueCase<'_>, words: &'static Words) {
        let due = one.deadline.due.on;
        let summary = [(words.deadlines.event)(&deadline_name(one, words), &case_name(one))];
        calendar.put("BEGIN", "VEVENT");
        calendar.put("UID", &format!("{}-{}@casebook", one.id, one.deadline.kind().code()));
        // When the calendar was made: the same day gives the same bytes.
        calendar.put("DTSTAMP", &self.today.format("%Y%m%dT000000Z").to_string());
        calendar.day("DTSTART", due);
        calendar.day("DTEND", due.checked_add_days(Days::new(1)).unwrap_or(due));
        calendar.text("SUMMARY", &summary);
        calendar.text("DESCRIPTION", &self.description(one, words));
        calendar.put("TRANSP", "TRANSPARENT");
        if due >= self.today {
            calendar.put("BEGIN", "VALARM");
            calendar.put("ACTION", "DISPLAY");
            // Nine in the morning of the day before.
            calendar.put("TRIGGER", "-PT15H");
            calendar.text("DESCRIPTION", &summary);
            calendar.put("END", "VALARM");
        }
        calendar.put("END", "VEVENT");
    }

    fn description(&self, one: &DueCase<'_>, words: &'static Words) -> Vec<String> {
        let (said, deadline) = (&words.deadlines, &one.deadline);
        let mut lines = vec![
            (said.case_of)(&case_name(one), &office(one, self.reference)),
            format!("{}: {}.", said.article, deadline.rule.article),
        ];
        lines.extend(deadline.latest_on().map(said.at_latest));
        if is_of_payment(deadline) {
            lines.push((said.unpaid_of)(&unpaid(one, self.currency, words)));
        }
        lines.extend(notes(is_unchecked_in_list(one), words));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut calendar = Calendar(String::new());
        calendar.text("SUMMARY", &["ộ".repeat(60), "a,b;c\\d".to_owned()]);
        assert!(calendar.0.ends_with("\r\n"));
        let lines: Vec<&str> = calendar.0.trim_end().split("\r\n").collect();
        assert!(lines.len() == 3 && lines.iter().all(|line| line.len() <= LINE), "{lines:?}");
        assert!(lines[1..].iter().all(|line| line.starts_with(' ')));
        let unfolded = calendar.0.replace("\r\n ", "");
        assert_eq!(unfolded, format!("SUMMARY:{}\\na\\,b\\;c\\\\d\r\n", "ộ".repeat(60)));
    }

    #[test]
    fn a_line_of_75_octets_is_whole() {
        let mut calendar = Calendar(String::new());
        calendar.put("X", &"a".repeat(LINE - 2));
        assert!(!calendar.0.contains("\r\n "));
    }
}
