//! Files that results are written to: as a whole or not at all.

use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;

/// A path to what is no plain file, such as a pipe: it is written to, and not
/// replaced.
pub(super) fn special(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().filter(|path| !path.is_file())
}

/// A new file beside one that it is to replace when it is complete.
pub(super) fn beside(path: &Path) -> Result<NamedTempFile, Failure> {
    let failed = |error: std::io::Error| Failure::Write { path: path.to_owned(), said: error.to_string() };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".casebook-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Those of the file that it replaces; a new one has what the user's
        // mask allows.
        let rights = std::fs::metadata(path).map(|file| file.permissions());
        builder.permissions(rights.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o666)));
    }
    builder.tempfile_in(folder_of(&followed(path))).map_err(failed)
}

/// Puts a file that is complete in its place.
pub(super) fn keep(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    let failed = |said: String| Failure::Write { path: path.to_owned(), said };
    file.as_file().sync_all().map_err(|error| failed(error.to_string()))?;
    file.persist(followed(path)).map_err(|error| failed(error.error.to_string()))?;
    Ok(())
}

/// What a link leads to.
fn followed(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The folder in which a file is.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
