//! How far long work is, on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::session::Session;
use crate::store::{Progress, Work};

/// A bar on standard error, where a terminal is there to show it.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar of so many steps.
    pub(super) fn new(session: &Session, message: &'static str, steps: u64) -> Self {
        let target = if session.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(steps), target);
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent:>3} %  {elapsed_precise}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(message);
        bar.enable_steady_tick(Duration::from_millis(500));
        Self(bar)
    }

    /// Shows how many steps are done.
    pub(super) fn set(&self, done: u64) {
        self.0.set_position(done);
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        self.0.finish_and_clear();
    }
}

/// Does what tells how far it is, under a bar that shows it.
pub(super) fn shown<T>(session: &Session, work: impl FnOnce(&mut dyn FnMut(Progress)) -> T) -> T {
    let said = &session.words.safety;
    let bar = Bar::new(session, "", 0);
    let done = work(&mut |progress| {
        bar.0.set_message(match progress.work {
            Work::Database => said.work_database,
            Work::Journal => said.work_journal,
            Work::Cases => said.work_cases,
            Work::Totals => said.work_totals,
            Work::Index => said.work_index,
            Work::Attachments => said.work_attachments,
            Work::Copy => said.work_copy,
        });
        match progress.of {
            0 => bar.0.unset_length(),
            of => bar.0.set_length(of),
        }
        bar.0.set_position(progress.done);
    });
    bar.done();
    done
}
