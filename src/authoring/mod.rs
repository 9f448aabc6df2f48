//! What designers need for templates of their own: a family as drawings to start from, faults of a
//! template with their places, a sheet of specimens.
//!
//! In: a [`Studio`](crate::Studio) with the templates. Out: files, diagnostics, a picture; `cli` writes
//! and prints them.

mod check;
mod export;
mod sheet;
mod specimen;

pub use check::{Checked, check};
pub use export::{Options, export};
pub use sheet::{Sheet, sheet};
pub use specimen::Length;
