//! Writes the results: image files, manifest, contact sheet.
