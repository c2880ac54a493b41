//! Files of every form: the first byte chooses which, and with which mapping.
#![no_main]

use casebook::exchange::{Form, Item, Mapping, ReadOptions, Source, read_file};
use casebook_fuzz::reads_back;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, file)) = bytes.split_first() else { return };
    let form = Form::ALL[usize::from(*first) % Form::ALL.len()];
    let Ok(source) = Source::spool("fuzz", &mut &file[..], Some(form)) else { return };
    let decimal = [None, Some('.'), Some(',')][usize::from(*first / 16) % 3];
    let options = ReadOptions { mapping: Mapping { decimal, ..Mapping::default() }, ..ReadOptions::default() };
    // Whatever it is, it ends, and what is taken of it can be checked.
    let _ = read_file(&source, &options, &mut |item| {
        if let Item::Record(record) = item {
            reads_back(&record.entry);
        }
        Ok(())
    });
});
