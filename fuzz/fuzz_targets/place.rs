//! Names of places and of what else stands in the reference data.
#![no_main]

use casebook::domain::{Boundaries, agency_key};
use casebook_fuzz::{REFERENCE, TODAY};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(province) = REFERENCE.find_province(text, TODAY) {
        let again = REFERENCE.find_province(&province.name, TODAY).map(|again| again.id);
        assert_eq!(again, Ok(province.id));
    }
    if let Ok(violation) = REFERENCE.find_violation(text) {
        assert_eq!(REFERENCE.find_violation(&violation.code), Ok(violation));
    }
    if let Ok(category) = REFERENCE.find_category(text) {
        assert_eq!(REFERENCE.find_category(&category.code), Ok(category));
    }
    if let Ok(force) = REFERENCE.find_force(text) {
        assert_eq!(REFERENCE.find_force(&force.code), Ok(force));
    }
    let _ = REFERENCE.provinces_meant(text, Boundaries::Today, TODAY);
    let _ = REFERENCE.region_meant(text, Boundaries::Today);
    let _ = agency_key(text, "Đồng Tháp", &REFERENCE);
    assert!(REFERENCE.force(REFERENCE.force_of_agency(text)).is_some());
});
