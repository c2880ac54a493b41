//! The form and doubts in Vietnamese.

use super::Lang;
use super::asking::Asking;
use crate::domain::{Alike, Amount, Doubt, Field, OffenderKind};
use crate::text::{Marks, write_digits};

pub(super) const ASKING: Asking = Asking {
    keys: "Enter: nhận hoặc bỏ qua · Tab: điền · ↑↓: chọn · Esc hoặc <: lùi · Ctrl-C: thoát",
    skip: "Enter để bỏ qua",
    back: "‹ lùi lại",
    first: "Đây là câu đầu tiên; Ctrl-C để thoát.",
    choose: "↑↓ để chọn, Enter để nhận, Esc để lùi",
    complete: "↑↓ để chọn, Tab để điền",
    of_lot: |label, lot| format!("{label} (mặt hàng {lot})"),
    help,
    next_lot: "Enter: hết hàng hóa",
    more: "Ghi thêm: phối hợp, căn cứ, biện pháp khắc phục hậu quả, nguồn, ghi chú…?",
    more_no: "Không",
    more_yes: "Có",
    review: "Làm gì tiếp?",
    store: "Lưu vụ này",
    again: "Thử lại",
    to_field: "Quay lại một mục",
    leave: "Thoát, không lưu vụ này",
    which_field: "Mục nào?",
    doubt,
    doubtful: "Có đúng không?",
    right: "Đúng; ghi lý do",
    wrong: |field| format!("Chưa đúng; quay lại mục: {field}"),
    why: "Lý do xác nhận",
    why_help: "được giữ trong lịch sử của vụ",
    another: "Ghi vụ khác?",
    another_yes: "Có, cùng tỉnh, đơn vị và ngày",
    another_no: "Không",
    left: |stored| match stored {
        0 => "Đã thoát. Chưa lưu gì.".to_owned(),
        n => format!("Đã thoát. Vụ này chưa được lưu; {n} vụ trước đó đã lưu."),
    },
    reason_flag: "Lý do xác nhận, khi có điều trông bất thường; được giữ trong nhật ký",
    cannot_ask: |flags| {
        format!("record cần {flags}. Chỉ hỏi từng mục khi chạy trên màn hình lệnh và không có --no-input.")
    },
};

fn help(field: Field) -> &'static str {
    match field {
        Field::Province => "tên, tên cũ, tên viết tắt hoặc mã",
        Field::DetectedOn | Field::DetectedFrom | Field::DecidedOn | Field::PaidOn => "ngày trước tháng sau: 27/2/2026",
        Field::SeizedValue => "45,6 triệu · hơn 230 triệu; không tạm giữ gì: 0; chưa rõ: bỏ qua",
        Field::FineAmount | Field::GoodsValue | Field::IllegalProfit | Field::PaidAmount => {
            "25tr · 1,2 tỷ · 17.500.000 · hơn 450 triệu"
        }
        Field::Quantity => "24 · 1.500 · gần 6 · hơn 100",
        Field::CaseCount => "chỉ khi bản ghi gộp nhiều vụ: 28",
        Field::Violation | Field::Category => "vài từ trong tên, hoặc mã",
        Field::Partners => "cách nhau bằng dấu chấm phẩy",
        Field::Goods => "tên hàng, chưa kể số lượng",
        _ => "",
    }
}

fn digits(amount: Amount) -> String {
    format!("{}{}", amount.bound.sign(), write_digits(amount.value, Marks::VIETNAMESE))
}

fn doubt(doubt: &Doubt) -> String {
    let words = Lang::Vi.words();
    match doubt {
        Doubt::FineAboveCap { fine, cap, kind, article, verified } => {
            let whom = match kind {
                Some(OffenderKind::Person) => "cá nhân",
                Some(OffenderKind::Household) => "hộ kinh doanh (phạt như cá nhân)",
                Some(OffenderKind::Organisation) | None => "tổ chức",
            };
            let assumed = if kind.is_none() {
                " Chưa ghi loại đối tượng nên lấy mức của tổ chức."
            } else {
                ""
            };
            let unsure = if *verified { "" } else { " Mức này chưa được kiểm chứng đầy đủ." };
            let (fine, cap) = (digits(*fine), write_digits(*cap, Marks::VIETNAMESE));
            format!("Tiền phạt {fine}: mức phạt tiền tối đa đối với {whom} là {cap} ({article}).{assumed}{unsure}")
        }
        Doubt::FarFromMedian { field, value, median, cases } => {
            let name = (words.field)(*field);
            let usual = write_digits(*median, Marks::VIETNAMESE);
            let told = digits(*value);
            if value.value > *median {
                let times = write_digits((value.value / median).floor(), Marks::VIETNAMESE);
                format!(
                    "{name} {told}: gấp {times} lần mức thường gặp {usual} (trung vị của {cases} vụ tương tự). \
                     Có thừa số 0 không?"
                )
            } else {
                let times = write_digits((median / value.value).floor(), Marks::VIETNAMESE);
                format!(
                    "{name} {told}: mức thường gặp {usual} (trung vị của {cases} vụ tương tự) gấp {times} lần số này. \
                     Có thiếu số 0 không?"
                )
            }
        }
        Doubt::Published { month } => (super::publishing_vi::PUBLISHING.doubt)(*month),
        Doubt::ProbableDuplicate { id, case_no, agency, detected_on, alike } => {
            let name = case_no.clone().unwrap_or_else(|| id.to_string());
            let day = (words.date)(*detected_on);
            let shared = match alike {
                Alike::Goods => "hàng hóa giống nhau",
                Alike::SeizedValue => "cùng giá trị tang vật",
                Alike::FineAmount => "cùng mức phạt",
            };
            format!("Có thể đã ghi rồi: {name} ({agency}, {day}), cùng tỉnh, gần ngày, {shared}.")
        }
    }
}
