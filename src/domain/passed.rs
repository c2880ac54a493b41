/// Why an item of a text is no case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passed {
    /// A plan, a programme, a campaign.
    Plan,
    /// A meeting, a training, a signing.
    Meeting,
    /// An appointment, an award.
    Appointment,
    /// An explanation of the law, a warning, advice.
    Guidance,
    /// Nothing was found, seized or fined.
    NothingFound,
}
