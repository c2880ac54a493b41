//! The `casebook` command.

use std::process::ExitCode;

/// An import makes and drops some hundred small things for each case, on two
/// threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    casebook::cli::run(std::env::args_os())
}
