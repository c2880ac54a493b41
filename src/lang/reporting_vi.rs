//! Documents and charts in Vietnamese. The layout's words are those of Nghị
//! định 30/2020/NĐ-CP.

use chrono::{Datelike, NaiveDate};

use super::reporting::{Change, Charts, Headings, Reporting, Sentences};
use crate::domain::Bound;

fn day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// The number of a month: the first two have a nought before them.
fn numbered(month: u32) -> String {
    if month < 3 { format!("{month:02}") } else { month.to_string() }
}

pub(super) const REPORTING: Reporting = Reporting {
    report: "BÁO CÁO",
    subject: |month, place| {
        format!("Kết quả kiểm tra, xử lý vi phạm tháng {} năm {}, {place}", numbered(month.number()), month.year())
    },
    motto: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    number: |number| format!("Số: {number}"),
    // Days below 10 have a nought before them.
    dated: |place, on| format!("{place}, ngày {:02} tháng {} năm {}", on.day(), numbered(on.month()), on.year()),
    to: |whom| format!("Kính gửi: {whom}"),
    recipients: "Nơi nhận:",
    headings: Headings {
        results: "KẾT QUẢ CHUNG",
        places: "THEO VÙNG VÀ TỈNH, THÀNH PHỐ",
        kinds: "THEO LỰC LƯỢNG, NHÓM HÀNH VI VÀ NHÓM HÀNG",
        largest: "CÁC VỤ VIỆC ĐIỂN HÌNH",
        money_and_goods: "THU NỘP TIỀN PHẠT VÀ XỬ LÝ TANG VẬT",
        completeness: "MỨC ĐỘ ĐẦY ĐỦ CỦA SỐ LIỆU",
    },
    // In Roman numerals; a report has few parts.
    number_of: |number| {
        let numeral = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"].get(number.saturating_sub(1)).copied();
        format!("{}.", numeral.unwrap_or_default())
    },
    cases: |n| format!("{n} vụ"),
    amount: |amount, bound| match bound {
        Bound::Exact => amount.to_owned(),
        Bound::AtLeast => format!("ít nhất {amount}"),
        Bound::AtMost => format!("không quá {amount}"),
        Bound::About => format!("khoảng {amount}"),
    },
    unknown: "chưa rõ",
    but_for: |n| format!("chưa kể {n} vụ chưa rõ"),
    in_words: |words| {
        let mut letters = words.chars();
        let first = letters.next()?.to_uppercase();
        Some(format!("Bằng chữ: {first}{} đồng", letters.as_str()))
    },
    change: |percent, change, before| match change {
        Change::Up => format!("tăng {percent} so với tháng trước ({before})"),
        Change::Down => format!("giảm {percent} so với tháng trước ({before})"),
        Change::Same => format!("bằng tháng trước ({before})"),
    },
    sentences: Sentences {
        found: |month, place, cases, change, seized| {
            format!("Trong {month}, {place} phát hiện {cases}{change}; trị giá tang vật {seized}.")
        },
        fined: |decisions, fines, spelled, change| {
            format!("Đã xử phạt {decisions} với tổng số tiền phạt {fines}{spelled}{change}.")
        },
        to_date: |last, now, longer, before| {
            let period = longer.map_or_else(
                || "Cùng kỳ năm trước".to_owned(),
                |longer| format!("Năm trước, tính đến hết ngày {}", day(longer)),
            );
            format!(
                "Lũy kế từ đầu năm đến hết ngày {}: phát hiện {}, xử phạt {}, tiền phạt {}. {period}: phát hiện {}, xử phạt {}, tiền phạt {}.",
                day(last),
                now[0],
                now[1],
                now[2],
                before[0],
                before[1],
                before[2]
            )
        },
        transferred: |cases, persons| {
            format!("Đã chuyển cơ quan có thẩm quyền truy cứu trách nhiệm hình sự {cases}, {persons} đối tượng.")
        },
        paid: |paid| format!("Số tiền phạt đã nộp trong tháng: {paid}."),
        outstanding: |last, owed, fined, paid| {
            format!(
                "Tính đến hết ngày {}, tổng tiền phạt đã quyết định {fined}, đã nộp {paid}, còn lại {owed}.",
                day(last)
            )
        },
        disposed: |[destroyed, sold, returned, handed_over]| {
            format!(
                "Tang vật xử lý trong tháng: tiêu hủy trị giá {destroyed}; bán trị giá {sold}; trả lại trị giá {returned}; bàn giao trị giá {handed_over}."
            )
        },
        held: |last, held| {
            format!(
                "Tính đến hết ngày {}, tổng trị giá tang vật đã thu giữ trừ đi trị giá đã xử lý còn lại {held}.",
                day(last)
            )
        },
        nothing: "Không có vụ việc nào trong tháng.",
        all_known: "Không có số liệu nào chưa rõ.",
    },
    to_come: "Tháng chưa bắt đầu.",
    unfinished: |on| {
        format!(
            "Tháng chưa kết thúc: số liệu đến ngày {}; các kỳ so sánh được tính đủ ngày nên không nêu mức tăng, giảm.",
            day(on)
        )
    },
    rounded: |unit| {
        format!("Tiền trong các bảng được làm tròn đến {unit}; trong mỗi cột, các dòng cộng lại bằng tổng.")
    },
    page_of: |page, pages| format!("Trang {page}/{pages}"),
    seal: |who, at, figures, head, entries| {
        format!(
            "Lập bởi {who} lúc {at} UTC. Mã số liệu {figures}; nhật ký {entries} mục, mã {head}. Kiểm tra: casebook verify TỆP."
        )
    },
    seal_short: |at, figures| format!("{at} UTC · Mã số liệu {figures}"),
    not_sealed: "Văn bản này không mang mã số liệu: casebook verify không so được nó với sổ.",
    no_number: "(không số)",
    group: |group, violations| format!("Nhóm {group} gồm: {violations}."),
    file: "Tệp",
    compared: "Đã so",
    figures_and_cells: "số liệu, bảng, lời văn",
    figures_alone: "số liệu; không so nội dung",
    entries_since: "Mục nhật ký mới",
    figures_now: "Số liệu nay",
    unchanged: "không đổi",
    changed: "đã khác",
    reports_fit: "Văn bản khớp với sổ lúc lập, ở phần đã so",
    cases_need_xlsx: "--cases chỉ dùng khi ghi ra tệp XLSX: -o TỆP.xlsx",
    notes_sheet: "Ghi chú",
};

pub(super) const CHARTS: Charts = Charts {
    by_month: |measure| format!("{measure} theo tháng"),
    year: |year| format!("Năm {year}"),
    map: |measure| format!("{measure} theo tỉnh, thành phố"),
    ranked: |measure, by| format!("{measure} theo {by}"),
    none: "không có",
    bars: "Biểu đồ",
    lines: "Diễn biến từng dòng",
    source: "Bản đồ: @svg-maps/vietnam, CC BY 4.0.",
};
