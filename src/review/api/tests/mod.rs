//! Every route, asked by our page and by others; then what the answers say.

mod desk;
mod mending;
mod reviewing;
mod rules;
