//! The records that a run leaves, and the files that they are about.

use std::collections::BTreeMap;

use super::Account;
use crate::diagnostic::Diagnostic;
use crate::error::Result;
use crate::publish::{Document, Image, MANIFEST, Output, Record, Records, SHEET, Written};

/// The records of a folder during a run, and whether they are others than it found.
pub struct Ledger {
    /// The records.
    pub records: Records,
    /// Whether anything on the disk is to be written anew.
    pub has_changed: bool,
    /// Pictures of earlier runs that this one does not have.
    pub left: Vec<String>,
    /// Those of them that were removed.
    pub removed: Vec<String>,
}

impl Ledger {
    /// The records as they were found.
    #[must_use]
    pub fn new(records: Records) -> Self {
        Self {
            records,
            has_changed: false,
            left: Vec::new(),
            removed: Vec::new(),
        }
    }

    /// Notes what came of a job.
    ///
    /// # Errors
    ///
    /// The disk for temporary files is full or faulty.
    pub fn put(&mut self, record: &Record) -> Result<()> {
        let old = self.records.get(&record.name)?;
        let old = old.and_then(|old| old.image);
        let file = |image: &Image| image.file.clone();
        if old.as_deref().map(file) != record.image.as_deref().map(file) {
            self.leave(old.as_deref());
        }
        self.records.put(record)?;
        self.records.plan(&record.name);
        Ok(())
    }

    /// Notes that a picture is of an earlier run.
    fn leave(&mut self, image: Option<&Image>) {
        let Some(image) = image else {
            return;
        };
        let written = Written {
            file: image.file.clone(),
            inputs: String::new(),
            bytes: image.bytes,
            sha256: image.sha256.clone(),
        };
        self.records.left.insert(image.file.clone(), written);
    }

    /// When all jobs were planned and what could be done was done: looks after pictures that are no longer
    /// wanted. Those that are gone already are forgotten, the others removed if that was asked for.
    ///
    /// # Errors
    ///
    /// One cannot be removed.
    pub fn tidy(&mut self, output: &Output, is_pruned: bool) -> Result<()> {
        for record in self.records.take_unplanned()? {
            self.has_changed = true;
            self.leave(record.image.as_deref());
        }
        let left = std::mem::take(&mut self.records.left);
        let before = left.len();
        let mut kept = BTreeMap::new();
        for (file, written) in left {
            if self.is_wanted(&file)? || !output.has(&file) {
                continue;
            }
            if is_pruned && output.remove(&written)? {
                self.removed.push(file);
                continue;
            }
            self.left.push(file.clone());
            kept.insert(file, written);
        }
        self.has_changed |= kept.len() != before;
        self.records.left = kept;
        Ok(())
    }

    /// Whether a file is a picture or a page of this run.
    fn is_wanted(&self, file: &str) -> Result<bool> {
        if self.records.pages.contains_key(file) {
            return Ok(true);
        }
        let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
        let record = self.records.get(name)?;
        let image = record.and_then(|record| record.image);
        Ok(image.is_some_and(|image| image.file == file))
    }

    /// Forgets documents that are no longer made: their files are pictures of earlier runs like others.
    pub fn expect(&mut self, documents: &[Document]) {
        let is_wanted = |file: &str| {
            file == MANIFEST || file == SHEET || documents.iter().any(|it| it.file == file)
        };
        let pages = std::mem::take(&mut self.records.pages);
        let (kept, left) = pages.into_iter().partition(|(file, _)| is_wanted(file));
        self.records.pages = kept;
        self.has_changed |= !left.is_empty();
        self.records.left.extend(left);
    }

    /// Writes the documents, as far as they are not there, and returns what is wrong with them.
    ///
    /// # Errors
    ///
    /// A page cannot be read, or a document written.
    pub fn write_documents(
        &mut self,
        documents: &[Document],
        output: &Output,
    ) -> Result<Vec<Diagnostic>> {
        let mut faults = Vec::new();
        for document in documents {
            let inputs = document.inputs();
            if !self.is_there((&document.file, &inputs), output) {
                let bytes = document.bind(output)?;
                let written = output
                    .write_page(&document.file, &inputs, |writer| writer.write_all(&bytes))?;
                self.records.pages.insert(document.file.clone(), written);
                self.has_changed = true;
            }
            let written = self.records.pages.get(&document.file);
            faults.extend(written.and_then(|written| document.check(written.bytes)));
        }
        Ok(faults)
    }

    /// Whether a page is there as it was recorded, made of the same.
    pub fn is_there(&mut self, (file, inputs): (&str, &str), output: &Output) -> bool {
        let page = self.records.pages.get(file);
        let page = page.filter(|page| page.inputs == inputs);
        let found = page.map(|page| output.is_intact(file, page.bytes, &page.sha256));
        let (is_intact, was_read) = found.unwrap_or((false, false));
        self.has_changed |= is_intact && was_read;
        is_intact
    }

    /// What is known of a document that was written.
    #[must_use]
    pub fn document(&self, document: &Document) -> Option<&Written> {
        self.records.pages.get(&document.file)
    }

    /// Writes the pages about the pictures that are in an account: the manifest, the contact sheet, or both.
    ///
    /// # Errors
    ///
    /// One cannot be written.
    pub fn write_pages(
        &mut self,
        account: &mut Account<'_>,
        (documents, inputs, [is_manifest, is_sheet]): (&[Document], &str, [bool; 2]),
        output: &Output,
    ) -> Result<()> {
        let Some((manifest, sheet)) = &mut account.pages else {
            return Ok(());
        };
        let written = &self.records.pages;
        let mut pages = Vec::new();
        if is_manifest {
            pages.push(output.write_page(MANIFEST, inputs, |writer| {
                manifest.write(documents, written, writer)
            })?);
        }
        if is_sheet {
            pages.push(output.write_page(SHEET, inputs, |writer| {
                sheet.write(documents, written, writer)
            })?);
        }
        for page in pages {
            self.records.pages.insert(page.file.clone(), page);
        }
        self.has_changed = true;
        Ok(())
    }

    /// Writes the records, as far as they are others than before.
    ///
    /// # Errors
    ///
    /// They cannot be written.
    pub fn finish(&self, output: &Output) -> Result<()> {
        if self.has_changed {
            output.record(&self.records)?;
        }
        Ok(())
    }
}
