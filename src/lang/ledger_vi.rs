//! The ledger of goods in Vietnamese.

use super::ledger::Ledger;
use super::vi;
use crate::domain::NotHeld;
use crate::text::{Marks, write_digits};

pub(super) const LEDGER: Ledger = Ledger {
    not_held,
    held_title: |on| format!("Tang vật còn giữ đến hết ngày {}", vi::date(on)),
    all_title: |on| format!("Tang vật đã nhập và kết quả xử lý đến hết ngày {}", vi::date(on)),
    gone_title: "Tang vật đã xử lý",
    held: "Còn giữ",
    taken_in: "Đã nhập",
    value: "Trị giá cả lô",
    since: "Giữ từ",
    lots: "Số lô",
    unknown: "Chưa rõ",
    times: "Số lần",
    nothing: "Không có tang vật nào như vậy.",
    not_summed: |n| format!("Chưa rõ số lượng, không cộng vào tổng: {n}."),
    still_held: |lot, goods, held| format!("Lô {lot} ({goods}) còn giữ {held}."),
    nothing_held: |lot, goods| format!("Lô {lot} ({goods}) không còn giữ gì."),
    not_known: |lot, goods| format!("Chưa rõ lô {lot} ({goods}) còn giữ bao nhiêu."),
    sums_alone: "Bảng cộng không có --limit, --offset, --sort; bỏ --by thì mỗi lô một dòng.",
};

/// Why goods can't have been disposed of.
pub(super) fn not_held(why: &NotHeld) -> String {
    match why {
        NotHeld::TooMuch { lot, held, unit } => {
            let held = format!("{}{}", held.bound.sign(), write_digits(held.value, Marks::VIETNAMESE));
            let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
            format!("nhiều hơn số còn giữ của lô {lot} vào ngày đó: {held}{unit}.")
        }
        NotHeld::Gone { lot: Some(lot), on } => {
            format!("lô {lot} không còn gì để xử lý: đã xử lý hết ngày {}.", vi::date(*on))
        }
        NotHeld::Gone { lot: None, on } => {
            format!("không còn tang vật nào để xử lý: đã xử lý hết ngày {}.", vi::date(*on))
        }
        NotHeld::WhichLot { lots } => {
            format!("phải nêu khi ghi số lượng, vì vụ này có {lots} lô: của lô nào (1 đến {lots}).")
        }
    }
}
