//! Casebook beside other programs, at the same jobs on the same made-up cases,
//! in turn. `docs/performance.md` says how to run it.

#![allow(missing_docs, unreachable_pub, clippy::print_stdout, clippy::print_stderr)]

mod cases;
mod inside;
mod jobs;
mod measure;
mod place;
mod report;
mod sql;
mod totals;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::Parser;
use jobs::{JOBS, Job};
use place::{Peer, Place};
use report::Measured;

/// As the program itself takes its memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What stops the benchmark.
pub type Failure = Box<dyn std::error::Error>;

/// Measures casebook and the programs beside it.
#[derive(Parser)]
struct Wish {
    /// How many cases, several sizes with commas between: 10k, 1m
    #[arg(long, value_delimiter = ',', default_value = "100k")]
    sizes: Vec<String>,
    /// How often each program does each job
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Only these jobs
    #[arg(long, value_delimiter = ',')]
    jobs: Vec<String>,
    /// Where the files are made; they are kept
    #[arg(long, default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/peers"))]
    folder: PathBuf,
    /// A virtual environment with PyPI's duckdb-cli and sqlite-utils
    #[arg(long)]
    venv: Option<PathBuf>,
    /// The file for the results; without it they are only printed
    #[arg(long)]
    out: Option<PathBuf>,
    /// Only make the file of cases
    #[arg(long)]
    only_cases: bool,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
    /// One thing to do, in a process of its own
    #[arg(long, hide = true, num_args = 2)]
    inside: Vec<String>,
}

fn main() -> Result<(), Failure> {
    // Before anything else, to be a program that does nothing.
    if std::env::args().nth(2).is_some_and(|what| what == "nothing") {
        return Ok(());
    }
    let wish = Wish::parse();
    if let [what, database] = wish.inside.as_slice() {
        return inside::run(what, Path::new(database));
    }
    if let Some(name) = wish.jobs.iter().find(|name| !JOBS.iter().any(|job| job.name == **name)) {
        let names: Vec<&str> = JOBS.iter().map(|job| job.name).collect();
        return Err(format!("no job is called {name}; there are {}", names.join(", ")).into());
    }
    let mut text = String::new();
    for size in &wish.sizes {
        let place = prepare(&wish, size)?;
        if wish.only_cases {
            println!("{}", place.csv.display());
            continue;
        }
        if text.is_empty() {
            text = report::machine(place.program("duckdb").as_deref()) + "\n";
        }
        text += &report::table(size, fs::metadata(&place.csv)?.len(), &measure_all(&wish, &place)?);
    }
    print!("{text}");
    if let Some(out) = &wish.out {
        // Cargo runs benchmarks from the top of the package.
        if let Some(folder) = out.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(out, text)?;
    }
    Ok(())
}

fn number(size: &str) -> Result<u64, Failure> {
    let (digits, times) = match size.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => size.strip_suffix('m').map_or((size, 1), |digits| (digits, 1_000_000)),
    };
    Ok(digits.parse::<u64>().map_err(|_| format!("{size} is no number of cases: 10k, 1m"))? * times)
}

fn prepare(wish: &Wish, size: &str) -> Result<Place, Failure> {
    let rows = number(size)?;
    let folder = wish.folder.join(size);
    fs::create_dir_all(&folder)?;
    let csv = folder.join("cases.csv");
    if !csv.exists() {
        let half = folder.join("cases.part");
        let mut file = BufWriter::new(File::create(&half)?);
        cases::write(&mut file, rows)?;
        file.into_inner()?.sync_all()?;
        fs::rename(half, &csv)?;
    }
    let mut place = Place { folder, csv, venv: wish.venv.clone(), can_leave_index: false };
    let help = place.casebook(&["import", "--help"]).output()?;
    place.can_leave_index = String::from_utf8_lossy(&help.stdout).contains("--no-search-index");
    Ok(place)
}

fn measure_all(wish: &Wish, place: &Place) -> Result<Vec<Measured>, Failure> {
    for peer in Peer::ALL.into_iter().filter(|peer| !place.has(*peer)) {
        eprintln!("left out, for it is not here: {} (--venv names a virtual environment)", peer.name());
    }
    if !place.can_leave_index {
        eprintln!("this casebook can't leave the search index for later: its import builds it");
    }
    let mut all = Vec::new();
    for job in JOBS {
        let wanted = wish.jobs.is_empty() || wish.jobs.iter().any(|name| name == job.name);
        if wanted || job.makes && !place.database(Peer::Casebook).exists() {
            let runs = if wanted { wish.runs } else { 1 };
            let measured = measure_job(place, job, runs)?;
            if job.makes {
                totals::check(place)?;
            }
            if wanted {
                all.extend(measured);
            }
        }
        match job.name {
            "index" if wanted => totals::check_index(place)?,
            "province" if wanted => totals::check_answers(place)?,
            "export" if wanted => totals::check_export(place)?,
            _ => {}
        }
    }
    Ok(all)
}

/// Each program in turn, so that what else the machine does meets all alike.
fn measure_job(place: &Place, job: &Job, runs: u32) -> Result<Vec<Measured>, Failure> {
    let mut all: Vec<Measured> = Vec::new();
    for run in 0..runs {
        for peer in Peer::ALL.into_iter().filter(|peer| place.has(*peer)) {
            let Some(mut command) = (job.command)(place, peer)? else { continue };
            eprintln!("{} {}/{runs}: {}", job.name, run + 1, peer.name());
            let sample = measure::run(&mut command, &place.output(peer))?;
            let size = fs::metadata(place.database(peer)).ok().filter(|_| job.makes).map(|file| file.len());
            match all.iter_mut().find(|one| one.peer == peer) {
                Some(one) => one.samples.push(sample),
                None => all.push(Measured { job: job.title, peer, samples: vec![sample], size }),
            }
        }
    }
    Ok(all)
}
