//! x
pub mod text;
pub mod domain;
pub mod store;
