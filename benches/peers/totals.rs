//! That all programs hold the same cases and give the same answers: a figure
//! that is quick and wrong is none.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};

use crate::place::{Peer, Place};
use crate::{Failure, measure, sql};

/// Count, fines and seizures.
type Sums = [i64; 3];

fn number(cell: Option<&str>) -> Result<i64, Failure> {
    let cell = cell.ok_or("a column is missing")?;
    Ok(if cell.is_empty() || cell == "NULL" { 0 } else { cell.parse()? })
}

fn casebook_answers(text: &[u8]) -> Result<Vec<Sums>, Failure> {
    let mut reader = csv::Reader::from_reader(text);
    let headers = reader.headers()?.clone();
    let at = |name: &str| headers.iter().position(|header| header == name).ok_or("a column is missing");
    let (cases, fine, seized) = (at("cases")?, at("fine_amount")?, at("seized_value")?);
    let rows = reader.records().map(|row| {
        let row = row?;
        Ok([number(row.get(cases))?, number(row.get(fine))?, number(row.get(seized))?])
    });
    rows.collect()
}

fn last_three(text: &[u8]) -> Result<Vec<Sums>, Failure> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row?;
        let from = row.len().checked_sub(3).ok_or("too few columns")?;
        // DuckDB writes a header.
        if row[from].chars().all(|c| c.is_ascii_digit()) {
            rows.push([number(row.get(from))?, number(row.get(from + 1))?, number(row.get(from + 2))?]);
        }
    }
    Ok(rows)
}

/// Those who answer beside casebook.
fn others(place: &Place) -> impl Iterator<Item = Peer> + '_ {
    [Peer::SqliteStrict, Peer::SqliteLoose, Peer::DuckDb].into_iter().filter(|peer| place.has(*peer))
}

/// Count and sums of what was imported.
pub fn check(place: &Place) -> Result<(), Failure> {
    let output = place.casebook(&["totals", "--by", "year", "--format", "csv"]).output()?;
    let rows = casebook_answers(&output.stdout)?;
    let ours = rows.iter().fold([0; 3], |sum, row| [0, 1, 2].map(|at| sum[at] + row[at]));
    for peer in others(place) {
        let output = place.sql(peer, &[sql::SUMS.to_owned()]).output()?;
        let theirs = last_three(&output.stdout)?;
        if theirs != [ours] {
            return Err(format!("{} holds {theirs:?}, casebook {ours:?}", peer.name()).into());
        }
    }
    println!("all hold {} cases, fines of {}, seizures of {}", ours[0], ours[1], ours[2]);
    Ok(())
}

/// Totals by province and month, as they were printed when measured. The
/// programs name provinces otherwise, so the figures are compared as a set.
pub fn check_answers(place: &Place) -> Result<(), Failure> {
    let sorted = |mut rows: Vec<Sums>| {
        rows.retain(|row| *row != [0; 3]);
        rows.sort_unstable();
        rows
    };
    let ours = sorted(casebook_answers(&fs::read(place.output(Peer::Casebook))?)?);
    for peer in [Peer::SqliteStrict, Peer::DuckDb].into_iter().filter(|peer| place.has(*peer)) {
        if sorted(last_three(&fs::read(place.output(peer))?)?) != ours {
            return Err(format!("{} has other totals by province and month than casebook", peer.name()).into());
        }
    }
    println!("all have the same {} totals by province and month", ours.len());
    Ok(())
}

/// That casebook's export and `sqlite3` on the same file gave the same rows, but
/// for the last column, and one for each case.
pub fn check_export(place: &Place) -> Result<(), Failure> {
    if !place.has(Peer::SqliteOurs) {
        return Ok(());
    }
    let rows = |peer| csv::ReaderBuilder::new().has_headers(false).from_path(place.output(peer));
    let (mut ours, mut theirs) = (rows(Peer::Casebook)?, rows(Peer::SqliteOurs)?);
    let (mut one, mut two) = (csv::ByteRecord::new(), csv::ByteRecord::new());
    let mut read: u64 = 0;
    while ours.read_byte_record(&mut one)? {
        theirs.read_byte_record(&mut two)?;
        let compared = one.len().saturating_sub(usize::from(read > 0));
        if one.len() != two.len() || !one.iter().take(compared).eq(two.iter().take(compared)) {
            return Err(format!("row {read} of the export is {one:?}, sqlite3's {two:?}").into());
        }
        read += 1;
    }
    let count = place.sql(Peer::SqliteOurs, &["select count(*) + 1 from cases".to_owned()]).output()?;
    if String::from_utf8(count.stdout)?.trim() != read.to_string() || theirs.read_byte_record(&mut two)? {
        return Err(format!("casebook exports {read} rows, which are not one for each case").into());
    }
    println!("casebook exports the same {read} rows, header and all, as sqlite3 from its file");
    Ok(())
}

/// That both search indexes hold the same words equally often.
pub fn check_index(place: &Place) -> Result<(), Failure> {
    if !place.has(Peer::SqliteOurs) || !place.can_leave_index {
        return Ok(());
    }
    // Through files, as the memory of what is measured is never told to be less
    // than what this process held.
    let words = |peer, of| {
        measure::run(&mut place.sql(peer, &sql::words(of)), &place.output(peer))?;
        Ok::<_, Failure>(BufReader::new(File::open(place.output(peer))?).lines())
    };
    let (mut ours, mut theirs) = (words(Peer::SqliteOurs, "search")?, words(Peer::SqliteStrict, "words")?);
    let mut same: u64 = 0;
    while let Some(word) = ours.next().transpose()? {
        if theirs.next().transpose()?.as_ref() != Some(&word) {
            return Err(format!("sqlite3's search index has not what casebook's has: {word}").into());
        }
        same += 1;
    }
    if same == 0 || theirs.next().is_some() {
        return Err(format!("casebook's search index holds {same} words, sqlite3's another number").into());
    }
    println!("both search indexes hold the same {same} words");
    Ok(())
}
