//! Taking a text apart into its items: news items with a title each, entries
//! of a list, lines that each begin with a day.

use std::ops::Range;

/// A piece of a text that tells of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// How many of its bytes are a title.
    pub(super) title: usize,
    /// What stands around the entries of a list and holds for each of them.
    pub(super) context: Option<&'a str>,
}

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    after_blank: bool,
    /// Whether a line is drawn above it.
    after_rule: bool,
}

/// The most that is looked at of what stands around a list, in bytes: it is
/// gone over for each entry.
const LONGEST_CONTEXT: usize = 1_500;

/// The longest line that may be a title, in words.
const LONGEST_TITLE: usize = 32;

/// The pieces of a text, in their order.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let lines = lines(text);
    let mut pieces = Vec::new();
    for group in groups(&lines) {
        pieces.extend(entries(text, group).unwrap_or_else(|| vec![whole(text, group)]));
    }
    pieces
}

/// Where the paragraphs of a text are, parted by blank lines.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let paragraphs = lines.chunk_by(|_, line| !line.after_blank);
    paragraphs.map(|lines| lines[0].start..lines[lines.len() - 1].end).collect()
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut start, mut after_blank, mut after_rule) = (0, true, false);
    for raw in text.split_inclusive('\n') {
        let line = raw.trim();
        let lead = raw.len() - raw.trim_start().len();
        if line.is_empty() || is_rule(line) {
            after_blank = true;
            after_rule |= is_rule(line);
        } else {
            lines.push(Line {
                text: line,
                start: start + lead,
                end: start + lead + line.len(),
                after_blank,
                after_rule,
            });
            (after_blank, after_rule) = (false, false);
        }
        start += raw.len();
    }
    lines
}

/// A line of dashes or the like, drawn between items.
fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '~' | '#' | '—' | '–'))
}

/// The lines of each news item. One begins with a title; where there are no
/// titles, all lines are one group.
fn groups<'l, 'a>(lines: &'l [Line<'a>]) -> Vec<&'l [Line<'a>]> {
    let begins = |at: &usize| *at == 0 || lines[*at].after_rule || begins_item(lines, *at);
    let starts: Vec<usize> = (0..lines.len()).filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(start, end)| &lines[*start..end]).filter(|group| !group.is_empty()).collect()
}

/// Whether a line after the first is the title of a further item: no full
/// stop at its end, a text of sentences after it, and one before it.
fn begins_item(lines: &[Line<'_>], at: usize) -> bool {
    let (line, before) = (&lines[at], &lines[at - 1]);
    let Some(next) = lines.get(at + 1) else { return false };
    is_title(line)
        && is_prose(next)
        && (is_prose(before) || line.after_blank && ends_sentence(before.text))
        && bullet(line.text).is_none()
}

fn is_title(line: &Line<'_>) -> bool {
    let words = line.text.split_whitespace().count();
    !ends_sentence(line.text) && !line.text.ends_with([';', ',', ':', '-']) && (3..=LONGEST_TITLE).contains(&words)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '\'', ')', ' ']).ends_with(['.', '!', '?', '…'])
}

/// A line of whole sentences.
fn is_prose(line: &Line<'_>) -> bool {
    ends_sentence(line.text) && line.text.split_whitespace().count() > 12
}

/// How many of a group's first bytes are its title.
fn title_of(group: &[Line<'_>]) -> usize {
    let titles = group.iter().take_while(|line| is_title(line) && bullet(line.text).is_none()).count();
    match group.get(titles) {
        Some(next) if titles > 0 && (titles == 1 && next.after_blank || is_prose(next)) => {
            group[titles - 1].end - group[0].start
        }
        _ => 0,
    }
}

fn whole<'a>(text: &'a str, group: &[Line<'a>]) -> Piece<'a> {
    let (start, end) = (group[0].start, group[group.len() - 1].end);
    Piece { text: &text[start..end], title: title_of(group), context: None }
}

/// The kind of sign with which an entry of a list begins.
fn bullet(line: &str) -> Option<char> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    if line.starts_with("STT ") || line.starts_with("| ") {
        return Some('|');
    }
    if first.is_ascii_digit() {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.len() - rest.len();
        let closes = rest.starts_with([')', '.', '/']) && rest[1..].starts_with(' ') || rest.starts_with("- ");
        return (digits <= 2 && closes).then_some('1');
    }
    if first.is_alphabetic() && rest.starts_with([')', '.']) && rest[1..].starts_with(' ') {
        return first.is_ascii_lowercase().then_some('a');
    }
    (matches!(first, '-' | '+' | '*' | '•' | '–' | '▪' | '●' | '→') && rest.starts_with([' ', '\u{a0}']))
        .then_some(first)
}

/// The entries of a list of cases, or of lines that each begin with a day;
/// `None` where a group is no such list.
fn entries<'a>(text: &'a str, group: &[Line<'a>]) -> Option<Vec<Piece<'a>>> {
    let sign = group.iter().find_map(|line| bullet(line.text));
    let starts_entry = |line: &Line<'_>| match sign {
        Some(sign) => bullet(line.text) == Some(sign),
        None => begins_with_day(line.text),
    };
    let starts: Vec<usize> = (0..group.len()).filter(|at| starts_entry(&group[*at])).collect();
    // Paragraphs of an article may begin with days too; entries all do.
    let article = sign.is_none()
        && (title_of(group) > 0 || starts.first().is_none_or(|first| starts.len() + first < group.len()));
    if article {
        return None;
    }
    let told = starts.iter().filter(|at| tells_a_case(group[**at].text)).count();
    if starts.len() < 2 || told * 2 <= starts.len() {
        return None;
    }
    // What follows the last entry without a sign of its own closes the list.
    let closing =
        (starts[starts.len() - 1] + 1..group.len()).find(|at| sign.is_some() && bullet(group[*at].text).is_none());
    let end = closing.unwrap_or(group.len());
    let around = if starts[0] > 0 { Some(&group[..starts[0]]) } else { closing.map(|at| &group[at..]) };
    let context = around.map(|around| {
        let whole = &text[around[0].start..around[around.len() - 1].end];
        &whole[..whole.floor_char_boundary(LONGEST_CONTEXT)]
    });
    let ends = starts.iter().skip(1).copied().chain([end]);
    let piece = |(start, end): (&usize, usize)| Piece {
        text: &text[group[*start].start..group[end - 1].end],
        title: 0,
        context,
    };
    Some(starts.iter().zip(ends).map(piece).collect())
}

/// "12/3 …", "Ngày 12/3 …"
fn begins_with_day(line: &str) -> bool {
    let folded = crate::text::plain(line);
    let rest = folded.strip_prefix("ngay ").unwrap_or(&folded);
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let day = digits(rest);
    let after = &rest[day..];
    (1..=2).contains(&day) && after.starts_with(['/', '-', '.']) && (1..=2).contains(&digits(&after[1..]))
}

/// Whether an entry has a place, a unit or premises of its own, besides a
/// figure: else it is a line of goods.
fn tells_a_case(line: &str) -> bool {
    const MARKS_OF_A_CASE: [&str; 24] = [
        " xa ",
        " phuong ",
        " p ",
        " tt ",
        "hkd",
        "ho kinh doanh",
        "cty",
        "cong ty",
        "cua hang",
        "doi ",
        "dqltt",
        "qltt",
        "cong an",
        "ca xa",
        "bien phong",
        "hai quan",
        "tap hoa",
        "kho ",
        "co so",
        "cho ",
        "xe ",
        "ong ",
        "ba ",
        "shop",
    ];
    let folded = format!(" {} ", crate::text::fold(line));
    let has_figure = folded.bytes().any(|byte| byte.is_ascii_digit());
    has_figure && MARKS_OF_A_CASE.iter().any(|mark| folded.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(String, bool)> {
        pieces(text).iter().map(|piece| (piece.text.chars().take(12).collect(), piece.context.is_some())).collect()
    }

    #[test]
    fn news_items_come_apart_at_their_titles() {
        let body = "Ngày 3/3, Đội số 1 kiểm tra kho hàng tại xã Một và phát hiện nhiều hàng hóa vi phạm.";
        let text =
            format!("Tỉnh A: phạt 20 triệu đồng một cơ sở\n{body}\nTỉnh B: thu giữ hai tấn đường\n{body}\n\n{body}");
        assert_eq!(texts(&text).len(), 2);
        assert_eq!(pieces(&text)[0].title, "Tỉnh A: phạt 20 triệu đồng một cơ sở".len());
        assert!(pieces(&text)[1].text.ends_with(body), "its second paragraph is its own");
    }

    #[test]
    fn entries_of_a_list_keep_what_holds_for_all() {
        let text = "Báo cáo ca trực 14/4 - Đội số 2, Cần Thơ\n1. HKD A: 37 chai rượu lậu\n2. Cty B: 210 đôi giày giả";
        assert_eq!(texts(text), [("1. HKD A: 37".to_owned(), true), ("2. Cty B: 21".to_owned(), true)]);
        let closed = "a) HKD A: 84 bình khí\nb) HKD B: 20 kg bột\n(Đội số 25, HN)";
        assert_eq!(pieces(closed)[1].context, Some("(Đội số 25, HN)"));
        let goods = "Vụ kho X, xã Một:\n+ bia lon giả: 640 thùng\n+ nắp chai: 200 cái\nPhạt 100tr.";
        assert_eq!(texts(goods).len(), 1, "lines of goods are no cases");
    }

    #[test]
    fn lines_with_a_day_each_are_cases() {
        assert_eq!(texts("12/3 Đội 7 kt kho xã A 25tr\n13/3 Đội 7 kt kho xã B 30tr").len(), 2);
        assert_eq!(texts("Ngày 12/3, Đội 7 kiểm tra kho.\nHàng trị giá 25 triệu.").len(), 1);
        assert!(texts("").is_empty());
    }
}
