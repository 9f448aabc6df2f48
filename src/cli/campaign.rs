//! What a run has to draw, what it need not, and what it leaves behind.
//!
//! In: the jobs of a plan and what the output folder knows. Out: a picture for each job, drawn or
//! found as it was; the pages about them; and the folder's new records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::events::Events;
use super::interrupt;
use super::progress::Progress;
use crate::diagnostic::{Diagnostic, Place};
use crate::error::{Error, Result};
use crate::plan::Job;
use crate::publish::{
    self, Digests, Document, MANIFEST, Output, Picture, Record, Records, Results, SHEET,
};
use crate::publish::{Image, Written, job_name};
use crate::studio::{SharedSizes, Studio};

/// What is known of a job before anything is drawn.
pub struct Known<'a> {
    /// The job.
    pub job: &'a Job<'a>,
    /// The digest of what it depends on.
    pub inputs: String,
    /// What came of it in an earlier run, where that still holds.
    pub picture: Option<Picture<'a>>,
    /// Whether the picture's file is another than what is recorded.
    is_lost: bool,
    /// Whether the picture's file had to be read to know.
    was_read: bool,
}

/// Compares the jobs with what is recorded.
#[must_use]
pub fn compare<'a>(
    jobs: &'a [Job<'a>],
    (studio, sizes): (&Studio, &SharedSizes),
    (output, records): (&Output, &Records),
) -> Vec<Known<'a>> {
    let digests = Digests::new(studio.library(), studio.fonts(), jobs);
    let compare = |job: &'a Job<'a>| {
        let inputs = digests.of(job, sizes);
        let mut known = Known {
            job,
            inputs,
            picture: None,
            is_lost: false,
            was_read: false,
        };
        let record = records.jobs.get(&job_name(job));
        let Some(record) = record.filter(|record| record.inputs == known.inputs) else {
            return known;
        };
        let (is_intact, was_read) = match &record.image {
            Some(image) => output.is_intact(&image.file, image.bytes, &image.sha256),
            None => (true, false),
        };
        known.is_lost = !is_intact;
        known.was_read = was_read;
        known.picture = is_intact.then(|| Picture {
            job,
            image: record.image.clone(),
            diagnostics: record.diagnostics().map(|it| located(it, job)).collect(),
        });
        known
    };
    jobs.par_iter().map(compare).collect()
}

/// What came of the jobs.
pub struct Made<'a> {
    /// With their digests, in the order of the jobs; fewer if the run was interrupted.
    pub pictures: Vec<(Picture<'a>, String)>,
    /// How many of them were found as they were.
    pub unchanged: usize,
    /// The names of those whose file was another than was recorded.
    lost: BTreeSet<String>,
    /// Whether anything on the disk is to be written anew.
    has_changed: bool,
}

/// Draws and writes what is not known, in the order of the jobs.
///
/// # Errors
///
/// A picture or its record cannot be written; what was written before is recorded.
pub fn draw<'a>(
    known: Vec<Known<'a>>,
    (studio, sizes): (&Studio, &SharedSizes),
    output: &Output,
    (progress, events): (&Progress, &Events),
) -> Result<Made<'a>> {
    let lost: BTreeSet<String> = known
        .iter()
        .filter(|it| it.is_lost)
        .map(|it| job_name(it.job))
        .collect();
    output.forget(lost.iter())?;
    let is_there = |it: &&Known<'_>| it.picture.as_ref().is_some_and(|it| it.image.is_some());
    let unchanged = known.iter().filter(is_there).count();
    let has_changed = known.iter().any(|it| it.picture.is_none() || it.was_read);
    // A disk that is full is full for all: the others need not find out one by one.
    let is_stopped = AtomicBool::new(false);
    let draw = |(index, known): (usize, Known<'a>)| {
        let is_found = known.picture.is_some();
        if let Some(picture) = known.picture {
            events.picture(index, &picture, is_found);
            return Some(Ok((picture, known.inputs)));
        }
        if is_stopped.load(Ordering::Relaxed) || interrupt::is_asked() {
            return None;
        }
        let picture = draw_one((studio, sizes), known.job, &known.inputs, output);
        is_stopped.fetch_or(picture.is_err(), Ordering::Relaxed);
        progress.advance();
        Some(picture.map(|picture| {
            events.picture(index, &picture, is_found);
            (picture, known.inputs)
        }))
    };
    let pictures: Vec<Option<Result<_>>> = known
        .into_par_iter()
        .enumerate()
        .with_max_len(1)
        .map(draw)
        .collect();
    // What is on its way is to arrive and be noted, also when something else went wrong.
    let settled = output.settle();
    let pictures = pictures.into_iter().flatten().collect::<Result<Vec<_>>>()?;
    settled?;
    Ok(Made {
        pictures,
        unchanged,
        lost,
        has_changed,
    })
}

/// Draws a picture and writes it, or says why not.
fn draw_one<'a>(
    (studio, sizes): (&Studio, &SharedSizes),
    job: &'a Job<'a>,
    inputs: &str,
    output: &Output,
) -> Result<Picture<'a>> {
    let mut picture = Picture {
        job,
        image: None,
        diagnostics: Vec::new(),
    };
    let mut bytes = Vec::new();
    match studio.render_at(job, sizes) {
        Ok(rendered) => {
            picture.diagnostics = rendered.diagnostics;
            if let (Some(encoded), Some(composition)) = (rendered.image, rendered.composition) {
                picture.image = Some(Arc::new(publish::image(job, &composition, &encoded)));
                bytes = encoded.bytes;
            }
        }
        Err(error) => picture.diagnostics.push(not_drawn(&error, job)),
    }
    let image = picture.image.clone();
    let record = Record::new(&job_name(job), inputs, image, &picture.diagnostics);
    output.finish(&record, &bytes)?;
    Ok(picture)
}

/// `drawing-failed`: the fault is in the template or in this program.
#[must_use]
pub fn not_drawn(error: &Error, job: &Job<'_>) -> Diagnostic {
    let diagnostic = Diagnostic::error("drawing-failed", error.to_string());
    let hint = "try the card in another theme, and report this with the card";
    located(diagnostic.with_hint(hint), job)
}

/// The diagnostic at the place of its job.
fn located(mut diagnostic: Diagnostic, job: &Job<'_>) -> Diagnostic {
    diagnostic.place = Place {
        file: job.deck.path.clone(),
        line: job.card.position.map(|(line, _)| line),
        column: job.card.position.map(|(_, column)| column),
        card: Some(job.card.id.clone()),
        platform: Some(job.platform.id.clone()),
        field: diagnostic.place.field.take(),
    };
    diagnostic
}

fn written(image: &Image) -> Written {
    Written {
        file: image.file.clone(),
        inputs: String::new(),
        bytes: image.bytes,
        sha256: image.sha256.clone(),
    }
}

/// The records that a run leaves, and whether they are others than it found.
pub struct Ledger {
    records: Records,
    has_changed: bool,
    /// Pictures of earlier runs that this one does not have.
    pub left: Vec<String>,
    /// Those of them that were removed.
    pub removed: Vec<String>,
}

impl Ledger {
    /// The records after a run; `planned` are the names of all its jobs, also of those that were
    /// not reached.
    #[must_use]
    pub fn new(old: Records, made: &Made<'_>, planned: &BTreeSet<String>) -> Self {
        let mut records = Records {
            pages: old.pages,
            ..Records::default()
        };
        for (picture, inputs) in &made.pictures {
            let name = job_name(picture.job);
            let image = picture.image.clone();
            let record = Record::new(&name, inputs, image, &picture.diagnostics);
            records.jobs.insert(name, record);
        }
        let mut left = old.left;
        for (name, record) in old.jobs {
            if records.jobs.contains_key(&name) || !planned.contains(&name) {
                left.extend(
                    record
                        .image
                        .map(|image| (image.file.clone(), written(&image))),
                );
            } else if !made.lost.contains(&name) {
                // Its turn did not come: what was known of it still is.
                records.jobs.insert(name, record);
            }
        }
        let wanted = records
            .jobs
            .values()
            .filter_map(|record| record.image.as_ref());
        let wanted: BTreeSet<&str> = wanted.map(|image| image.file.as_str()).collect();
        left.retain(|file, _| !wanted.contains(file.as_str()));
        records.left = left;
        Self {
            records,
            has_changed: made.has_changed,
            left: Vec::new(),
            removed: Vec::new(),
        }
    }

    /// Looks after pictures that are no longer wanted: those that are gone already are forgotten,
    /// the others removed if that was asked for.
    ///
    /// # Errors
    ///
    /// One cannot be removed.
    pub fn tidy(&mut self, output: &Output, is_pruned: bool) -> Result<()> {
        let before = self.records.left.len();
        let mut kept = BTreeMap::new();
        for (file, written) in std::mem::take(&mut self.records.left) {
            if !output.has(&file) {
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

    /// Forgets documents that are no longer made: their files are pictures of earlier runs like others.
    pub fn expect(&mut self, documents: &[Document<'_>]) {
        let is_wanted = |file: &str| {
            file == MANIFEST || file == SHEET || documents.iter().any(|it| it.file == file)
        };
        let pages = std::mem::take(&mut self.records.pages);
        let (kept, left) = pages.into_iter().partition(|(file, _)| is_wanted(file));
        self.records.pages = kept;
        self.has_changed |= !left.is_empty();
        self.records.left.extend(left);
        self.records
            .left
            .retain(|file, _| !self.records.pages.contains_key(file));
    }

    /// Writes the documents, as far as they are not there, and returns what is wrong with them.
    ///
    /// # Errors
    ///
    /// A page cannot be read, or a document written.
    pub fn write_documents(
        &mut self,
        documents: &[Document<'_>],
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
    fn is_there(&mut self, (file, inputs): (&str, &str), output: &Output) -> bool {
        let page = self.records.pages.get(file);
        let page = page.filter(|page| page.inputs == inputs);
        let found = page.map(|page| output.is_intact(file, page.bytes, &page.sha256));
        let (is_intact, was_read) = found.unwrap_or((false, false));
        self.has_changed |= is_intact && was_read;
        is_intact
    }

    /// What is known of a document that was written.
    #[must_use]
    pub fn document(&self, document: &Document<'_>) -> Option<&Written> {
        self.records.pages.get(&document.file)
    }

    /// Writes the pages about the pictures, as far as they are not there.
    ///
    /// # Errors
    ///
    /// One cannot be written.
    pub fn write_pages(&mut self, results: &Results<'_>, output: &Output) -> Result<()> {
        let jobs = self.records.jobs.values();
        let documents = results.documents.iter();
        let documents = documents.filter_map(|it| self.records.pages.get(&it.file));
        let inputs = publish::of_pages(results.groups, jobs, documents);
        for file in [MANIFEST, SHEET] {
            if self.is_there((file, &inputs), output) {
                continue;
            }
            let written = output.write_page(file, &inputs, |writer| match file {
                MANIFEST => publish::write_manifest(results, &self.records.pages, writer),
                _ => publish::write_sheet(results, &self.records.pages, writer),
            })?;
            self.records.pages.insert(file.to_owned(), written);
            self.has_changed = true;
        }
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
