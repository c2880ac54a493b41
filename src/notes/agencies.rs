//! The units that act: who found the case, and who helped.

use std::ops::Range;
use std::sync::LazyLock;

use super::draft::{DraftCase, Value};
use super::item::Item;
use super::places::Gazetteer;
use crate::domain::{Field, Reference};
use crate::text::{Kind, Lexicon, Spelling, Word};

/// How much a unit's name says of who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// "Lực lượng chức năng": somebody.
    Anybody,
    /// A whole force or department: "Chi cục Quản lý thị trường".
    Department,
    /// A unit of it: "Đội", "Phòng", "Đồn".
    Unit,
}

/// A unit in a text.
#[derive(Debug, Clone)]
struct Mentioned {
    at: Range<usize>,
    /// Where the place that follows its name ends.
    until: usize,
    rank: Rank,
    /// Whether words before it make it a helper.
    helps: bool,
    /// Whether it only tells: "… cho biết".
    tells: bool,
}

pub(super) fn read(
    item: &Item<'_>,
    around: Option<&Item<'_>>,
    reference: &Reference,
    places: &Gazetteer<'_>,
    draft: &mut DraftCase,
) {
    let own = mentioned(item, places);
    let found = read_from(item, &own, reference, places, draft);
    if let Some(around) = around.filter(|_| !found) {
        let units = mentioned(around, places);
        read_from(around, &units, reference, places, draft);
    }
}

fn read_from(
    item: &Item<'_>,
    units: &[Mentioned],
    reference: &Reference,
    places: &Gazetteer<'_>,
    draft: &mut DraftCase,
) -> bool {
    let Some(lead) = lead(item, units) else { return false };
    let mut name = item.said(&lead.at);
    if let Some(parent) = parent(item, lead, units, places) {
        name = format!("{name} {parent}");
    }
    let force = reference.force_of_agency(&name);
    let by_number = matches!(item.words[lead.at.start].bare.as_str(), "doi" | "to" | "phong" | "doan" | "tram");
    let force = if force == "other" && by_number { force_by_words(item, units, reference) } else { force };
    let words = item.said(&lead.at);
    draft.put(Field::Force, Value::Text(force.to_owned()), words.clone(), lead.rank > Rank::Anybody);
    draft.put(Field::Agency, Value::Text(name.clone()), words, lead.rank > Rank::Anybody);
    let partners = partners(item, lead, units);
    if !partners.is_empty() {
        let words = partners.join("; ");
        draft.put(Field::Partners, Value::Texts(partners), words, true);
    }
    true
}

/// The force of a team that is called by its number alone: that of another
/// unit in the text.
fn force_by_words<'r>(item: &Item<'_>, units: &[Mentioned], reference: &'r Reference) -> &'r str {
    let forces = units.iter().map(|unit| reference.force_of_agency(&item.said(&unit.at)));
    let named = forces.clone().find(|force| *force != "other");
    named.unwrap_or_else(|| reference.force_of_agency(""))
}

/// The unit that acted: the most special one that is no helper, and the first
/// of these in the body.
fn lead<'m>(item: &Item<'_>, units: &'m [Mentioned]) -> Option<&'m Mentioned> {
    let best = |helps: bool| {
        let fit = units.iter().filter(|unit| unit.helps == helps);
        fit.max_by_key(|unit| {
            let acts = item.has(&ACTS, &item.sentence(unit.at.start));
            (unit.rank, !unit.tells, acts, !item.in_title(unit.at.start), std::cmp::Reverse(unit.at.start))
        })
    };
    best(false).or_else(|| best(true))
}

/// The department to which a "Phòng" belongs, where the text names it beside
/// it or once elsewhere: "Phòng Cảnh sát kinh tế, Công an tỉnh Đắk Lắk".
fn parent(item: &Item<'_>, lead: &Mentioned, units: &[Mentioned], places: &Gazetteer<'_>) -> Option<String> {
    let head = &item.words[lead.at.start].bare;
    let own = item.said(&lead.at);
    if head != "phong" || crate::text::fold(&own).contains("cong an") {
        return None;
    }
    let of_police = |unit: &&Mentioned| {
        let first: Vec<&str> = item.words[unit.at.clone()].iter().take(2).map(|word| word.bare.as_str()).collect();
        (first == ["cong", "an"] || first.first() == Some(&"ca")) && !is_commune_unit(item, unit)
    };
    let _ = places;
    let beside = units.iter().filter(of_police).min_by_key(|unit| unit.at.start.abs_diff(lead.at.end))?;
    Some(item.said(&beside.at))
}

fn is_commune_unit(item: &Item<'_>, unit: &Mentioned) -> bool {
    item.words[unit.at.clone()].iter().any(|word| matches!(word.bare.as_str(), "xa" | "phuong" | "khu" | "tran"))
}

/// The helpers: the units that words name as such, but for the lead and for
/// what is a part or the whole of it.
fn partners(item: &Item<'_>, lead: &Mentioned, units: &[Mentioned]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for unit in units.iter().filter(|unit| unit.helps && unit.at != lead.at && unit.rank > Rank::Anybody) {
        let name = item.said(&unit.at);
        if !names.iter().any(|known| crate::text::fold(known) == crate::text::fold(&name)) {
            names.push(name);
        }
    }
    names
}

/// Every unit in a text, from left to right.
fn mentioned(item: &Item<'_>, places: &Gazetteer<'_>) -> Vec<Mentioned> {
    let mut units: Vec<Mentioned> = Vec::new();
    let mut at = 0;
    while at < item.words.len() {
        let Some((length, rank)) = HEADS.at_start(&item.words[at..]).filter(|_| stands_free(item, at)) else {
            at += 1;
            continue;
        };
        let end = name_end(item, at, at + length, places);
        let unit = at..end;
        let until = place_end(item, end, places);
        let follows = units.last().is_some_and(|last| {
            goes_on(item, last.until..at)
                && (last.helps || item.words[at - 1].bare == "va" && last.rank > Rank::Anybody)
        });
        let helps = item.before(&WITH, at).is_some() || follows && item.before(&LEADS, at).is_none();
        let helps = helps || item.has(&TAKES_PART, &(end..(end + 3).min(item.words.len())));
        let tells = item.has(&TELLS, &(end..(end + 4).min(item.words.len())));
        // What stands in brackets behind a unit, or is named after "thuộc", is
        // the whole that it belongs to.
        let whole = units.last().is_some_and(|last| belongs(item, last.until..at));
        if !whole || *rank == Rank::Unit {
            units.push(Mentioned { at: unit, until, rank: *rank, helps, tells });
        } else if let Some(last) = units.last() {
            let helps = last.helps;
            units.push(Mentioned { at: unit, until, rank: Rank::Department, helps, tells: true });
            // As a helper the whole would be named twice.
            if helps {
                units.pop();
            }
        }
        at = end.max(until);
    }
    units
}

/// Where the place ends that follows the name of a unit: "… số 5 tỉnh Nam Định".
fn place_end(item: &Item<'_>, end: usize, places: &Gazetteer<'_>) -> usize {
    let kind = STANDS_ALONE.at_start(&item.words[end..]).map_or(0, |(length, ())| length);
    match item.words.get(end + kind..).and_then(|rest| places.at_start(rest)) {
        Some(length) => end + kind + length,
        None => end,
    }
}

/// Whether a head is no part of a longer word: "đội" in "quân đội".
fn stands_free(item: &Item<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| item.words[before].bare.as_str());
    let first = item.words[at].bare.as_str();
    !(first == "doi" && matches!(before, Some("quan" | "bo" | "hai" | "chi" | "bien")))
}

/// Whether only a comma or "và" stands between two units.
fn goes_on(item: &Item<'_>, between: Range<usize>) -> bool {
    between.len() <= 3
        && item.slice(&between).iter().all(|word| {
            word.is_mark(',')
                || word.is_mark('+')
                || word.is_mark(';')
                || matches!(word.bare.as_str(), "va" | "cung" | "luc" | "luong")
        })
}

/// Whether a unit is named as the whole of the one before it.
fn belongs(item: &Item<'_>, between: Range<usize>) -> bool {
    let words = item.slice(&between);
    matches!(words, [only] if only.is_mark('(') || only.is_mark(',') || only.is_mark('-') || only.is_mark('–') || only.bare == "thuoc" || only.bare == "cua")
        || words.is_empty()
}

/// Where the name of a unit ends.
fn name_end(item: &Item<'_>, start: usize, head_end: usize, places: &Gazetteer<'_>) -> usize {
    let mut at = head_end;
    let head_is_team = matches!(item.words[start].bare.as_str(), "doi" | "dqltt" | "hai" | "to");
    while let Some(word) = item.words.get(at) {
        let rest = &item.words[at..];
        let step = part_of_name(item, rest, head_is_team, places);
        if step == 0 || (word.kind == Kind::Mark && step == 1) {
            break;
        }
        at += step;
    }
    at
}

/// How many of the words go on with the name of a unit.
fn part_of_name(item: &Item<'_>, rest: &[Word<'_>], is_team: bool, places: &Gazetteer<'_>) -> usize {
    let Some(word) = rest.first() else { return 0 };
    let next = rest.get(1);
    // "số 10", "7"
    if word.bare == "so" && next.is_some_and(|next| next.kind == Kind::Digits) {
        return 2;
    }
    if word.kind == Kind::Digits {
        let day = next.is_some_and(|next| {
            (next.is_mark('/') || next.is_mark('-')) && rest.get(2).is_some_and(|word| word.kind == Kind::Digits)
        });
        let short = word.text.len() <= 3 && !day;
        return usize::from(short && next.is_none_or(|next| next.spaced || next.kind == Kind::Mark));
    }
    if let Some(length) = places.at_start(rest).filter(|_| word.is_capital() || item.spelling == Spelling::Bare) {
        // A team is called by its number: the province after it is not its name.
        return if is_team && item.spelling == Spelling::Marked { 0 } else { length };
    }
    if let Some((length, ())) = WITHIN_NAMES.at_start(rest) {
        let then = rest.get(length);
        let named = then.is_some_and(|then| {
            then.is_capital()
                || then.kind == Kind::Digits
                || item.spelling == Spelling::Bare && then.kind == Kind::Letters
        });
        let province = then.is_some_and(|_| places.at_start(&rest[length..]).is_some());
        let of_team = is_team && item.spelling == Spelling::Marked && province && length == 1;
        return if of_team || !named && !STANDS_ALONE.at_start(rest).is_some_and(|(taken, ())| taken == length) {
            usize::from(!of_team && STANDS_ALONE.at_start(rest).is_some()) * length
        } else {
            length
        };
    }
    if word.kind != Kind::Letters || item.spelling == Spelling::Bare && !is_bare_name(rest) {
        return 0;
    }
    if let Some((length, ())) = NAME_WORDS.at_start(rest) {
        return length;
    }
    let acts = ACTS.at_start(rest).is_some() || NAME_STOPS.at_start(rest).is_some();
    usize::from(word.is_capital() && !acts)
}

/// In text without marks names end with the words that begin something else.
fn is_bare_name(rest: &[Word<'_>]) -> bool {
    NAME_WORDS.at_start(rest).is_some()
        || rest[0].is_capital() && ACTS.at_start(rest).is_none() && NAME_STOPS.at_start(rest).is_none()
}

macro_rules! phrases {
    ($($name:ident: $meaning:ty = $entries:expr;)+) => {
        $(static $name: LazyLock<Lexicon<$meaning>> = LazyLock::new(|| Lexicon::new($entries));)+
    };
}

static HEADS: LazyLock<Lexicon<Rank>> = LazyLock::new(|| {
    let units: &[&str] = &[
        "đội quản lý thị trường",
        "đội QLTT",
        "ĐQLTT",
        "đội số",
        "đội cảnh sát",
        "đội CSKT",
        "đội cảnh sát kinh tế",
        "đội kiểm soát",
        "đội kiểm soát hải quan",
        "phòng cảnh sát",
        "phòng CSKT",
        "phòng PC03",
        "phòng PC05",
        "phòng cảnh sát kinh tế",
        "phòng cảnh sát môi trường",
        "phòng an ninh",
        "phòng nghiệp vụ",
        "phòng quản lý",
        "phòng y tế",
        "phòng kinh tế",
        "đồn biên phòng",
        "đồn BP",
        "đồn công an",
        "hải đội",
        "hải đoàn",
        "đội 1",
        "đội 2",
        "đội 3",
        "đội 4",
        "đội 5",
        "đội 6",
        "đội 7",
        "đội 8",
        "đội 9",
        "đội 10",
        "đội 11",
        "đội 12",
        "đội 13",
        "đội 14",
        "đội 15",
        "trạm kiểm soát",
        "hạt kiểm lâm",
        "hạt KL",
        "đội kiểm lâm",
        "PC03",
        "PC05",
        "đội quản lý",
        "đội kiểm tra",
        "đội phòng chống",
        "đội chống buôn lậu",
        "đội nghiệp vụ",
        "tiểu khu",
        "hải quan cửa khẩu",
        "HQ cửa khẩu",
        "chi cục hải quan cửa khẩu",
        "đội tuần tra",
        "thuế cơ sở",
        "đội thuế",
        "phòng thanh tra",
        "đội thanh tra",
        "đội chuyên trách",
        "phòng CSĐT",
        "đội CSĐT",
        "đội CSGT",
        "phòng CSGT",
        "trạm CSGT",
        "phòng cảnh sát điều tra",
        "đội cảnh sát điều tra",
        "đội quản lý an toàn thực phẩm",
        "đoàn trinh sát",
        "đội trinh sát",
        "cụm đặc nhiệm",
        "hải đội biên phòng",
        "đội đặc nhiệm",
        "cục nghiệp vụ quản lý thị trường",
    ];
    let departments: &[&str] = &[
        "chi cục quản lý thị trường",
        "chi cục QLTT",
        "cục quản lý thị trường",
        "cục QLTT",
        "tổng cục quản lý thị trường",
        "quản lý thị trường",
        "QLTT",
        "lực lượng quản lý thị trường",
        "lực lượng QLTT",
        "lực lượng công an",
        "công an tỉnh",
        "công an thành phố",
        "công an TP",
        "công an",
        "CA xã",
        "CA phường",
        "CA tỉnh",
        "CA TP",
        "CA huyện",
        "cảnh sát biển",
        "bộ tư lệnh vùng",
        "bộ tư lệnh cảnh sát biển",
        "cảnh sát kinh tế",
        "CSKT",
        "cảnh sát giao thông",
        "CSGT",
        "bộ đội biên phòng",
        "BĐBP",
        "biên phòng",
        "bộ chỉ huy bộ đội biên phòng",
        "hải quan",
        "chi cục hải quan",
        "cục hải quan",
        "cục điều tra chống buôn lậu",
        "chi cục thuế",
        "cục thuế",
        "thuế tỉnh",
        "thuế thành phố",
        "thuế TP",
        "chi cục an toàn vệ sinh thực phẩm",
        "chi cục an toàn thực phẩm",
        "chi cục vệ sinh an toàn thực phẩm",
        "chi cục ATVSTP",
        "chi cục ATTP",
        "sở an toàn thực phẩm",
        "ban quản lý an toàn thực phẩm",
        "cục an toàn thực phẩm",
        "chi cục tiêu chuẩn đo lường chất lượng",
        "chi cục TCĐLCL",
        "chi cục kiểm lâm",
        "chi cục chăn nuôi",
        "chi cục trồng trọt",
        "chi cục quản lý chất lượng",
        "chi cục thủy sản",
        "chi cục bảo vệ thực vật",
        "thanh tra sở",
        "ttra",
        "cục quản lý và phát triển thị trường",
        "sở khoa học và công nghệ",
        "thanh tra tỉnh",
        "thanh tra",
        "sở y tế",
        "sở công thương",
        "sở nông nghiệp",
        "sở khoa học và công nghệ",
        "sở văn hóa",
        "đoàn kiểm tra liên ngành",
        "đoàn liên ngành",
        "đội liên ngành",
        "tổ liên ngành",
        "tổ công tác liên ngành",
        "tổ công tác 389",
        "đoàn liên ngành 389",
        "ban chỉ đạo 389",
        "BCĐ 389",
        "UBND",
        "đoàn thanh tra",
        "cơ quan cảnh sát điều tra",
        "cơ quan CSĐT",
        "kiểm lâm",
        "cục cảnh sát",
        "trung tâm kiểm nghiệm",
        "trạm thú y",
        "viện kiểm sát",
        "ban quản lý chợ",
        "cục sở hữu trí tuệ",
        "bộ công an",
    ];
    let anybody: &[&str] = &[
        "lực lượng chức năng",
        "cơ quan chức năng",
        "tổ công tác",
        "đoàn kiểm tra",
        "cơ quan công an",
        "ngành chức năng",
        "các lực lượng chức năng",
        "lực lượng kiểm tra",
    ];
    let all = [(units, Rank::Unit), (departments, Rank::Department), (anybody, Rank::Anybody)];
    Lexicon::new(all.into_iter().flat_map(|(names, rank)| names.iter().map(move |name| (*name, rank))))
});

phrases! {
    // Words after which a unit is one that helped.
    WITH: () = ["phối hợp với", "phối hợp cùng", "phối hợp", "cùng với", "cùng", "với", "phối hợp với các lực lượng", "phối hợp với lực lượng", "có sự tham gia của", "với sự tham gia của", "với sự phối hợp của", "với sự chứng kiến của", "phối hợp cùng với", "kết hợp với", "kết hợp", "sự hỗ trợ của", "pp", "p/h", "ph", "PH với", "PH", "p/h với", "phối hợp với đại diện", "+", "cùng lực lượng", "hiệp đồng với", "phoi hop"].map(|word| (word, ()));
    LEADS: () = ["chủ trì", "do"].map(|word| (word, ()));
    TAKES_PART: () = ["tham gia", "hỗ trợ", "phối hợp kiểm tra"].map(|word| (word, ()));
    TELLS: () = ["cho biết", "thông tin", "cho hay", "thông báo"].map(|word| (word, ()));
    ACTS: () = ["kiểm tra", "phát hiện", "bắt giữ", "bắt quả tang", "thu giữ", "tạm giữ", "xử phạt", "tiến hành", "vừa", "đã", "đang", "khám", "khám xét", "ra quyết định", "ban hành", "chủ trì", "phối hợp", "lập biên bản", "triệt phá", "kt", "ktra", "bắt", "phạt", "tịch thu", "dừng", "xử lý", "báo cáo", "b/c", "tuần tra", "phá", "cho biết", "phát", "lấy mẫu", "đột kích", "ập vào", "làm việc", "mật phục", "niêm phong"].map(|word| (word, ()));
    NAME_STOPS: () = ["ngày", "lúc", "hồi", "tại", "trong", "qua", "khi", "sau", "bị", "theo", "trên", "hôm", "sáng", "chiều", "tối", "đêm", "trị giá", "phát", "được", "nhận", "căn cứ", "thực hiện", "do", "từ", "vào", "cho", "HKD", "hộ", "cty", "công ty", "vụ", "số lượng", "SL", "TG", "ra", "phạt", "ông", "bà", "anh", "chị", "kho", "xe", "đêm", "tới", "bất ngờ", "nắm", "liên tiếp", "đồng loạt", "cùng", "thì", "tống đạt", "khống chế", "xác định", "hoàn tất", "hoàn thiện", "đề nghị", "có", "cũng", "bàn giao", "chuyển", "triển khai", "mở", "tăng cường", "sẽ", "khởi tố", "thụ lý", "về việc", "gồm", "với", "để", "lấy", "cử", "mời"].map(|word| (word, ()));
    // What leads from a unit's name to that of its place.
    WITHIN_NAMES: () = ["tỉnh", "thành phố", "TP", "T.P", "huyện", "quận", "thị xã", "xã", "phường", "đặc khu", "khu vực", "cửa khẩu", "cửa khẩu quốc tế", "cảng", "vùng", "số", "cơ sở", "liên ngành", "sân bay", "KV"].map(|word| (word, ()));
    STANDS_ALONE: () = ["tỉnh", "liên ngành", "xã", "phường", "thành phố", "địa phương", "quận", "huyện"].map(|word| (word, ()));
    // Small words inside the names of departments.
    NAME_WORDS: () = ["kinh tế", "môi trường", "thị trường", "an toàn", "vệ sinh", "thực phẩm", "địa phương", "liên ngành", "hình sự", "ma túy", "tội phạm", "về", "tham nhũng", "buôn lậu", "kỹ thuật", "nghiệp vụ", "dược", "y tế", "quốc tế", "cơ động", "nông nghiệp", "phòng chống", "điều tra", "thú y", "chất lượng", "chống buôn lậu", "kiểm soát", "hải quan", "biên phòng", "chức năng", "giao thông", "trật tự", "đường thủy", "công nghệ cao", "mạng", "sở tại", "biển", "công thương", "thành phố", "công an", "cảnh sát", "cảnh sát biển", "quản lý", "hành chính", "trật tự xã hội", "sử dụng", "công nghệ", "bảo vệ rừng", "chuyên trách", "đặc nhiệm", "phòng", "đường bộ", "cao tốc", "tổng hợp", "trồng trọt", "chăn nuôi", "và thú y", "thủy sản", "đô thị", "thông tin", "văn hóa", "thể thao", "du lịch", "khoa học", "và công nghệ", "và môi trường", "và phòng chống tội phạm", "và ma túy", "tư lệnh", "cơ động"].map(|word| (word, ()));
}
