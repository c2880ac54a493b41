//! Publishing a month in Vietnamese.

use super::publishing::Publishing;

pub(super) const PUBLISHING: Publishing = Publishing {
    needs_reason: |month, again| {
        let what = if again { "công bố lại" } else { "việc này làm số liệu thay đổi, nên" };
        format!("số liệu tháng {month} đã công bố; {what} phải nêu lý do bằng --reason.")
    },
    doubt: |month| format!("số liệu tháng {month} đã công bố, vụ này làm số liệu thay đổi."),
    done: |month, digest| format!("Đã công bố {month}. Mã kiểm tra: {digest}"),
    published_by: |who, on, records| format!("{who} công bố lúc {on} UTC, trên {records} bản ghi."),
    unchanged_since: "Từ đó đến nay không bản ghi nào của tháng thay đổi.",
    changed_since: |month| {
        format!("Từ đó có bản ghi của tháng đã thay đổi; xem bằng: casebook month {month} --restated")
    },
    reason: |reason| format!("Lý do: {reason}"),
    not_over: |month, last| {
        format!("Tháng {month} kéo dài đến hết ngày {}; hết tháng mới công bố được.", last.format("%d/%m/%Y"))
    },
    not_published: |month| {
        format!(
            "Tháng {month} chưa được công bố với các điều kiện lọc này. Công bố bằng --publish thay cho --restated."
        )
    },
    finding: |month| format!("bản công bố tháng {month} không khớp với nhật ký"),
    wrong: |month| format!("Số liệu đã công bố của tháng {month} không khớp với nhật ký. Chạy: casebook verify"),
    as_known: |day| format!("Theo những gì đã biết đến hết ngày {}.", day.format("%d/%m/%Y")),
    as_known_future: |day| {
        format!("--as-known {day}: chưa thể biết điều sẽ biết trong tương lai; chỉ nhận từ hôm nay trở về trước.")
    },
    restated_title: |month| format!("Điều chỉnh số liệu {month}"),
    published: "Đã công bố",
    now: "Hiện nay",
    difference: "Chênh lệch",
    moves: "Các vụ làm thay đổi số liệu",
    no_moves: "Chưa có vụ nào làm thay đổi số liệu kể từ khi công bố.",
    case: "Vụ",
    why: "Đã làm gì, vì sao",
    others: |n| format!("{n} vụ khác"),
    earlier: "Các lần công bố",
    when: "Thời điểm (UTC)",
    total: "Cộng các thay đổi",
};
