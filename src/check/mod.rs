//! Faults in the material: verbatim, credit, overflow, glyphs.
