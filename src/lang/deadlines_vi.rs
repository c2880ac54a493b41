//! Deadlines in Vietnamese.

use super::deadlines::Deadlines;
use super::vi::date;

pub(super) const DEADLINES: Deadlines = Deadlines {
    title: |until| format!("Thời hạn đến hết ngày {}", date(until)),
    block: "Thời hạn",
    office_and_case: "Đơn vị / hồ sơ",
    deadline: "Thời hạn",
    due_on: "Ngày cuối",
    days: "Số ngày",
    latest: "Muộn nhất",
    unpaid: "Phạt chưa nộp",
    article: "Căn cứ",
    state: "Tình trạng",
    left: |days| match days {
        0 => "hôm nay".to_owned(),
        days if days < 0 => format!("quá hạn {} ngày", -days),
        days => format!("còn {days} ngày"),
    },
    met: |day| format!("đã xong {}", date(day)),
    late: |day| format!("xong muộn, {}", date(day)),
    nothing: |until| format!("Không có thời hạn nào đã quá hoặc hết đến ngày {}.", date(until)),
    matching: |all| format!("{all} thời hạn."),
    shown: |shown, all| format!("Đang hiện {shown} thời hạn sớm nhất trong {all}; --limit 0 để xem hết."),
    unchecked: "* Quy định, hoặc ngày nghỉ mà thời hạn dựa vào, chưa được kiểm chứng.",
    assumed: "Sổ không giữ ngày lập biên bản, ngày tạm giữ và ngày nhận quyết định: lấy ngày phát hiện và ngày ra quyết định.",
    aid: "Thời hạn và tiền chậm nộp chỉ để tham khảo, không phải tư vấn pháp lý.",
    late_charge: |amount, until| format!("Tiền chậm nộp phạt, tính các ngày trước {}: {amount}", date(until)),
    late_charge_unknown: |until| {
        format!("Tiền chậm nộp phạt, tính các ngày trước {}: chưa rõ, vì chưa rõ tiền phạt", date(until))
    },
    late_charges: "Tiền chậm nộp phạt tính các ngày trước hôm nay: chỉ để tham khảo, không phải tư vấn pháp lý.",
    calendar: "Casebook: thời hạn",
    event: |deadline, case| format!("{deadline}: {case}"),
    case_of: |case, office| format!("Hồ sơ {case}, {office}."),
    at_latest: |day| format!("Có trường hợp muộn nhất đến {}.", date(day)),
    unpaid_of: |amount| format!("Phạt chưa nộp: {amount}."),
    overpaid: |paid, fine| {
        format!("đã nộp tổng cộng {paid}, nhiều hơn tiền phạt {fine}; có ghi trùng hay thừa số 0 không?")
    },
};
