//! x
pub mod text;
pub mod domain;
