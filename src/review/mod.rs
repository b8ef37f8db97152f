//! The local web app for reviewers. It is not written yet; the feature holds its place.
