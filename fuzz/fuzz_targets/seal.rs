//! Seals: any text is read or refused, and what is read is what its digest
//! says.
#![no_main]

use casebook::domain::Seal;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(seal) = Seal::read(text) {
        assert_eq!(seal.clone().sealed().digest, seal.digest);
        let written = serde_json::to_string(&seal).expect("a seal is JSON");
        assert_eq!(Seal::read(&written), Ok(seal));
        return;
    }
    // What has all parts of a seal, with the digest that fits, is one.
    let Ok(seal) = serde_json::from_str::<Seal>(text) else { return };
    let sealed = seal.sealed();
    let written = serde_json::to_string(&sealed).expect("a seal is JSON");
    assert_eq!(Seal::read(&written), Ok(sealed));
});
