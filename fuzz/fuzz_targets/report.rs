//! Documents that are read back: any bytes are read or refused, and a seal that
//! is read says the same when it is written again, whole or in parts.
#![no_main]

use casebook::domain::ReportSeal;
use casebook::exchange::read_report;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = read_report(bytes, ReportSeal::NAME)
        && let Some(text) = file.seal
        && let Ok(seal) = ReportSeal::read(&text)
    {
        assert_eq!(ReportSeal::read(&seal.json()).as_ref(), Ok(&seal));
        let parts: String = seal.in_parts(50).into_iter().map(|(_, part)| part).collect();
        assert_eq!(parts, seal.json());
    }
});
