//! What came of it: what was ordered, what was done with the goods, where the
//! file went, and its numbers.

use std::ops::Range;
use std::sync::LazyLock;

use super::draft::{DraftCase, Found, Value};
use super::item::Item;
use crate::domain::{Field, How};
use crate::text::{Kind, Lexicon};

pub(super) fn read(item: &Item<'_>, draft: &mut DraftCase) {
    remedies(item, draft);
    disposals(item, draft);
    transfer(item, draft);
    numbers(item, draft);
    payment(item, draft);
}

/// A payment: of an amount that is named, or of the whole fine. It needs its
/// day: that of the decision or the finding, to be checked.
fn payment(item: &Item<'_>, draft: &mut DraftCase) {
    let named = draft.found.remove(&(Field::PaidAmount, 0));
    let in_full = item.find(&PAID_IN_FULL, &(0..item.words.len())).into_iter().next();
    let whole = || {
        let (at, ()) = in_full?;
        let fine = draft.get(Field::FineAmount)?;
        Some(Found { value: fine.value.clone(), words: item.said(&at), is_sure: false })
    };
    let Some(paid) = named.or_else(whole) else { return };
    let day = draft.day(Field::DecidedOn).or_else(|| draft.day(Field::DetectedOn));
    draft.put_line((Field::PaidAmount, 1), paid.value, &paid.words, paid.is_sure);
    if let Some(day) = day {
        draft.put_line((Field::PaidOn, 1), Value::Day(day), "", false);
    }
}

/// What was ordered besides the fine: "buộc tiêu hủy toàn bộ tang vật". What
/// becomes of the goods says more than what is to be handed back.
fn remedies(item: &Item<'_>, draft: &mut DraftCase) {
    let mut ordered = item.find(&ORDERS, &(0..item.words.len()));
    ordered.retain(|(at, _)| !item.has(&NOT_YET, &(item.clause(at.start).start..at.start)));
    let best = ordered.iter().rev().max_by_key(|(at, weight)| (*weight, !item.in_title(at.start)));
    let Some((first, _)) = best else { return };
    let clause = item.clause(first.start);
    let end = clause.end.min(first.start + 14).max(first.end);
    let stop = item.words[first.end..end]
        .iter()
        .position(|word| word.bare == "va" || word.is_mark('.') || word.kind == Kind::Break);
    let text = item.said(&(first.start..stop.map_or(end, |at| first.end + at)));
    draft.put(Field::Remedies, Value::Text(text.clone()), text, true);
}

/// What was done with the goods already.
fn disposals(item: &Item<'_>, draft: &mut DraftCase) {
    let mut done: Vec<(How, Range<usize>)> = Vec::new();
    for (at, how) in item.find(&DISPOSED, &(0..item.words.len())) {
        let sentence = item.sentence(at.start);
        let ordered = item.before(&ORDERED, at.start).is_some();
        let before = sentence.start.max(at.start.saturating_sub(8))..at.start;
        let after = at.end..(at.end + 6).min(sentence.end);
        let is_done = item.has(&DONE, &before) || item.has(&DONE_AFTER, &after);
        let pending = item.has(&NOT_YET, &before) || how == How::HandedOver && item.has(&NO_GOODS, &sentence);
        if is_done && !ordered && !pending && !done.iter().any(|(known, _)| *known == how) {
            done.push((how, at));
        }
    }
    let Some(day) = draft.day(Field::DetectedOn) else { return };
    for ((how, at), line) in done.into_iter().zip(1..) {
        let words = item.said(&at);
        draft.put_line((Field::DisposedHow, line), Value::Text(how.code().to_owned()), &words, true);
        // The day is seldom told: that of the finding, to be checked.
        draft.put_line((Field::DisposedOn, line), Value::Day(day), "", false);
    }
}

/// A transfer: the file, or who was caught, goes to investigators, or these
/// have opened a case.
fn transfer(item: &Item<'_>, draft: &mut DraftCase) {
    let denied = |at: &Range<usize>| {
        let before = item.sentence(at.start).start.max(at.start.saturating_sub(6))..at.start;
        item.has(&NOT_TRANSFERRED, &before)
    };
    let opened = item.find(&PROSECUTED, &(0..item.words.len())).into_iter().map(|(at, ())| at);
    let handed = item.find(&HANDS_OVER, &(0..item.words.len())).into_iter().filter_map(|(at, ())| {
        let end = item.sentence(at.start).end.min(at.end + 20);
        let (to, ()) = item.find(&INVESTIGATORS, &(at.end..end)).into_iter().next()?;
        Some(at.start..to.end)
    });
    let Some(at) = opened.chain(handed).find(|at| !denied(at)) else { return };
    let Some(day) = draft.day(Field::DecidedOn).or_else(|| draft.day(Field::DetectedOn)) else { return };
    draft.put(Field::TransferredOn, Value::Day(day), item.said(&at), false);
}

/// The number of the file, and of the decision: "QĐ số 34/QĐ-XPHC".
fn numbers(item: &Item<'_>, draft: &mut DraftCase) {
    for (field, words, kind) in [(Field::DecisionNo, &DECISION_NO, "qd"), (Field::CaseNo, &FILE_NO, "bb")] {
        let named = item.find(words, &(0..item.words.len()));
        let number = named.into_iter().find_map(|(at, ())| number_at(item, at.end, kind));
        if let Some(at) = number {
            let text = item.said(&at);
            draft.put(field, Value::Text(text.clone()), text, true);
        }
    }
}

/// The code that begins at a word, if it has a number, a slash, and the
/// letters of its kind: "34/QĐ-XPHC".
fn number_at(item: &Item<'_>, start: usize, kind: &str) -> Option<Range<usize>> {
    let first = item.words.get(start)?;
    if first.kind != Kind::Digits {
        return None;
    }
    let length = 1 + item.words[start + 1..]
        .iter()
        .take(10)
        .take_while(|word| {
            !word.spaced && !word.is_mark(',') && !word.is_mark(')') && !word.is_mark(';') && word.kind != Kind::Break
        })
        .count();
    let mut end = start + length;
    while item.words[end - 1].is_mark('.') || item.words[end - 1].is_mark(':') {
        end -= 1;
    }
    let of_kind = item.words[start..end].iter().any(|word| word.bare.starts_with(kind));
    (of_kind && item.words.get(start + 1).is_some_and(|word| word.is_mark('/'))).then_some(start..end)
}

/// Orders, and how much each says of what becomes of the goods.
static ORDERS: LazyLock<Lexicon<u8>> = LazyLock::new(|| {
    let destroyed: &[&str] = &["buộc tiêu hủy", "bị buộc tiêu hủy", "buộc phải tiêu hủy", "phải tiêu hủy"];
    let changed: &[&str] =
        &["buộc loại bỏ", "buộc thu hồi", "buộc tái chế", "buộc tái xuất", "buộc chuyển đổi", "buộc đưa ra khỏi"];
    let other: &[&str] = &["buộc", "buộc khắc phục", "buộc trả lại", "buộc cải chính", "buộc thực hiện", "buộc gỡ bỏ"];
    let confiscated: &[&str] = &["tịch thu", "bị tịch thu"];
    let back: &[&str] = &["buộc nộp lại", "buộc phải nộp lại"];
    let all = [(destroyed, 5), (changed, 4), (confiscated, 3), (other, 2), (back, 0)];
    Lexicon::new(all.into_iter().flat_map(|(words, weight)| words.iter().map(move |word| (*word, weight))))
});

static DISPOSED: LazyLock<Lexicon<How>> = LazyLock::new(|| {
    let destroyed: &[&str] = &["tiêu hủy", "đốt", "chôn lấp", "đốt hết", "tiêu hủy tại chỗ", "hủy bỏ", "nghiền hủy"];
    let sold: &[&str] = &["bán đấu giá", "đấu giá", "bán sung công", "phát mại"];
    let returned: &[&str] = &[
        "trả lại hàng",
        "trả lại chủ",
        "trả lại toàn bộ hàng",
        "trả lại hàng hóa",
        "hoàn trả hàng",
        "trả lại tang vật",
        "trả lại cho chủ hàng",
        "trả lại số hàng",
    ];
    let handed: &[&str] = &["bàn giao", "thả về", "chuyển giao cho", "giao cho trung tâm cứu hộ"];
    let all = [(destroyed, How::Destroyed), (sold, How::Sold), (returned, How::Returned), (handed, How::HandedOver)];
    Lexicon::new(all.into_iter().flat_map(|(words, how)| words.iter().map(move |word| (*word, how))))
});

macro_rules! phrases {
    ($($name:ident = $entries:expr;)+) => {
        $(static $name: LazyLock<Lexicon<()>> = LazyLock::new(|| Lexicon::new($entries.map(|word| (word, ()))));)+
    };
}

phrases! {
    PAID_IN_FULL = ["nộp phạt đủ", "nộp ngay", "đã nộp đủ", "nộp đủ ngay", "chấp hành xong", "đã nộp phạt", "sau khi nộp phạt", "vừa nộp phạt", "nộp phạt xong", "đã nộp đủ tiền phạt", "đã chấp hành nộp phạt", "đã nộp đủ số tiền phạt", "nộp đủ tiền phạt"];
    NO_GOODS = ["hồ sơ", "đối tượng", "vụ việc", "người", "cơ quan cảnh sát điều tra", "HS"];
    ORDERED = ["buộc", "bị buộc", "chờ", "buoc", "để", "sẽ", "đề nghị", "phải", "biện pháp", "yêu cầu", "cần", "đang chờ"];
    NOT_YET = ["chờ", "sẽ", "đề nghị", "đề xuất", "dự kiến", "kiến nghị", "chuẩn bị", "có thể", "tham mưu"];
    DONE = ["đã", "được", "vừa", "tổ chức", "tiến hành", "xong", "đã được", "da"];
    DONE_AFTER = ["xong", "đã hoàn thành", "hoàn thành", "đã được thực hiện", "rồi", "tại chỗ", "hết hôm", "dưới sự chứng kiến", "hôm", "xong theo quy định"];
    PROSECUTED = ["khởi tố vụ án", "khởi tố bị can", "đã khởi tố", "quyết định khởi tố", "khởi tố"];
    HANDS_OVER = ["chuyển", "bàn giao", "chuyển giao"];
    INVESTIGATORS = ["cơ quan cảnh sát điều tra", "cơ quan CSĐT", "CSĐT", "CQCSĐT", "CQĐT", "cơ quan điều tra", "PC03", "CQ CSĐT", "cơ quan an ninh điều tra", "cơ quan công an", "công an quận", "công an huyện"];
    NOT_TRANSFERRED = ["không", "chưa", "nếu", "có thể", "sẽ", "đủ căn cứ", "đề nghị"];
    DECISION_NO = ["QĐ số", "quyết định số", "QĐ XPVPHC số", "quyết định xử phạt số", "QĐXP số", "quyết định xử phạt vi phạm hành chính số", "QĐ XPHC số", "QĐ", "qd so", "qd", "QĐ XP số", "QĐ xử phạt số", "QĐ XPVPHC"];
    FILE_NO = ["BB số", "biên bản số", "BBVPHC số", "biên bản vi phạm hành chính số", "BB VPHC số", "BBVPHC", "BB", "bb so", "hồ sơ số", "BB vi phạm số", "biên bản VPHC số", "BB VPHC"];
}
