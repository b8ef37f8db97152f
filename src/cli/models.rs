//! Models that commands load: the built-in ones, or files.

use std::path::Path;

use crate::error::{Error, Result};
use crate::semantics::Encoder;

/// The encoder in a file, or the built-in one.
pub(super) fn encoder(path: Option<&Path>) -> Result<Encoder> {
    let Some(path) = path else { return Ok(Encoder::shipped()) };
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, &e))?;
    Encoder::from_bytes(bytes).map_err(|cause| Error::new(cause).in_file(path))
}
