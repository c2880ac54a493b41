//! The tables, as Markdown.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use crate::measure::{Sample, spread};
use crate::place::Peer;

/// What was measured of one job and one program.
pub struct Measured {
    /// The job, for people.
    pub job: &'static str,
    /// Who did it.
    pub peer: Peer,
    /// Each run.
    pub samples: Vec<Sample>,
    /// How large its database is, where the job makes it.
    pub size: Option<u64>,
}

fn seconds(sample: &Sample) -> f64 {
    sample.wall.as_secs_f64()
}

#[allow(clippy::cast_precision_loss)] // Sizes are for people here.
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// The first line of a command's answer.
fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or("not here").to_owned()
}

/// The machine and the programs, as they name themselves.
pub fn machine(duckdb: Option<&std::path::Path>) -> String {
    let line = |file: &str, key: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once([':', '=']).map_or("not known", |(_, value)| value).trim().trim_matches('"').to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let size = fs::metadata(env!("CARGO_BIN_EXE_casebook")).map_or(0, |file| file.len());
    let profile = env!("CARGO_BIN_EXE_casebook").rsplit('/').nth(1).unwrap_or_default();
    let duckdb = duckdb.map_or("not here".to_owned(), |path| said(&path.display().to_string(), &["--version"]));
    format!(
        "- processor: {} ({cores} cores); memory: {}; {}, {}\n- {}; sqlite3 {}; DuckDB {duckdb}\n\
         - casebook's program ({profile}): {:.1} MiB\n",
        line("/proc/cpuinfo", "model name"),
        line("/proc/meminfo", "MemTotal"),
        line("/etc/os-release", "PRETTY_NAME"),
        said("uname", &["-sr"]),
        said("rustc", &["--version"]),
        said("sqlite3", &["--version"]),
        mebibytes(size),
    )
}

/// One table for one size of file.
pub fn table(size: &str, bytes: u64, all: &[Measured]) -> String {
    let mut text = format!("## {size} cases ({:.1} MiB of CSV)\n\n", mebibytes(bytes));
    text.push_str("| job | program | min s | median s | max s | CPU s | peak MiB | file MiB | casebook ÷ it |\n");
    text.push_str("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for one in all {
        let [least, median, most] = spread(one.samples.iter().map(seconds).collect());
        let [_, cpu, _] = spread(one.samples.iter().map(|sample| sample.cpu.as_secs_f64()).collect());
        let peak = one.samples.iter().map(|sample| sample.peak).max().unwrap_or(0);
        let ours = all.iter().find(|other| other.job == one.job && other.peer == Peer::Casebook);
        let ratio = ours.filter(|_| one.peer != Peer::Casebook).map(|ours| {
            let pairs = ours.samples.iter().zip(&one.samples);
            spread(pairs.map(|(ours, theirs)| seconds(ours) / seconds(theirs)).collect())
        });
        let ratio =
            ratio.map_or(String::new(), |[least, median, most]| format!("{median:.3} ({least:.3} to {most:.3})"));
        let _ = writeln!(
            text,
            "| {} | {} | {least:.4} | {median:.4} | {most:.4} | {cpu:.3} | {:.0} | {} | {ratio} |",
            one.job,
            one.peer.name(),
            mebibytes(peak),
            one.size.map_or(String::new(), |size| format!("{:.1}", mebibytes(size))),
        );
    }
    text + "\n"
}
