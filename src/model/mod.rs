//! Plain data: what bitexto stores, reviews and exports. No file, database or thread is touched here.
//!
//! A [`Statement`] has [`Rendering`]s; a bitext (two [`Document`]s, or two renderings) has an [`Alignment`] of [`Bead`]s;
//! a bead, or a record of a file, becomes a [`Unit`]; [`Event`]s change its state; [`Finding`]s are about it.

pub mod alignment;
pub mod document;
pub mod event;
pub mod finding;
pub mod provenance;
pub mod review;
pub mod signature;
pub mod statement;
pub mod unit;

pub use crate::segment::Segment;
pub use crate::text::Lang;
pub use alignment::{Alignment, Bead};
pub use document::Document;
pub use event::{Event, State, Verdict};
pub use finding::Finding;
pub use provenance::{BoxedProvenance, Medium, Provenance, Translator, TranslatorKind};
pub use review::{Act, Reviewed, Side};
pub use signature::Signature;
pub use statement::{QuoteType, Rendering, RenderingKind, Statement};
pub use unit::{Origin, Remarks, StatementLink, Unit};
