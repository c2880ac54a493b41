use rust_decimal::Decimal;

/// The two marks with which a language writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Between groups of three digits.
    pub group: char,
    /// Before the decimals.
    pub decimal: char,
}

impl Marks {
    /// `1.234.567,89`
    pub const VIETNAMESE: Self = Self { group: '.', decimal: ',' };
    /// `1,234,567.89`
    pub const ENGLISH: Self = Self { group: ',', decimal: '.' };
}

/// Writes a number with grouped digits and all the decimals that it carries.
#[must_use]
pub fn write_digits(value: Decimal, marks: Marks) -> String {
    let digits = value.abs().to_string();
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut written = String::with_capacity(digits.len() * 4 / 3 + 2);
    if value.is_sign_negative() && !value.is_zero() {
        written.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            written.push(marks.group);
        }
        written.push(digit);
    }
    if !decimals.is_empty() {
        written.push(marks.decimal);
        written.push_str(decimals);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_as_the_language_does() {
        let value = Decimal::new(-123_456_789, 2);
        assert_eq!(write_digits(value, Marks::VIETNAMESE), "-1.234.567,89");
        assert_eq!(write_digits(value, Marks::ENGLISH), "-1,234,567.89");
        assert_eq!(write_digits(Decimal::from(450_000_000), Marks::VIETNAMESE), "450.000.000");
        assert_eq!(write_digits(Decimal::from(999), Marks::VIETNAMESE), "999");
        assert_eq!(write_digits(Decimal::ZERO, Marks::VIETNAMESE), "0");
    }
}
