//! Mapping files: any text is read or refused, and what is read reads a table.
#![no_main]

use casebook::exchange::{Mapping, ReadOptions, Source, read_file};
use libfuzzer_sys::fuzz_target;

const TABLE: &[u8] = "Số hồ sơ;Tỉnh;Đơn vị;Ngày;Hàng;Tiền phạt\n1;Huế;Đội 1;27/2;bia;1.500,5\n".as_bytes();

fuzz_target!(|text: &str| {
    let Ok(mapping) = Mapping::read(text) else { return };
    let Ok(source) = Source::spool("table", &mut &TABLE[..], None) else { return };
    let _ = read_file(&source, &ReadOptions { mapping, ..ReadOptions::default() }, &mut |_| Ok(()));
});
