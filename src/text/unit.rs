//! Units in which goods are counted, measured and weighed.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::lexicon::Lexicon;

/// A unit of goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// What it measures.
    pub of: Dimension,
    /// How many thousandths of its dimension's base unit it is: a tonne is
    /// 1,000 kg, so a million thousandths.
    pub thousandths: i64,
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Pieces or packs, of its own kind.
    Pieces,
    /// Weight, in kilograms.
    Weight,
    /// Packs of cigarettes.
    Packs,
    /// Volume of liquids, in litres.
    Litres,
    /// Volume, in cubic metres.
    CubicMetres,
    /// Length, in metres.
    Metres,
    /// Area, in square metres.
    SquareMetres,
}

impl Unit {
    const PIECE: Self = Self { of: Dimension::Pieces, thousandths: 1_000 };

    /// A carton of cigarettes: ten packs.
    pub(super) const CARTON: Self = Self { of: Dimension::Packs, thousandths: 10_000 };

    /// The name of the base unit that it is converted to; `None` for pieces,
    /// which are not.
    #[must_use]
    pub fn base(self) -> Option<&'static str> {
        match self.of {
            Dimension::Pieces => None,
            Dimension::Weight => Some("kg"),
            Dimension::Packs => Some("bao"),
            Dimension::Litres => Some("lít"),
            Dimension::CubicMetres => Some("m3"),
            Dimension::Metres => Some("m"),
            Dimension::SquareMetres => Some("m2"),
        }
    }

    /// A number of this unit in base units.
    #[must_use]
    pub fn in_base(self, value: Decimal) -> Option<Decimal> {
        let one = Decimal::new(self.thousandths, 3);
        value.checked_mul(one).map(|value| value.normalize())
    }
}

/// Units of weight, volume, length and area, by how people write them.
const MEASURES: &[(Dimension, i64, &[&str])] = &[
    (Dimension::Weight, 1_000_000, &["tấn", "tons", "tonnes"]),
    (Dimension::Weight, 100_000, &["tạ"]),
    (Dimension::Weight, 10_000, &["yến"]),
    (
        Dimension::Weight,
        1_000,
        &["kg", "kgs", "kilogam", "kilôgam", "ki lô gam", "ki-lô-gam", "ký", "kí", "cân", "kilogram"],
    ),
    (Dimension::Weight, 100, &["lạng"]),
    (Dimension::Weight, 1, &["gam", "gram", "gr", "g"]),
    (Dimension::Packs, 10_000, &["tút"]),
    (Dimension::Litres, 1_000, &["lít", "lit", "l", "litres"]),
    (Dimension::Litres, 1, &["ml", "mililít"]),
    (Dimension::CubicMetres, 1_000, &["m3", "m³", "mét khối", "khối"]),
    (Dimension::SquareMetres, 1_000, &["m2", "m²", "mét vuông"]),
    (Dimension::Metres, 1_000, &["m", "mét"]),
];

/// Words for pieces and packs.
const PIECES: &[&str] = &[
    "sản phẩm",
    "đơn vị sản phẩm",
    "đơn vị",
    "sp",
    "đvsp",
    "cái",
    "chiếc",
    "con",
    "bộ",
    "đôi",
    "cặp",
    "bao",
    "gói",
    "chai",
    "lon",
    "thùng",
    "thùng carton",
    "hộp",
    "kiện",
    "bịch",
    "túi",
    "lọ",
    "tuýp",
    "tuýt",
    "vỉ",
    "viên",
    "quả",
    "trái",
    "cuốn",
    "quyển",
    "tờ",
    "cây",
    "cuộn",
    "tấm",
    "thanh",
    "bình",
    "can",
    "phuy",
    "thùng phuy",
    "két",
    "lốc",
    "sợi",
    "hũ",
    "hủ",
    "ống",
    "que",
    "điếu",
    "tép",
    "dây",
    "giàn",
    "dàn",
    "khẩu",
    "thỏi",
    "lượng",
    "chỉ",
    "miếng",
    "phong",
    "set",
    "combo",
    "khay",
    "rổ",
    "sọt",
    "xô",
    "chậu",
    "gốc",
    "khúc",
    "lóng",
    "phách",
    "bao tải",
    "bó",
    "xấp",
    "tập",
    "ram",
    "súc",
    "lát",
    "block",
    "cục",
    "ly",
    "cốc",
    "hạt",
    "ổ",
    "cây vải",
    "thùng xốp",
    "bao dứa",
    "pallet",
    "container",
    "kit",
    "cá thể",
    "lồng",
];

/// The units by how people write them.
pub(super) static UNITS: LazyLock<Lexicon<Unit>> = LazyLock::new(|| {
    let measures = MEASURES.iter().flat_map(|(of, thousandths, names)| {
        names.iter().map(|name| (*name, Unit { of: *of, thousandths: *thousandths }))
    });
    Lexicon::new(measures.chain(PIECES.iter().map(|name| (*name, Unit::PIECE))))
});
