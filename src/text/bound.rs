use serde::{Deserialize, Serialize};

/// How a written figure relates to the true one: "hơn 450 triệu" is at least
/// 450,000,000, "gần 6 tấn" at most 6 tonnes, "khoảng" about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The figure itself.
    #[default]
    Exact,
    /// A lower bound; shown as `≥`.
    AtLeast,
    /// An upper bound; shown as `≤`.
    AtMost,
    /// Somewhere near; shown as `≈`.
    About,
}

impl Bound {
    /// Every bound, in the order of its code.
    pub const ALL: [Self; 4] = [Self::Exact, Self::AtLeast, Self::AtMost, Self::About];

    /// The name used in files and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::About => "about",
        }
    }

    /// The sign written before the figure; empty for an exact one.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::About => "≈",
        }
    }

    /// The bound that a sum of two figures has: exact adds nothing, two of a
    /// kind keep it, and anything else is only about right.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Exact, bound) | (bound, Self::Exact) => bound,
            (one, two) if one == two => one,
            _ => Self::About,
        }
    }

    /// The bound of what is left of an exact figure after a figure of this
    /// bound is taken away.
    #[must_use]
    pub fn flipped(self) -> Self {
        match self {
            Self::AtLeast => Self::AtMost,
            Self::AtMost => Self::AtLeast,
            same => same,
        }
    }

    /// The bound that two words before one figure give it. One that says above
    /// or below says more than "about": "khoảng gần 20 tỷ" is at most.
    #[must_use]
    pub fn stacked(self, other: Self) -> Self {
        match (self, other) {
            (Self::About, sided) | (sided, Self::About) if sided != Self::Exact => sided,
            _ => self.and(other),
        }
    }

    /// The bound of a code, as [`Bound::code`] writes it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bound| bound.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_inherits_its_bound() {
        use Bound::{About, AtLeast, AtMost, Exact};
        assert_eq!(Exact.and(Exact), Exact);
        assert_eq!(Exact.and(AtLeast), AtLeast);
        assert_eq!(AtMost.and(Exact), AtMost);
        assert_eq!(AtLeast.and(AtMost), About);
        assert_eq!(About.and(Exact), About);
    }

    #[test]
    fn codes_come_back() {
        for bound in Bound::ALL {
            assert_eq!(Bound::from_code(bound.code()), Some(bound));
        }
    }
}
