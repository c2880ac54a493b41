//! The made-up cases: the same ones on every machine, so that figures can be
//! compared, and such that the file of a smaller size is the beginning of
//! that of a larger one.

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

/// The columns, by casebook's own names, so that no mapping is needed.
pub const COLUMNS: [&str; 14] = [
    "province",
    "agency",
    "detected_on",
    "violation",
    "category",
    "goods",
    "quantity",
    "unit",
    "fine_amount",
    "seized_value",
    "decided_on",
    "brand",
    "origin",
    "note",
];

const SEED: u64 = 20_260_701;
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2016, 1, 1).unwrap();
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 10, 31).unwrap();

const UNITS: [&str; 10] = ["kg", "chiếc", "hộp", "chai", "bao", "thùng", "lít", "gói", "đôi", "bộ"];
const ORIGINS: [&str; 12] = [
    "Trung Quốc",
    "Thái Lan",
    "Việt Nam",
    "Hàn Quốc",
    "Nhật Bản",
    "Hoa Kỳ",
    "Đức",
    "Pháp",
    "Ấn Độ",
    "Malaysia",
    "Úc",
    "không rõ",
];
const BRANDS: [&str; 20] = [
    "Sao Mai",
    "Hoa Sen",
    "Bình Minh",
    "Đại Phát",
    "Tân Á",
    "Phú Quý",
    "Hồng Hà",
    "Thăng Long",
    "Vạn Xuân",
    "Kim Long",
    "Lotus",
    "Alpha",
    "Sunny",
    "Golden",
    "Royal",
    "Victory",
    "Star",
    "Ocean",
    "Diamond",
    "Phoenix",
];
const PHRASES: [&str; 6] = [
    "chủ hộ thừa nhận vi phạm",
    "hàng không có hóa đơn, chứng từ",
    "do quần chúng báo tin",
    "kiểm tra đột xuất",
    "phối hợp với công an, chính quyền",
    "niêm phong tại chỗ",
];

/// Steele, Lea and Flood's splitmix64: enough for made-up cases, and a few
/// lines that will never draw other numbers than today.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Even over [0, 1).
    #[allow(clippy::cast_precision_loss)] // 53 bits are what a float holds.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Standard normal, by Box and Muller.
    fn normal(&mut self) -> f64 {
        let (radius, angle) = (1.0 - self.unit(), self.unit());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }

    /// A place in a list whose nth has the weight 1/n^power, by its sums.
    fn ranked(&mut self, sums: &[f64]) -> usize {
        let at = self.unit() * sums.last().copied().unwrap_or(0.0);
        sums.partition_point(|sum| *sum <= at).min(sums.len() - 1)
    }
}

fn sums(count: usize, power: f64) -> Vec<f64> {
    let mut sum = 0.0;
    let weights = (1..=u32::try_from(count).unwrap_or(u32::MAX)).map(|rank| f64::from(rank).powf(-power));
    weights
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}

/// Two columns of one of the files in `data/`, where a third is empty.
fn column(text: &'static str, name: usize, only_if_empty: Option<usize>) -> Vec<&'static str> {
    let cells = |line: &'static str| -> Vec<&'static str> {
        let mut quoted = false;
        line.split(|c| {
            quoted ^= c == '"';
            c == ',' && !quoted
        })
        .collect()
    };
    let rows = text.lines().skip(1).map(cells);
    let kept = rows.filter(|row| only_if_empty.is_none_or(|at| row[at].is_empty()));
    kept.map(|row| row[name].trim_matches('"')).collect()
}

/// Makes rows, one after another and without an end.
pub struct Cases {
    random: Random,
    number: u64,
    provinces: Vec<&'static str>,
    violations: Vec<&'static str>,
    categories: Vec<(&'static str, &'static str)>,
    province_sums: Vec<f64>,
    category_sums: Vec<f64>,
}

impl Cases {
    /// From the first.
    pub fn new() -> Self {
        let provinces = column(include_str!("../../data/regions/provinces.csv"), 0, Some(6));
        let mut violations = column(include_str!("../../data/violations.csv"), 0, None);
        violations.truncate(10);
        let categories = include_str!("../../data/categories.csv");
        let names = column(categories, 1, None);
        let categories: Vec<_> = column(categories, 0, None).into_iter().zip(names).take(25).collect();
        let (province_sums, category_sums) = (sums(provinces.len(), 0.9), sums(categories.len(), 0.7));
        Self { random: Random(SEED), number: 0, provinces, violations, categories, province_sums, category_sums }
    }

    /// Writes the next row. Its number ends the note, so that no two are alike.
    #[allow(clippy::cast_possible_truncation)] // Figures of goods and money, far below 2^53.
    pub fn write_row(&mut self, out: &mut impl Write) -> io::Result<()> {
        let random = &mut self.random;
        self.number += 1;
        let province = self.provinces[random.ranked(&self.province_sums)];
        let team = (12.0 * random.unit().powf(1.5)).floor() as i64 + 1;
        let (category, name) = self.categories[random.ranked(&self.category_sums)];
        let span = usize::try_from((LAST_DAY - FIRST_DAY).num_days()).unwrap_or(0) + 1;
        let found = FIRST_DAY + Days::new(random.below(span) as u64);
        let decided = (found + Days::new(random.below(60) as u64)).min(LAST_DAY);
        let violation = random.one_of(&self.violations);
        let (brand, origin) = (random.one_of(&BRANDS), random.one_of(&ORIGINS));
        let quantity = (3.0 + 1.5 * random.normal()).exp().ceil() as i64;
        let unit = random.one_of(&UNITS);
        let fine = (16.3 + 1.1 * random.normal()).exp() / 500_000.0;
        // A case without a fine is one that is not decided.
        let fine = (random.unit() >= 0.1).then(|| (fine.round() as i64).max(1) * 500_000);
        let seized = (16.8 + 1.6 * random.normal()).exp() as i64;
        let seized = (random.unit() >= 0.15).then_some(seized);
        write!(out, "{province},Đội QLTT số {team},{found},{violation},{category},")?;
        write!(out, "\"{name} hiệu {brand}, xuất xứ {origin}\",{quantity},{unit},")?;
        match fine {
            Some(fine) => write!(out, "{fine},")?,
            None => out.write_all(b",")?,
        }
        if let Some(seized) = seized {
            write!(out, "{seized}")?;
        }
        match fine {
            Some(_) => write!(out, ",{decided}")?,
            None => out.write_all(b",")?,
        }
        let phrases = [random.one_of(&PHRASES), random.one_of(&PHRASES), random.one_of(&PHRASES)];
        let comma = if self.number.is_multiple_of(2) { "," } else { ";" };
        write!(
            out,
            ",{brand},{origin},\"{}{comma} {}{comma} {}; số {}\"",
            phrases[0], phrases[1], phrases[2], self.number
        )?;
        out.write_all(b"\n")
    }
}

/// Writes a header and the first rows.
pub fn write(out: &mut impl Write, rows: u64) -> io::Result<()> {
    writeln!(out, "{}", COLUMNS.join(","))?;
    let mut cases = Cases::new();
    (0..rows).try_for_each(|_| cases.write_row(out))
}
