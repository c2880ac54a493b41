//! Where the files of one size are, and the programs that are there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;

/// Who takes part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Peer {
    /// This program.
    Casebook,
    /// `sqlite3`, into a typed table by way of a staged one.
    SqliteStrict,
    /// `sqlite3`, all text.
    SqliteLoose,
    /// `sqlite3`, on casebook's own file.
    SqliteOurs,
    /// DuckDB's command.
    DuckDb,
    /// `sqlite-utils insert --csv`.
    SqliteUtils,
    /// A Rust program that does the barest that can be done.
    Bare,
}

impl Peer {
    /// Casebook, and those that may stand beside it.
    pub const ALL: [Self; 7] = [
        Self::Casebook,
        Self::SqliteStrict,
        Self::SqliteLoose,
        Self::SqliteOurs,
        Self::DuckDb,
        Self::SqliteUtils,
        Self::Bare,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Casebook => "casebook",
            Self::SqliteStrict => "sqlite3, typed",
            Self::SqliteLoose => "sqlite3, loose",
            Self::SqliteOurs => "sqlite3, casebook's file",
            Self::DuckDb => "DuckDB",
            Self::SqliteUtils => "sqlite-utils",
            Self::Bare => "bare Rust",
        }
    }
}

/// The files of one size, and how programs are called on them.
pub struct Place {
    /// A folder of their own.
    pub folder: PathBuf,
    /// The made-up cases.
    pub csv: PathBuf,
    /// Where PyPI's programs are, if anywhere.
    pub venv: Option<PathBuf>,
    /// Whether `import` can leave the search index for later.
    pub can_leave_index: bool,
}

impl Place {
    /// A peer's database.
    pub fn database(&self, peer: Peer) -> PathBuf {
        let peer = if peer == Peer::SqliteOurs { Peer::Casebook } else { peer };
        self.folder.join(format!("{peer:?}.db"))
    }

    /// What a peer last printed.
    pub fn output(&self, peer: Peer) -> PathBuf {
        self.folder.join(format!("{peer:?}.out"))
    }

    /// A database and what lies beside it, away, unless it is another's.
    pub fn clear(&self, peer: Peer) -> Result<(), Failure> {
        if peer == Peer::SqliteOurs {
            return Ok(());
        }
        for end in ["", "-wal", "-shm", "-journal", ".wal", ".files"] {
            let mut name = self.database(peer).into_os_string();
            name.push(end);
            let path = Path::new(&name);
            if path.is_dir() {
                std::fs::remove_dir_all(path)?;
            } else if path.exists() {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Casebook, with nothing of the user's around it.
    pub fn casebook<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.env_clear().env("CASEBOOK_DB", self.database(Peer::Casebook)).env("CASEBOOK_TODAY", "2026-11-20");
        command.env("CASEBOOK_USER", "bench").env("CASEBOOK_LANG", "en").env("HOME", &self.folder).args(arguments);
        command
    }

    /// This very program, doing one thing.
    pub fn inside(what: &str, database: &Path) -> Result<Command, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--inside").arg(what).arg(database);
        Ok(command)
    }

    /// `sqlite3` or DuckDB on its database: each command line an argument.
    pub fn sql(&self, peer: Peer, lines: &[String]) -> Command {
        let mut command = match peer {
            Peer::DuckDb => Command::new(self.program("duckdb").unwrap_or_else(|| "duckdb".into())),
            _ => Command::new("sqlite3"),
        };
        command.args(["-bail", "-csv"]).arg(self.database(peer));
        if peer == Peer::DuckDb {
            let commands = lines.iter().flat_map(|line| ["-c", line.as_str()]);
            command.args(commands);
        } else {
            command.args(lines);
        }
        command
    }

    /// A program of PyPI's, in the virtual environment or on the path.
    pub fn program(&self, name: &str) -> Option<PathBuf> {
        let in_venv = self.venv.as_ref().map(|venv| venv.join("bin").join(name)).filter(|path| path.exists());
        in_venv.or_else(|| {
            let found = Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
            found.then(|| name.into())
        })
    }

    /// Whether a peer is on this machine.
    pub fn has(&self, peer: Peer) -> bool {
        match peer {
            Peer::Casebook | Peer::Bare => true,
            Peer::SqliteStrict | Peer::SqliteLoose | Peer::SqliteOurs => self.program("sqlite3").is_some(),
            Peer::DuckDb => self.program("duckdb").is_some(),
            Peer::SqliteUtils => self.program("sqlite-utils").is_some(),
        }
    }
}
