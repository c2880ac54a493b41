//! x
pub mod text;
