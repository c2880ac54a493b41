//! x
pub mod text;
pub mod cli;
pub mod domain;
pub mod exchange;
pub mod lang;
pub mod report;
pub mod render;
pub mod store;
