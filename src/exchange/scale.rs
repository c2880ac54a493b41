//! The units in which columns hold money.

use crate::text::fold;

/// A unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// The currency's own.
    #[default]
    One,
    /// Thousands.
    Thousand,
    /// Millions.
    Million,
    /// Thousands of millions.
    Billion,
}

impl Scale {
    /// All units.
    pub const ALL: [Self; 4] = [Self::One, Self::Thousand, Self::Million, Self::Billion];

    /// How many of the currency's own it is.
    pub(super) fn factor(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Thousand => 1_000,
            Self::Million => 1_000_000,
            Self::Billion => 1_000_000_000,
        }
    }

    /// The word that stands after a number in it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "đồng",
            Self::Thousand => "nghìn đồng",
            Self::Million => "triệu đồng",
            Self::Billion => "tỷ đồng",
        }
    }

    /// The unit that a text names and nothing else: "triệu đồng", "1.000đ".
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let folded = fold(text);
        let named = |words: &[&str]| words.contains(&folded.as_str());
        if named(&["dong", "d", "vnd", "vnđ", "viet nam dong", "dong viet nam", "usd"]) {
            Some(Self::One)
        } else if named(&["nghin dong", "ngan dong", "nghin", "ngan", "1000 dong", "1000d", "1 000 dong", "1 000d"])
            || named(&["1000 vnd", "1 000 vnd", "nghin d", "ngan d", "thousand", "thousand dong", "nghin vnd"])
        {
            Some(Self::Thousand)
        } else if named(&["trieu dong", "trieu", "trd", "tr d", "tr dong", "trieu d", "trieu vnd", "tr vnd", "tr"])
            || named(&["million", "million dong", "million vnd", "1 000 000 dong", "1000000 dong"])
        {
            Some(Self::Million)
        } else if named(&["ty dong", "ty", "ti dong", "ty d", "ty vnd", "billion", "billion dong", "billion vnd"]) {
            Some(Self::Billion)
        } else {
            None
        }
    }

    /// The unit that stands between brackets at the end of a header, with the
    /// header before it.
    pub(super) fn split(header: &str) -> (&str, Option<Self>) {
        let trimmed = header.trim();
        let open = trimmed.rfind(['(', '[']).filter(|_| trimmed.ends_with([')', ']']));
        if let Some(open) = open {
            let inner = trimmed[open + 1..trimmed.len() - 1].trim();
            if let Some(scale) = Self::after_label(inner).or_else(|| Self::read(inner)) {
                return (trimmed[..open].trim(), Some(scale));
            }
        }
        (trimmed, None)
    }

    /// The unit that a line above a table names: "Đơn vị tính: triệu đồng".
    pub(super) fn after_label(line: &str) -> Option<Self> {
        let (label, unit) = line.rsplit_once(':')?;
        let label = fold(label);
        let is_label = label.ends_with("don vi tinh") || label.ends_with("dvt") || label.ends_with("unit");
        is_label.then(|| Self::read(unit.trim_end_matches([')', ']', '.']))).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_their_units() {
        assert_eq!(Scale::split("Tiền phạt (triệu đồng)"), ("Tiền phạt", Some(Scale::Million)));
        assert_eq!(Scale::split("Trị giá (1.000đ)"), ("Trị giá", Some(Scale::Thousand)));
        assert_eq!(Scale::split("Trị giá (ĐVT: tỷ đồng)"), ("Trị giá", Some(Scale::Billion)));
        assert_eq!(Scale::split("Tên (nếu có)"), ("Tên (nếu có)", None));
        assert_eq!(Scale::after_label("(Đơn vị tính: triệu đồng)"), Some(Scale::Million));
        assert_eq!(Scale::after_label("Đơn vị: Đội 3"), None);
    }
}
