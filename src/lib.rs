//! Turns articles into share graphics.
//!
//! The pipeline is the architecture; each stage is a module that takes a value and returns a value:
//!
//! ```text
//! article → extract → deck → plan → compose → raster → publish       check reads all of it
//! (read)    (find)    (edit) (jobs)  (SVG)     (pixels) (files)       cli is the only one that prints
//!                               ↑ design (templates, themes)   ↑ text (fonts, shaping, fitting)
//! ```

pub mod article;
pub mod authoring;
pub mod check;
pub mod cli;
pub mod compose;
pub mod deck;
pub mod design;
pub mod diagnostic;
pub mod error;
pub mod extract;
pub mod geometry;
pub mod photo;
pub mod plan;
pub mod publish;
pub mod raster;
mod spool;
pub mod studio;
pub mod text;

pub use error::{Error, Result};
pub use studio::{Rendered, Studio};

/// The example in the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
