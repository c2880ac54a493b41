//! Reports as plain values: what stands in which row and column.
//!
//! Knows no format, no language and no database.

mod month;
mod pivot;

pub use month::{Breakdown, Details, Headline, MAIN_MEASURES, MonthReport, MonthRequest, Place};
pub use pivot::{Axis, Cell, Head, Layout, LayoutError, Pivot, PivotRow, pivots, time_last};
