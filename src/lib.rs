//! x
pub mod cli;
pub mod domain;
pub mod exchange;
pub mod lang;
pub mod render;
pub mod report;
pub mod store;
pub mod text;
