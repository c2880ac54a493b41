//! What came of it: what was ordered, what was done with the goods, where the
//! file went, and its numbers.

use std::ops::Range;
use std::sync::LazyLock;

use super::draft::{DraftCase, Value};
use super::item::Item;
use crate::domain::{Field, How};
use crate::text::Lexicon;

pub(super) fn read(item: &Item<'_>, draft: &mut DraftCase) {
    remedies(item, draft);
    disposals(item, draft);
    transfer(item, draft);
    numbers(item, draft);
    payment(draft);
}

/// A payment needs its day: that of the decision or the finding, to be checked.
fn payment(draft: &mut DraftCase) {
    let Some(paid) = draft.found.remove(&(Field::PaidAmount, 0)) else { return };
    let day = draft.day(Field::DecidedOn).or_else(|| draft.day(Field::DetectedOn));
    draft.put_line((Field::PaidAmount, 1), paid.value, &paid.words, paid.is_sure);
    if let Some(day) = day {
        draft.put_line((Field::PaidOn, 1), Value::Day(day), "", false);
    }
}

/// What was ordered besides the fine: "buộc tiêu hủy toàn bộ tang vật".
fn remedies(item: &Item<'_>, draft: &mut DraftCase) {
    let mut ordered: Vec<(Range<usize>, &'static str)> = item.find(&ORDERS, &(0..item.words.len()));
    ordered.retain(|(at, _)| !item.has(&NOT_YET, &(item.clause(at.start).start..at.start)));
    let Some((first, _)) = ordered.iter().find(|(at, _)| !item.in_title(at.start)).or(ordered.first()) else { return };
    let clause = item.clause(first.start);
    let end = clause.end.min(first.start + 14).max(first.end);
    let end = item.words[first.end..end]
        .iter()
        .position(|word| word.bare == "va" || word.is_mark('.'))
        .map_or(end, |at| first.end + at);
    let text = item.said(&(first.start..end));
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
        let pending = item.has(&NOT_YET, &before);
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

fn transfer(item: &Item<'_>, draft: &mut DraftCase) {
    let found = item.find(&TRANSFERRED, &(0..item.words.len()));
    let real = |at: &Range<usize>| {
        let before = item.sentence(at.start).start.max(at.start.saturating_sub(6))..at.start;
        !item.has(&NOT_TRANSFERRED, &before)
    };
    let Some((at, ())) = found.into_iter().find(|(at, ())| real(at)) else { return };
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
    if first.kind != crate::text::Kind::Digits {
        return None;
    }
    let length = 1 + item.words[start + 1..]
        .iter()
        .take(10)
        .take_while(|word| {
            !word.spaced
                && !word.is_mark(',')
                && !word.is_mark(')')
                && !word.is_mark(';')
                && word.kind != crate::text::Kind::Break
        })
        .count();
    let mut end = start + length;
    while item.words[end - 1].is_mark('.') || item.words[end - 1].is_mark(':') {
        end -= 1;
    }
    let of_kind = item.words[start..end].iter().any(|word| word.bare.starts_with(kind));
    (of_kind && item.words.get(start + 1).is_some_and(|word| word.is_mark('/'))).then_some(start..end)
}

static ORDERS: LazyLock<Lexicon<&'static str>> = LazyLock::new(|| {
    let words = [
        "buộc tiêu hủy",
        "buộc thu hồi",
        "buộc loại bỏ",
        "buộc tái chế",
        "buộc tái xuất",
        "buộc chuyển đổi",
        "buộc khắc phục",
        "buộc trả lại",
        "buộc cải chính",
        "buộc đưa ra khỏi",
        "buộc nộp lại",
        "buộc nộp đủ",
        "tịch thu",
        "bị tịch thu",
        "đình chỉ hoạt động",
        "tước quyền sử dụng",
        "buộc",
        "buoc tieu huy",
        "buộc thực hiện",
        "buộc cải tạo",
        "buộc hoàn trả",
        "buộc ghi",
        "buộc tháo gỡ",
        "buộc gỡ bỏ",
        "bị buộc tiêu hủy",
    ];
    Lexicon::new(words.map(|word| (word, word)))
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
    ORDERED = ["buộc", "bị buộc", "chờ", "buoc", "để", "sẽ", "đề nghị", "phải", "biện pháp", "yêu cầu", "cần", "đang chờ"];
    NOT_YET = ["chờ", "sẽ", "đề nghị", "đề xuất", "dự kiến", "kiến nghị", "chuẩn bị", "có thể", "tham mưu"];
    DONE = ["đã", "được", "vừa", "tổ chức", "tiến hành", "xong", "đã được", "da"];
    DONE_AFTER = ["xong", "rồi", "tại chỗ", "hết hôm", "dưới sự chứng kiến", "hôm", "xong theo quy định"];
    TRANSFERRED = ["chuyển hồ sơ", "chuyển cơ quan cảnh sát điều tra", "chuyển cơ quan CSĐT", "chuyển đến cơ quan cảnh sát điều tra", "chuyển cơ quan điều tra", "khởi tố vụ án", "khởi tố bị can", "khởi tố", "chuyển CQCSĐT", "chuyển CQĐT", "chuyển PC03", "bàn giao cho cơ quan cảnh sát điều tra", "chuyển toàn bộ hồ sơ", "chuyển sang cơ quan điều tra", "chuyển cơ quan công an", "được chuyển cơ quan", "chuyển CQ CSĐT", "đã chuyển hồ sơ", "chuyen ho so", "được chuyển đến cơ quan", "chuyển vụ việc"];
    NOT_TRANSFERRED = ["không", "chưa", "xem xét", "nếu", "có thể", "sẽ", "đủ căn cứ", "đề nghị"];
    DECISION_NO = ["QĐ số", "quyết định số", "QĐ XPVPHC số", "quyết định xử phạt số", "QĐXP số", "quyết định xử phạt vi phạm hành chính số", "QĐ XPHC số", "QĐ", "qd so", "qd", "QĐ XP số", "QĐ xử phạt số", "QĐ XPVPHC"];
    FILE_NO = ["BB số", "biên bản số", "BBVPHC số", "biên bản vi phạm hành chính số", "BB VPHC số", "BBVPHC", "BB", "bb so", "hồ sơ số", "BB vi phạm số", "biên bản VPHC số", "BB VPHC"];
}
