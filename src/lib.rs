//! `bitexto` builds Spanish–English parallel corpora.
//!
//! Files go in (statements with their renderings, documents, translation memories), units come out:
//! segmented, aligned, checked, and with who said what, where, and how each outlet put it.
//! The modules are layers; an import goes down only (`tests/layers.rs` holds the order):
//!
//! [`error`] → [`text`] → [`segment`] → [`model`] → [`semantics`] → [`parallel`] → [`align`], [`quality`], [`formats`], [`store`]
//! (which do not know each other) → [`train`] → [`ingest`] → [`export`] → [`recipe`] → `review` → `cli`.

pub mod align;
pub mod error;
pub mod export;
pub mod formats;
pub mod ingest;
pub mod model;
pub mod parallel;
pub mod quality;
pub mod recipe;
pub mod segment;
pub mod semantics;
pub mod store;
pub mod text;
pub mod train;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "review")]
pub mod review;

pub use error::{Error, Result};
