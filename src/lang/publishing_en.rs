//! Publishing a month in English.

use super::publishing::Publishing;

pub(super) const PUBLISHING: Publishing = Publishing {
    needs_reason: |month, again| {
        let what = if again { "publishing them again" } else { "this, which changes them," };
        format!("the figures of {month} were published; {what} wants a reason: --reason.")
    },
    doubt: |month| format!("the figures of {month} were published, and this case changes them."),
    done: |month, digest| format!("Published {month}. Digest: {digest}"),
    published_by: |who, on, records| format!("Published by {who} on {on} UTC, of {records} records."),
    unchanged_since: "No record of the month has changed since.",
    changed_since: |month| {
        format!("Records of the month have changed since: casebook month {month} --restated shows how.")
    },
    reason: |reason| format!("Reason: {reason}"),
    not_over: |month, last| {
        format!("{month} lasts until {}; it can be published when it has ended.", last.format("%-d %b %Y"))
    },
    not_published: |month| {
        format!("{month} was not published with these filters. Publish it with --publish in place of --restated.")
    },
    finding: |month| format!("the publication of {month} is not what the journal says"),
    wrong: |month| format!("What was published of {month} is not what the journal leads to. Run: casebook verify"),
    as_known: |day| format!("As known at the end of {}.", day.format("%-d %b %Y")),
    as_known_future: |day| {
        format!("--as-known {day}: what will be known is not known yet; today and before are allowed.")
    },
    restated_title: |month| format!("Restatement of {month}"),
    published: "Published",
    now: "Now",
    difference: "Difference",
    moves: "Cases that moved the figures",
    no_moves: "No case has moved the figures since they were published.",
    case: "Case",
    why: "What was done, and why",
    others: |n| format!("{n} others"),
    earlier: "All publications",
    when: "When (UTC)",
    total: "All moves",
};
