//! Seals, backups and attachments in English.

use super::safety::Safety;

pub(super) const SAFETY: Safety = Safety {
    work_database: "Checking the file",
    work_journal: "Checking the journal",
    work_cases: "Checking the cases",
    work_totals: "Checking totals and index",
    work_index: "Making the search index",
    work_attachments: "Attachments",
    work_copy: "Copying",
    unsound: |finding| format!("It does not fit together and can't be used. The first thing wrong: {finding}"),
    finding_other: |at| format!("this is not the casebook that was sealed at {} UTC", at.format("%Y-%m-%d %H:%M")),
    finding_journal: |at| {
        format!("the journal up to {} UTC is not the one that was sealed", at.format("%Y-%m-%d %H:%M"))
    },
    finding_figures: |at| format!("the figures are not those of the casebook at {} UTC", at.format("%Y-%m-%d %H:%M")),
    report_bad_seal: |file, why| format!("{file}: its seal can't be read: {why}"),
    report_unsealed: |file| format!("{file}: carries no seal of casebook's, so it can't be checked."),
    report_differs: |file, finding| format!("{file}: does not fit the casebook: {finding}."),
    report_row: |file, row| format!("{file}: was changed, there is no row: {row}"),
    finding_rewritten: |chain, number| format!("journal of {chain}, entry {number}: not the one that was sealed"),
    finding_cut: |chain, found, sealed| format!("journal of {chain}: {found} entries, {sealed} when it was sealed"),
    finding_missing: |case, name| format!("attachment \"{name}\" of case {case}: its file is missing"),
    finding_changed: |case, name| format!("attachment \"{name}\" of case {case}: its file is not what was attached"),
    file_failed: |path, said| format!("{path}: {said}"),
    no_folder: "Attachments are kept in a folder beside the casebook's file: they need a casebook in a file.",
    not_in_a_file: |address| {
        format!(
            "{address} is no file. Casebooks in PostgreSQL are backed up with its own pg_dump, and restored with pg_restore or psql."
        )
    },
    nothing: |path| format!("{path} is empty, or no plain file; nothing was attached."),
    too_large: |path, bytes, most| {
        format!(
            "{path} is too large: {} MB; up to {} MB are kept. Nothing was attached.",
            bytes.div_ceil(1_000_000),
            most / 1_000_000
        )
    },
    no_backup: |path| format!("There is no file {path} to restore from."),
    many_attachments: |wanted, there| {
        format!("\"{wanted}\" could be several files; give the beginning of its SHA-256: {there}")
    },
    no_attachment: |wanted, there| match there {
        "" => format!("The case has no attachment \"{wanted}\"; it has none at all."),
        there => format!("The case has no attachment \"{wanted}\". It has: {there}"),
    },
    changed: |name, path| format!("The file of the attachment \"{name}\" is missing, or not what was attached: {path}"),
    no_file: |path| format!("{path} is a folder or a device; name a file."),
    there: |path| format!("There is a file {path} already. To replace it, add --force."),
    would_replace: |path| {
        format!("There is a casebook at {path} already. To replace it, add --force; it is kept under another name.")
    },
    own: |path| format!("{path} is the casebook's own. Choose another name, or another folder."),
    in_use: |path| format!("{path} is in use by others. Nothing was changed; try again when they are done."),
    not_a_seal: |path, said| format!("{path} is not a seal in JSON, as casebook seal -o seal.json writes it: {said}"),
    slip_in_seal: |path| format!("{path} is not as it was written: its digest is not that of what it says."),
    no_search_index: "There is no search index: an import left it out. casebook rebuild --search-index makes it.",
    indexed: "Made the search index.",
    since_seal: |at, n| format!("Since the seal of {at} UTC, history was only added to: {n} entries."),
    attachments: |n| format!("Files of attachments, all as they were attached: {n}."),
    unused: |n, first| format!("Files that no case refers to: {n}, such as {first}."),
    seal_title: "Seal",
    casebook: "Casebook",
    sealed_at: "Sealed at (UTC)",
    by: "By",
    currency: "Currency",
    cases: "Records",
    entries: "Journal entries",
    digest: "Digest",
    chain: "Journal of",
    own_chain: "(the casebook)",
    length: "Entries",
    head: "Hash of the last entry",
    seal_note: "Keep this apart from the casebook. With it as JSON (casebook seal -o seal.json), casebook verify --against seal.json shows that history was only added to since.",
    backed_up: |file| format!("Backed up to {file}, and checked the copy."),
    restored: |from, casebook| format!("Restored {casebook} from {from}."),
    kept: |path| format!("The casebook that was there is kept at {path}."),
    lacking: "The copy is kept; attachments are lost that it should have.",
    attached: |file, case| format!("Attached {file} to {case}."),
    attached_already: |file, case| format!("{case} has {file} already; it was not kept twice."),
    taken_out: |file| format!("Wrote {file}; it is what was attached."),
    to_terminal: "The attachment would be written to the terminal. Name a file: -o FILE.",
    attachment: "Attachments",
    file: "File",
    size: "Bytes",
    added_on: "Added",
    shows: "Shows",
};
