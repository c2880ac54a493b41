use rust_decimal::Decimal;

use super::{Amount, Reason};
use crate::text::{Warning, read_amount};

/// The one currency of a casebook. Amounts are held in its units and stored
/// as whole numbers of its smallest unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    code: String,
    decimals: u32,
}

impl Currency {
    /// The most that one amount may be, in smallest units: 10^17, ten times
    /// what Vietnam produces in a year, counted in đồng.
    pub const MAX_MINOR: i64 = 100_000_000_000_000_000;

    /// A currency by its ISO 4217 code; `None` if it can't be a casebook's.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        let exponent = iso_currency::Currency::from_code(&code)?.exponent();
        // Where people write amounts, a comma before three digits is
        // ambiguous, so currencies in thousandths are not offered.
        let decimals = exponent.map_or(0, u32::from);
        (decimals < 3).then_some(Self { code, decimals })
    }

    /// The đồng, which has no smaller unit.
    #[must_use]
    pub fn vnd() -> Self {
        Self { code: "VND".to_owned(), decimals: 0 }
    }

    /// The ISO 4217 code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// How many decimals an amount has.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Checks that a value is a whole number of smallest units and not beyond
    /// what is allowed, and gives it the currency's number of decimals.
    pub fn check(&self, value: Decimal) -> Result<Decimal, Reason> {
        self.to_minor(value).map(|minor| self.from_minor(minor))
    }

    /// Reads an amount of this currency, and how it was read where that is to
    /// be said.
    pub fn read(&self, text: &str) -> Result<(Amount, Option<Warning>), Reason> {
        let written = read_amount(text).map_err(Reason::Amount)?;
        if let Some(found) = written.currency.filter(|found| *found != self.code) {
            return Err(Reason::Currency { found, allowed: self.code.clone() });
        }
        let value = self.check(written.value)?;
        // Two decimals after a dot are how a currency with cents is written.
        let warning = written.warning.filter(|warning| self.decimals == 0 || *warning != Warning::DotAsDecimalMark);
        Ok((Amount { value, bound: written.bound }, warning))
    }

    /// A value in whole smallest units.
    pub fn to_minor(&self, value: Decimal) -> Result<i64, Reason> {
        let minor = value.checked_mul(Decimal::from(10_i64.pow(self.decimals))).ok_or(self.too_large())?;
        if !minor.is_integer() {
            return Err(Reason::Fraction { decimals: self.decimals });
        }
        let minor = i64::try_from(minor).map_err(|_| self.too_large())?;
        if minor.abs() > Self::MAX_MINOR { Err(self.too_large()) } else { Ok(minor) }
    }

    fn too_large(&self) -> Reason {
        Reason::TooLarge { most: self.from_minor(Self::MAX_MINOR) }
    }

    /// The value of a number of smallest units.
    #[must_use]
    pub fn from_minor(&self, minor: i64) -> Decimal {
        Decimal::new(minor, self.decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_by_code() {
        assert_eq!(Currency::new("vnd"), Some(Currency::vnd()));
        assert_eq!(Currency::new("USD").map(|usd| usd.decimals()), Some(2));
        assert_eq!(Currency::new("KWD"), None);
        assert_eq!(Currency::new("ABC"), None);
        assert_eq!(Currency::new("đồng"), None);
    }

    #[test]
    fn smallest_units_are_whole() {
        let usd = Currency::new("USD").unwrap();
        assert_eq!(usd.to_minor(Decimal::new(1250, 2)), Ok(1250));
        assert_eq!(usd.to_minor(Decimal::new(12505, 3)), Err(Reason::Fraction { decimals: 2 }));
        assert_eq!(Currency::vnd().to_minor(Decimal::new(15, 1)), Err(Reason::Fraction { decimals: 0 }));
        assert_eq!(Currency::vnd().to_minor(Decimal::MAX), Err(Currency::vnd().too_large()));
        assert_eq!(usd.check(Decimal::from(3)).unwrap().to_string(), "3.00");
    }
}
