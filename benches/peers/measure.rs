//! Running a program, and what it took.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::Failure;

/// What one run took.
#[derive(Clone, Copy)]
pub struct Sample {
    /// From the start of the process to its end.
    pub wall: Duration,
    /// Both in itself and in the kernel.
    pub cpu: Duration,
    /// The most memory it held at once, in bytes.
    pub peak: u64,
}

/// Runs a command to its end, its output into a file.
pub fn run(command: &mut Command, output: &Path) -> Result<Sample, Failure> {
    let errors = output.with_extension("err");
    command.stdin(Stdio::null()).stdout(File::create(output)?).stderr(File::create(&errors)?);
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = start.elapsed();
    if !used.status.success() {
        return Err(format!("{command:?}: {}: {}", used.status, std::fs::read_to_string(errors)?).into());
    }
    Ok(Sample { wall, cpu: used.rusage.utime + used.rusage.stime, peak: used.rusage.maxrss })
}

/// The least, the median and the most of some figures.
pub fn spread(mut figures: Vec<f64>) -> [f64; 3] {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    let median =
        if figures.len() % 2 == 1 { figures[middle] } else { f64::midpoint(figures[middle - 1], figures[middle]) };
    [figures[0], median, figures[figures.len() - 1]]
}
