//! Agencies, and how their names are matched.

use serde::{Deserialize, Serialize};

use super::Reference;
use crate::text::fold;

/// The number of an agency within a casebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AgencyId(pub i64);

/// An agency's name as it is matched within its province: folded, forces by
/// their short names, numbers without leading zeros or "số", and without the
/// province's own name at the end.
#[must_use]
pub fn agency_key(name: &str, province: &str, reference: &Reference) -> String {
    let mut key = fold(name);
    let province = fold(province);
    for kind in ["tinh ", "thanh pho ", "tp ", ""] {
        let tail = format!(" {kind}{province}");
        if let Some(shorter) = key.strip_suffix(&tail) {
            key = shorter.to_owned();
            break;
        }
    }
    // "Công an tỉnh" is that of the province, named or not.
    key = key.strip_suffix(" tinh").map_or(key.clone(), str::to_owned);
    for force in reference.forces.iter().filter(|force| !force.short.is_empty()) {
        key = format!(" {key} ").replace(&format!(" {} ", fold(&force.name)), &format!(" {} ", fold(&force.short)));
        key = key.trim().to_owned();
    }
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = key.split(' ').collect();
    let said = words.iter().enumerate().filter_map(|(at, word)| {
        let before_number = words.get(at + 1).is_some_and(|next| is_number(next));
        match *word {
            "so" if before_number => None,
            number if is_number(number) => Some(number.trim_start_matches('0')),
            word => Some(word),
        }
    });
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ReferenceTexts;

    #[test]
    fn the_same_agency_has_one_key() {
        let reference = Reference::parse(&ReferenceTexts::default()).unwrap();
        let key = |name: &str| agency_key(name, "Đồng Tháp", &reference);
        for name in [
            "Đội QLTT số 10",
            "Đội Quản lý thị trường số 10",
            "doi qltt so 10",
            "Đội QLTT 10",
            "Đội QLTT số 10 tỉnh Đồng Tháp",
            "ĐỘI QLTT SỐ 010, Đồng Tháp",
        ] {
            assert_eq!(key(name), "doi qltt 10", "{name}");
        }
        assert_ne!(key("Đội QLTT số 1"), key("Đội QLTT số 10"));
        assert_eq!(key("Phòng Cảnh sát kinh tế"), "phong canh sat kinh te");
        assert_eq!(key("Công an tỉnh"), key("Công an tỉnh Đồng Tháp"));
    }
}
