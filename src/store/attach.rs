//! Photos and scans of a case.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::cases::Changed;
use super::error::Error;
use super::file_error::FileError;
use super::files::{self, Spooled};
use super::rows::read_attachment;
use super::{Store, sql};
use crate::domain::{Attachment, Case, Change, Refusal, Stamp};
use crate::text::{clean, fold};

/// Files that were attached to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The case, as it is stored.
    pub case: Case,
    /// What was added.
    pub added: Vec<Attachment>,
    /// What the case had already, as it is kept there.
    pub there: Vec<Attachment>,
}

/// The shortest beginning of a digest that is looked up.
const SHORTEST_DIGEST: usize = 4;

impl Store {
    /// Keeps copies of files, and notes them on the case that `wanted` names,
    /// as for [`Store::find`]. A file that the case has is not kept twice; if
    /// its copy was lost or damaged, it is put back.
    pub fn attach(&mut self, wanted: &str, paths: &[PathBuf], note: &str, stamp: &Stamp) -> Result<Attached, Error> {
        let folder = self.files.clone().ok_or(FileError::NoFolder)?;
        let casebook = self.engine.file().map(Path::to_owned).ok_or(FileError::NoFolder)?;
        // What can't be had is told before anything is copied.
        refuse_void(&self.find(wanted)?)?;
        let told = |path: &PathBuf| Attachment {
            sha256: String::new(),
            name: name_of(path),
            bytes: 0,
            added_on: stamp.today,
            note: Some(clean(note)).filter(|note| !note.is_empty()),
        };
        let spooled = paths.iter().map(|path| Spooled::take(path, &folder, &casebook, told(path)));
        let spooled = spooled.collect::<Result<Vec<_>, _>>()?;
        self.write(|store| {
            let seq = store.find_seq(wanted)?;
            let case = store.hold_case(seq)?.0.case;
            refuse_void(&case)?;
            let (attachments, there) = keep_all(spooled, &case, &folder)?;
            match store.change_here(wanted, &Change::Attach(attachments), "", stamp) {
                Ok(Changed { case: after, .. }) => {
                    let added = after.attachments[case.attachments.len()..].to_vec();
                    Ok(Attached { case: after, added, there })
                }
                Err(Error::Refused(Refusal::Unchanged)) => Ok(Attached { case, added: Vec::new(), there }),
                Err(error) => Err(error),
            }
        })
    }

    /// Writes out the attachment of a case that a name, or the beginning of a
    /// digest, names. It is compared with its digest before anything is
    /// written.
    pub fn take_out(&mut self, wanted: &str, name: &str, to: &mut dyn Write) -> Result<Attachment, Error> {
        let folder = self.files.clone().ok_or(FileError::NoFolder)?;
        let case = self.find(wanted)?;
        let attachment = choose(&case.attachments, name)?;
        let place = files::place_in(&folder, attachment);
        if !files::is_whole(&place, attachment)? {
            return Err(FileError::Changed { name: attachment.name.clone(), path: place }.into());
        }
        files::write_out(&place, attachment, to)?;
        Ok(attachment.clone())
    }

    /// The files of all attachments.
    pub(super) fn kept_files(&mut self) -> Result<KeptFiles, Error> {
        let mut kept = KeptFiles::new();
        self.engine.query(sql::KEPT_FILES, &[], &mut |row| {
            let attachment = read_attachment(row)?;
            let case = row.opt_text(6)?.map_or_else(|| row.id(7).map(|id| id.to_string()), Ok)?;
            kept.entry(attachment.place()).or_insert((case, attachment));
            Ok(())
        })?;
        Ok(kept)
    }
}

/// The files of attachments by their places, each once, with the name of a
/// case that has it.
pub(super) type KeptFiles = BTreeMap<(String, String), (String, Attachment)>;

/// Notes the files of a case's attachments.
pub(super) fn note_files(case: &Case, kept: &mut KeptFiles) {
    for attachment in &case.attachments {
        let name = || case.case_no.clone().unwrap_or_else(|| case.id.to_string());
        kept.entry(attachment.place()).or_insert_with(|| (name(), attachment.clone()));
    }
}

fn refuse_void(case: &Case) -> Result<(), Error> {
    if case.void.is_some() { Err(Refusal::Void.into()) } else { Ok(()) }
}

/// Puts the copies in their places; tells what they are as attachments, and
/// which of them the case has.
fn keep_all(spooled: Vec<Spooled>, case: &Case, folder: &Path) -> Result<(Vec<Attachment>, Vec<Attachment>), Error> {
    let (mut all, mut there): (Vec<Attachment>, Vec<Attachment>) = (Vec::new(), Vec::new());
    for one in spooled {
        let attachment = one.attachment.clone();
        let known = case.attachments.iter().chain(&all).find(|known| known.sha256 == attachment.sha256).cloned();
        one.keep(folder, known.as_ref().unwrap_or(&attachment))?;
        there.extend(known);
        all.push(attachment);
    }
    Ok((all, there))
}

/// What a file is called, fit to be stored.
fn name_of(path: &Path) -> String {
    let name = clean(&path.file_name().unwrap_or_default().to_string_lossy());
    if name.is_empty() {
        return "?".to_owned();
    }
    let length = name.chars().count();
    if length <= Attachment::LONGEST_NAME {
        return name;
    }
    // The end of a name tells of what form it is.
    name.chars().skip(length - Attachment::LONGEST_NAME).collect()
}

fn choose<'a>(attachments: &'a [Attachment], wanted: &str) -> Result<&'a Attachment, Error> {
    let wanted = wanted.trim();
    let (folded, digest) = (fold(wanted), wanted.to_ascii_lowercase());
    let by_digest = |one: &&Attachment| digest.len() >= SHORTEST_DIGEST && one.sha256.starts_with(&digest);
    let mut found: Vec<&Attachment> = attachments.iter().filter(|one| one.name == wanted).collect();
    if found.is_empty() {
        found = attachments.iter().filter(|one| fold(&one.name) == folded).collect();
    }
    if found.is_empty() {
        found = attachments.iter().filter(by_digest).collect();
    }
    let shown = |list: &[&Attachment]| list.iter().map(|one| format!("{} · {}", one.name, &one.sha256[..12])).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let there = shown(&attachments.iter().collect::<Vec<_>>());
            Err(FileError::NoAttachment { wanted: wanted.to_owned(), there }.into())
        }
        several => Err(FileError::ManyAttachments { wanted: wanted.to_owned(), candidates: shown(several) }.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attachment_is_named_by_name_or_digest() {
        let one = |name: &str, digit: &str| Attachment {
            sha256: digit.repeat(64),
            name: name.into(),
            bytes: 1,
            added_on: chrono::NaiveDate::MIN,
            note: None,
        };
        let list = [one("Ảnh 1.jpg", "a"), one("anh 2.jpg", "b"), one("ANH 1.JPG", "c")];
        let chosen = |wanted: &str| choose(&list, wanted).map(|one| one.sha256[..1].to_owned());
        assert_eq!(chosen("Ảnh 1.jpg").unwrap(), "a");
        assert_eq!(chosen("ảnh 2.JPG").unwrap(), "b");
        assert_eq!(chosen("CCCC").unwrap(), "c");
        assert!(matches!(chosen("anh 1.jpg"), Err(Error::File(FileError::ManyAttachments { .. }))));
        assert!(matches!(chosen("ccc"), Err(Error::File(FileError::NoAttachment { .. }))));
    }

    #[test]
    fn names_are_fit_to_be_stored() {
        assert_eq!(name_of(Path::new("/a/b/ảnh\n1.jpg")), "ảnh 1.jpg");
        assert_eq!(name_of(Path::new("/a/\u{200B}")), "?");
        let long = name_of(&PathBuf::from(format!("{}.jpg", "a".repeat(250))));
        assert_eq!(long.chars().count(), Attachment::LONGEST_NAME);
        assert!(Path::new(&long).extension().is_some());
    }
}
