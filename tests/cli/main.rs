//! The real command, run in a temporary folder: one test binary for everything that a user types.

// What the harness offers is public to the tests, and to nobody else.
#![allow(unreachable_pub)]

mod harness;

mod align;
mod bad_input;
mod build;
mod check;
mod clean;
mod dedup;
mod encoder;
mod export;
mod ingest;
mod layout;
mod lexicon;
mod readme;
mod recipe;
mod review;
#[cfg(feature = "review")]
mod review_server;
mod reviewed;
mod score;
mod store;
