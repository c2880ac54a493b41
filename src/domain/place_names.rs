//! The provinces and regions that names mean: their own, former ones, aliases
//! and codes, however they are written.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::matching::{NoMatch, slips};
use super::{Boundaries, Province, ProvinceId, Reference, Region};
use crate::text::fold;

/// A place's name as it is matched: folded, without a leading "tỉnh" or
/// "thành phố".
fn place_key(text: &str) -> String {
    let folded = fold(text);
    ["tinh ", "thanh pho ", "tp ", "t p "]
        .iter()
        .find_map(|kind| folded.strip_prefix(kind))
        .map_or_else(|| folded.clone(), str::to_owned)
}

impl Reference {
    /// The province meant on a day by a name, former name, alias or code.
    ///
    /// Whatever was merged since is found under its successor on that day.
    pub fn find_province(&self, text: &str, on: NaiveDate) -> Result<&Province, NoMatch> {
        let wanted = &place_key(text);
        let now: Vec<&Province> = self.provinces_on(on).filter(|province| self.is_called(province, wanted)).collect();
        match now.as_slice() {
            [] => self.find_former(text, on),
            [province] => Ok(province),
            several => Err(NoMatch::Ambiguous { candidates: several.iter().map(|p| describe(p)).collect() }),
        }
    }

    fn find_former(&self, text: &str, on: NaiveDate) -> Result<&Province, NoMatch> {
        let mut heirs: Vec<&Province> = Vec::new();
        let wanted = &place_key(text);
        for former in self.provinces.iter().filter(|former| former.valid_from <= on && self.is_called(former, wanted)) {
            let heir = self.successor_on(former, on);
            if let Some(heir) = heir.filter(|heir| !heirs.contains(heir)) {
                heirs.push(heir);
            }
        }
        match heirs.as_slice() {
            [heir] => Ok(heir),
            [] => Err(self.no_province(text, on)),
            several => Err(NoMatch::Ambiguous { candidates: several.iter().map(|p| describe(p)).collect() }),
        }
    }

    fn successor_on(&self, former: &Province, on: NaiveDate) -> Option<&Province> {
        let mut at = former.successor;
        while let Some(province) = at.and_then(|id| self.province(id)) {
            if province.holds_on(on) {
                return Some(province);
            }
            at = province.successor;
        }
        None
    }

    fn is_called(&self, province: &Province, wanted: &str) -> bool {
        if !wanted.is_empty() && wanted.bytes().all(|b| b.is_ascii_digit()) {
            return wanted.trim_start_matches('0') == province.code.trim_start_matches('0');
        }
        let aliases = self.aliases.iter().filter(|alias| alias.province == province.id);
        [&province.name, &province.name_en]
            .into_iter()
            .chain(aliases.map(|alias| &alias.alias))
            .any(|name| place_key(name) == wanted)
    }

    /// What a name that is no province's may have meant.
    fn no_province(&self, text: &str, on: NaiveDate) -> NoMatch {
        let wanted = place_key(text);
        let beginning = format!("{wanted} ");
        let (mut begins, mut near) = (BTreeSet::new(), BTreeSet::new());
        for province in self.provinces.iter().filter(|province| province.valid_from <= on) {
            let name = place_key(&province.name);
            if name.starts_with(&beginning) {
                begins.insert(province.name.clone());
            } else if let Some(slips) = slips(&name, &wanted) {
                near.insert((slips, province.name.clone()));
            }
        }
        if begins.len() > 1 {
            return NoMatch::Ambiguous { candidates: begins.into_iter().collect() };
        }
        NoMatch::Unknown { near: begins.into_iter().chain(near.into_iter().map(|(_, name)| name)).collect() }
    }

    /// All provinces, as recorded, that a filter's name or code means.
    ///
    /// Under today's boundaries the name of a present province takes in all
    /// that was merged into it; a name that only a former one had means that
    /// former one.
    pub fn provinces_meant(
        &self,
        text: &str,
        boundaries: Boundaries,
        today: NaiveDate,
    ) -> Result<Vec<ProvinceId>, NoMatch> {
        let wanted = &place_key(text);
        let called: Vec<&Province> =
            self.provinces.iter().filter(|province| self.is_called(province, wanted)).collect();
        let is_code = text.trim().bytes().all(|b| b.is_ascii_digit());
        let present = self.provinces_on(today).find(|province| self.is_called(province, wanted));
        match (boundaries, present) {
            (Boundaries::Today, Some(present)) => {
                let merged = self.provinces.iter().filter(|province| self.present(province.id) == present.id);
                Ok(merged.map(|province| province.id).collect())
            }
            // A code means one province at a time: the present one's, if any.
            (Boundaries::Recorded, Some(present)) if is_code => {
                let same = called.iter().filter(|province| province.name == present.name);
                Ok(same.map(|province| province.id).collect())
            }
            _ if called.is_empty() => Err(self.no_province(text, today)),
            _ => Ok(called.iter().map(|province| province.id).collect()),
        }
    }

    /// How the provinces that a filter's name or code means are called: by
    /// the present name, or by the former one where it means that alone.
    #[must_use]
    pub fn province_named(&self, text: &str, boundaries: Boundaries, today: NaiveDate) -> Option<&str> {
        let meant = self.provinces_meant(text, boundaries, today).ok()?;
        let (first, last) = (self.province(*meant.first()?)?, self.province(*meant.last()?)?);
        let one = meant.iter().all(|id| self.province(*id).is_some_and(|row| row.name == first.name));
        let present = self.province(self.present(last.id))?;
        Some(if one { &first.name } else { &present.name })
    }

    /// The newest region that a name or code means.
    #[must_use]
    pub fn region_named(&self, text: &str) -> Option<&Region> {
        let wanted = fold(text);
        self.regions.iter().filter(|region| region.is_called(&wanted)).max_by_key(|region| region.valid_from)
    }

    /// All provinces, as recorded, of the regions that a name or code means.
    pub fn region_meant(&self, text: &str, boundaries: Boundaries) -> Result<Vec<ProvinceId>, NoMatch> {
        let wanted = fold(text);
        let is_meant = |region: &Region| region.is_called(&wanted);
        if !self.regions.iter().any(is_meant) {
            let all: BTreeSet<_> = self.regions.iter().map(|r| format!("{} ({})", r.code, r.name)).collect();
            return Err(NoMatch::NotListed { allowed: all.into_iter().collect() });
        }
        let in_region = |province: &&Province| {
            let counted = self.province(self.counted_in(province.id, boundaries));
            counted.and_then(|province| self.region(province.region)).is_some_and(is_meant)
        };
        let found: Vec<ProvinceId> = self.provinces.iter().filter(in_region).map(|province| province.id).collect();
        if found.is_empty() {
            // A region of the past has nothing under today's boundaries.
            let present = self.regions.iter().filter(|region| region.valid_to.is_none());
            let allowed = present.map(|region| format!("{} ({})", region.code, region.name)).collect();
            return Err(NoMatch::NotListed { allowed });
        }
        Ok(found)
    }
}

fn describe(province: &Province) -> String {
    format!("{} {} ({})", province.code, province.name, province.valid_from.format("%Y-%m-%d"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ReferenceTexts;
    use unicode_normalization::UnicodeNormalization;

    fn vietnam() -> Reference {
        Reference::parse(&ReferenceTexts::default()).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn found(text: &str, on: &str) -> (String, String) {
        let reference = vietnam();
        let province = reference.find_province(text, day(on)).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        (province.code.clone(), province.name.clone())
    }

    #[test]
    fn a_code_means_one_province_at_a_time() {
        assert_eq!(found("82", "2024-05-01"), ("82".into(), "Tiền Giang".into()));
        assert_eq!(found("82", "2026-05-01"), ("82".into(), "Đồng Tháp".into()));
        assert_eq!(found("1", "2026-05-01").1, "Hà Nội");
        for (code, before, after) in [
            ("15", "Yên Bái", "Lào Cai"),
            ("24", "Bắc Giang", "Bắc Ninh"),
            ("44", "Quảng Bình", "Quảng Trị"),
            ("52", "Bình Định", "Gia Lai"),
            ("80", "Long An", "Tây Ninh"),
            ("91", "Kiên Giang", "An Giang"),
        ] {
            assert_eq!((found(code, "2025-06-30").1, found(code, "2025-07-01").1), (before.into(), after.into()));
        }
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for name in ["dong thap", "ĐỒNG THÁP", "tỉnh Đồng Tháp", "Đồng-Tháp", "Dong Thap"] {
            assert_eq!(found(name, "2026-02-28").1, "Đồng Tháp", "{name}");
        }
        for name in ["TPHCM", "TP.HCM", "tp hồ chí minh", "Sài Gòn", "Thành phố Hồ Chí Minh"] {
            assert_eq!(found(name, "2026-02-28").1, "Hồ Chí Minh", "{name}");
        }
        assert_eq!(found("Thừa Thiên Huế", "2024-01-01").0, "46");
        assert_eq!(found("Hoà Bình", "2024-01-01").1, "Hòa Bình");
    }

    #[test]
    fn a_former_name_leads_to_its_successor() {
        assert_eq!(found("Tiền Giang", "2026-02-28").1, "Đồng Tháp");
        assert_eq!(found("BR-VT", "2026-02-28").1, "Hồ Chí Minh");
        assert_eq!(found("BR-VT", "2024-02-28").1, "Bà Rịa - Vũng Tàu");
    }

    #[test]
    fn every_province_is_found_by_its_name_and_code_while_it_holds() {
        let reference = vietnam();
        assert_eq!(reference.provinces.iter().filter(|province| province.valid_to.is_some()).count(), 63);
        assert_eq!(reference.provinces.iter().filter(|province| province.valid_to.is_none()).count(), 34);
        for province in &reference.provinces {
            let on = province.valid_to.unwrap_or(day("2026-11-01"));
            for way in [&province.name, &province.name_en, &province.code, &format!("tỉnh {}", province.name)] {
                assert_eq!(reference.find_province(way, on), Ok(province), "{way}");
            }
            assert!(reference.province(reference.present(province.id)).unwrap().valid_to.is_none());
        }
    }

    #[test]
    fn a_slip_is_offered_and_not_taken_and_a_doubt_lists_the_candidates() {
        let reference = vietnam();
        let on = day("2024-01-01");
        assert_eq!(reference.find_province("Dong Thapp", on), Err(NoMatch::Unknown { near: vec!["Đồng Tháp".into()] }));
        let Err(NoMatch::Ambiguous { candidates }) = reference.find_province("Quảng", on) else { panic!("taken") };
        assert_eq!(candidates.len(), 5, "{candidates:?}");
    }

    /// Every way in which people write the name of a province.
    fn ways(province: &Province) -> Vec<String> {
        let (name, bare) = (&province.name, &province.name_en);
        let apart: String = name.nfd().collect();
        let mut ways = vec![name.to_uppercase(), bare.to_lowercase(), bare.to_uppercase(), apart];
        ways.push(name.replace('-', "–"));
        ways.push(name.replace(" - ", "-"));
        ways.push(format!("  {name} "));
        // The other placing of a tone mark: "Hoà" for "Hòa".
        for (old, new) in [("òa", "oà"), ("óa", "oá"), ("ủy", "uỷ"), ("ùy", "uỳ")] {
            ways.push(name.replace(old, new));
        }
        let kinds: &[&str] = match province.kind.as_str() {
            "city" => &["thành phố", "TP", "TP.", "T.P", "tp.", "Thành Phố"],
            _ => &["tỉnh", "Tỉnh", "TỈNH", "tinh"],
        };
        let named: Vec<String> =
            kinds.iter().flat_map(|kind| ways[..3].iter().map(move |way| format!("{kind} {way}"))).collect();
        ways.extend(named);
        ways
    }

    #[test]
    fn every_province_is_found_in_every_way_of_writing_it() {
        let reference = vietnam();
        let mut tried = 0;
        for province in &reference.provinces {
            let on = province.valid_to.unwrap_or(day("2026-11-01"));
            for way in ways(province) {
                assert_eq!(reference.find_province(&way, on), Ok(province), "{way}");
                tried += 1;
            }
        }
        assert!(tried > 97 * 20, "{tried}");
    }

    #[test]
    fn every_alias_leads_to_its_province_on_its_days() {
        let reference = vietnam();
        for alias in &reference.aliases {
            let province = reference.province(alias.province).unwrap();
            let on = province.valid_to.unwrap_or(day("2026-11-01"));
            let found =
                reference.find_province(&alias.alias, on).unwrap_or_else(|error| panic!("{}: {error:?}", alias.alias));
            assert_eq!(found, province, "{}", alias.alias);
        }
        for (old, name) in
            [("Đắc Lắc", "Đắk Lắk"), ("Đăk Lăk", "Đắk Lắk"), ("TPHCM", "Hồ Chí Minh"), ("BR-VT", "Hồ Chí Minh")]
        {
            assert_eq!(found(old, "2026-02-28").1, name, "{old}");
        }
    }

    /// One letter left out, doubled, or taken for another: never taken, and the
    /// province is among those that are offered.
    #[test]
    fn one_slip_of_the_pen_is_offered_for_every_province() {
        let reference = vietnam();
        let on = day("2026-11-01");
        let known =
            |text: &str| reference.provinces.iter().any(|province| reference.is_called(province, &place_key(text)));
        let mut offered = 0;
        for province in reference.provinces_on(on) {
            let letters: Vec<char> = province.name_en.chars().collect();
            for at in 1..letters.len() {
                let without: String = letters.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, c)| c).collect();
                let doubled: String =
                    letters.iter().enumerate().flat_map(|(n, c)| vec![*c; 1 + usize::from(n == at)]).collect();
                let other: String = letters.iter().enumerate().map(|(n, c)| if n == at { 'z' } else { *c }).collect();
                for slip in [without, doubled, other].into_iter().filter(|slip| !known(slip)) {
                    match reference.find_province(&slip, on) {
                        Err(NoMatch::Unknown { near }) => assert!(near.contains(&province.name), "{slip}: {near:?}"),
                        Err(NoMatch::Ambiguous { .. }) => {}
                        other => panic!("{slip}: {other:?}"),
                    }
                    offered += 1;
                }
            }
        }
        assert!(offered > 500, "{offered}");
    }

    #[test]
    fn filters_take_in_what_was_merged() {
        let reference = vietnam();
        let today = day("2026-11-01");
        let meant = |text: &str, boundaries| reference.provinces_meant(text, boundaries, today).unwrap();
        let names = |ids: Vec<ProvinceId>| -> BTreeSet<String> {
            ids.into_iter().map(|id| reference.province(id).unwrap().name.clone()).collect()
        };
        let both: BTreeSet<String> = ["Tiền Giang", "Đồng Tháp"].map(str::to_owned).into();
        assert_eq!(names(meant("dong thap", Boundaries::Today)), both);
        assert_eq!(names(meant("82", Boundaries::Today)), both);
        assert_eq!(names(meant("tien giang", Boundaries::Today)), ["Tiền Giang".to_owned()].into());
        assert_eq!(names(meant("dong thap", Boundaries::Recorded)), ["Đồng Tháp".to_owned()].into());
        assert_eq!(meant("dong thap", Boundaries::Recorded).len(), 2);
        assert_eq!(names(reference.region_meant("DBSCL", Boundaries::Today).unwrap()).len(), 12, "all but Long An");
    }
}
