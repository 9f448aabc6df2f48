//! A bucket of an object store as the place of the results.
//!
//! A store replaces an object whole or not at all, so nothing half-written has a final name. What
//! was there is listed once, when the place is opened. Pictures are sent by a few tasks at a time
//! while the next ones are drawn; threads that draw wait when those are all busy, so that memory
//! stays flat on a slow line.
//!
//! Objects cannot be added to. Lines about pictures that are there are sent as small objects of
//! their own, `.pullquote/run/000001.jsonl` and so on, every few seconds; at the end of a run one
//! object has them all and those are removed, the oldest first. So at any moment the latest lines
//! are there, and a run that is killed has forgotten a few seconds of work at most.
//!
//! Stores have no locks: two runs with the same label at a time would write the same pictures, and
//! the records of one of them; the next run makes what is missing in those again.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::path::Path;
use object_store::{
    Attribute, AttributeValue, Attributes, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload,
};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

use super::bucket::fault;
use super::place::{About, Access, HIDDEN, Place, Pour};
use crate::error::{Error, Result};

/// How many objects are on their way at once.
const MOST_AT_ONCE: u32 = 32;

/// Lines are sent when they are this many bytes, or this old.
const MOST_LINES: usize = 256 << 10;
const OLDEST_LINE: Duration = Duration::from_secs(2);

/// Larger pages are sent in parts of this size; the smallest that S3 takes is 5 MB.
const PART: usize = 8 << 20;

/// A prefix in a bucket.
pub struct Store {
    /// As people call it.
    address: String,
    label: String,
    keeps_records: bool,
    /// What was there when it was opened, and what was written or removed since.
    there: Mutex<BTreeMap<String, About>>,
    line: Arc<Line>,
    /// A task has one of these while it sends.
    slots: Arc<Semaphore>,
    runtime: Runtime,
}

/// What the tasks share.
struct Line {
    store: Arc<dyn ObjectStore>,
    prefix: Path,
    label: String,
    /// Lines that were not sent yet, and since when.
    waiting: Mutex<(String, Instant)>,
    /// The number of the last object with lines.
    number: AtomicU64,
    /// The first thing that went wrong.
    fault: Mutex<Option<object_store::Error>>,
}

impl Store {
    /// Opens a prefix of a bucket, which people call `address`.
    ///
    /// # Errors
    ///
    /// The store cannot be reached or does not let us in.
    pub fn open(
        store: Arc<dyn ObjectStore>,
        address: &str,
        prefix: Path,
        label: &str,
        access: Access,
    ) -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        let runtime = runtime.map_err(|cause| {
            Error::new(format!("cannot start the threads: {cause}")).caused_by(cause)
        })?;
        let place = Self {
            address: address.to_owned(),
            label: label.to_owned(),
            keeps_records: access == Access::Own,
            there: Mutex::default(),
            line: Arc::new(Line {
                store,
                prefix,
                label: label.to_owned(),
                waiting: Mutex::new((String::new(), Instant::now())),
                number: AtomicU64::new(0),
                fault: Mutex::default(),
            }),
            slots: Arc::new(Semaphore::new(MOST_AT_ONCE as usize)),
            runtime,
        };
        if access != Access::Share {
            place.list()?;
        }
        Ok(place)
    }

    fn list(&self) -> Result<()> {
        let prefix = Some(&self.line.prefix).filter(|prefix| !prefix.as_ref().is_empty());
        let listing = self.line.store.list(prefix).try_collect::<Vec<_>>();
        let listed = self.runtime.block_on(listing);
        let listed = listed.map_err(|cause| fault("look into", &self.address, cause))?;
        let mut there = self.there.lock().expect("nobody panics while holding it");
        for object in listed {
            let Some(below) = object.location.prefix_match(&self.line.prefix) else {
                continue;
            };
            let parts: Vec<_> = below.map(|part| part.as_ref().to_owned()).collect();
            let about = About {
                bytes: object.size,
                touched: Some(object.last_modified.into()),
            };
            there.insert(parts.join("/"), about);
        }
        let last = segments(&there, &self.label)
            .last()
            .map(|(number, _)| *number);
        self.line.number.store(last.unwrap_or(0), Ordering::Relaxed);
        Ok(())
    }

    /// Sends something when a task is free; the fault of an earlier one ends it.
    fn send(&self, file: &str, bytes: &[u8], note: &str) -> Result<()> {
        self.refuse()?;
        let slot = Arc::clone(&self.slots).acquire_owned();
        let slot = self.runtime.block_on(slot).expect("it is never closed");
        let payload = PutPayload::from(bytes.to_vec());
        let line = Arc::clone(&self.line);
        let note = if self.keeps_records {
            note.to_owned()
        } else {
            String::new()
        };
        let file = file.to_owned();
        self.runtime.spawn(async move {
            match line.put(&file, payload).await {
                Ok(()) => line.note(&note).await,
                Err(cause) => line.fail(cause),
            }
            drop(slot);
        });
        Ok(())
    }

    /// The fault of a task, told once.
    fn refuse(&self) -> Result<()> {
        let cause = self
            .line
            .fault
            .lock()
            .expect("nobody panics while holding it")
            .take();
        cause.map_or(Ok(()), |cause| {
            Err(fault("write into", &self.address, cause))
        })
    }

    fn remember(&self, file: &str, bytes: usize) {
        let about = About {
            bytes: bytes as u64,
            touched: None,
        };
        let mut there = self.there.lock().expect("nobody panics while holding it");
        there.insert(file.to_owned(), about);
    }

    fn delete(&self, file: &str) -> Result<()> {
        let path = self.line.path(file);
        match self.runtime.block_on(self.line.store.delete(&path)) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(cause) => return Err(fault("write into", &self.address, cause)),
        }
        let mut there = self.there.lock().expect("nobody panics while holding it");
        there.remove(file);
        Ok(())
    }

    fn segments(&self, label: &str) -> Vec<(u64, String)> {
        segments(
            &self.there.lock().expect("nobody panics while holding it"),
            label,
        )
    }
}

impl Line {
    fn path(&self, file: &str) -> Path {
        file.split('/')
            .fold(self.prefix.clone(), |path, part| path.join(part))
    }

    async fn put(&self, file: &str, payload: PutPayload) -> object_store::Result<()> {
        let attributes = attributes(file);
        let path = self.path(file);
        self.store
            .put_opts(&path, payload, attributes.into())
            .await?;
        Ok(())
    }

    /// Adds lines, and sends what waits if it is time.
    async fn note(&self, lines: &str) {
        if lines.is_empty() {
            return;
        }
        let due = {
            let mut waiting = self.waiting.lock().expect("nobody panics while holding it");
            if waiting.0.is_empty() {
                waiting.1 = Instant::now();
            }
            waiting.0.push_str(lines);
            let is_due = waiting.0.len() >= MOST_LINES || waiting.1.elapsed() >= OLDEST_LINE;
            is_due.then(|| mem::take(&mut waiting.0))
        };
        if let Some(due) = due {
            self.send_lines(due).await;
        }
    }

    async fn send_lines(&self, lines: String) {
        let number = self.number.fetch_add(1, Ordering::Relaxed) + 1;
        let sent = self.put(&segment(&self.label, number), lines.into()).await;
        sent.unwrap_or_else(|cause| self.fail(cause));
    }

    fn fail(&self, cause: object_store::Error) {
        let mut fault = self.fault.lock().expect("nobody panics while holding it");
        fault.get_or_insert(cause);
    }
}

impl Place for Store {
    fn write(&self, file: &str, bytes: &[u8], line: &str) -> Result<()> {
        self.send(file, bytes, line)?;
        self.remember(file, bytes.len());
        Ok(())
    }

    fn pour(&self, file: &str, pour: Pour<'_>) -> Result<()> {
        let mut parts = Parts::new(self, file);
        let poured = pour(&mut parts).map_err(|cause| {
            let message = format!("cannot write `{}/{file}`: {cause}", self.address);
            Error::new(message).caused_by(cause)
        });
        let bytes = parts.finish(poured)?;
        self.remember(file, bytes);
        Ok(())
    }

    fn note(&self, lines: &str) -> Result<()> {
        if !self.keeps_records {
            return Ok(());
        }
        self.refuse()?;
        self.runtime.block_on(self.line.note(lines));
        self.refuse()
    }

    fn settle(&self) -> Result<()> {
        let all = self.runtime.block_on(self.slots.acquire_many(MOST_AT_ONCE));
        drop(all.expect("it is never closed"));
        let mut waiting = self
            .line
            .waiting
            .lock()
            .expect("nobody panics while holding it");
        let lines = mem::take(&mut waiting.0);
        drop(waiting);
        if !lines.is_empty() {
            self.runtime.block_on(self.line.send_lines(lines));
        }
        self.refuse()
    }

    fn noted(&self, label: &str) -> Result<Option<(Box<dyn BufRead>, SystemTime)>> {
        let mut files = vec![lines(label)];
        files.extend(self.segments(label).into_iter().map(|(_, file)| file));
        files.retain(|file| self.about(file).is_some());
        let times = files.iter().filter_map(|file| self.about(file)?.touched);
        let Some(recorded) = times.max() else {
            return Ok(None);
        };
        let read = |file: String| {
            let path = self.line.path(&file);
            async move { self.line.store.get(&path).await?.bytes().await }
        };
        let reading = stream::iter(files)
            .map(read)
            .buffered(16)
            .try_collect::<Vec<_>>();
        let read = self.runtime.block_on(reading);
        let read = read.map_err(|cause| fault("read", &self.address, cause))?;
        Ok(Some((Box::new(io::Cursor::new(read.concat())), recorded)))
    }

    fn record(&self, pour: Pour<'_>) -> Result<()> {
        self.settle()?;
        self.pour(&lines(&self.label), pour)?;
        let sent = 1..=self.line.number.load(Ordering::Relaxed);
        let sent = sent.map(|number| (number, segment(&self.label, number)));
        let all: BTreeMap<u64, String> =
            self.segments(&self.label).into_iter().chain(sent).collect();
        all.values().try_for_each(|file| self.delete(file))
    }

    fn labels(&self) -> Result<Vec<String>> {
        let there = self.there.lock().expect("nobody panics while holding it");
        let hidden = there
            .keys()
            .filter_map(|file| file.strip_prefix(HIDDEN)?.strip_prefix('/'));
        let labels = hidden.filter_map(|file| match file.split_once('/') {
            Some((label, _)) => Some(label),
            None => file.strip_suffix(".jsonl"),
        });
        let mut labels: Vec<String> = labels.map(ToOwned::to_owned).collect();
        labels.sort();
        labels.dedup();
        Ok(labels)
    }

    fn forget(&self, label: &str) -> Result<()> {
        let segments = self.segments(label).into_iter().map(|(_, file)| file);
        segments
            .chain([lines(label)])
            .try_for_each(|file| self.delete(&file))
    }

    fn about(&self, file: &str) -> Option<About> {
        let there = self.there.lock().expect("nobody panics while holding it");
        there.get(file).copied()
    }

    fn read(&self, file: &str) -> Result<Vec<u8>> {
        let path = self.line.path(file);
        let read = async { self.line.store.get(&path).await?.bytes().await };
        let read = self.runtime.block_on(read);
        let address = || format!("{}/{file}", self.address);
        Ok(read
            .map_err(|cause| fault("read", &address(), cause))?
            .into())
    }

    fn remove(&self, file: &str) -> Result<()> {
        self.delete(file)
    }
}

fn lines(label: &str) -> String {
    format!("{HIDDEN}/{label}.jsonl")
}

fn segment(label: &str, number: u64) -> String {
    format!("{HIDDEN}/{label}/{number:06}.jsonl")
}

/// The objects with lines of a label, by their numbers.
fn segments(there: &BTreeMap<String, About>, label: &str) -> Vec<(u64, String)> {
    let prefix = format!("{HIDDEN}/{label}/");
    let below = there
        .keys()
        .filter_map(|file| Some((file, file.strip_prefix(&prefix)?)));
    let numbered = below.filter_map(|(file, name)| {
        let number = name.strip_suffix(".jsonl")?.parse().ok()?;
        Some((number, file.clone()))
    });
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort();
    numbered
}

/// What browsers are to make of an object.
fn attributes(file: &str) -> Attributes {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kind = match ending {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "pdf" => "application/pdf",
        "html" => "text/html; charset=utf-8",
        "json" => "application/json",
        _ => "application/octet-stream",
    };
    Attributes::from_iter([(Attribute::ContentType, AttributeValue::from(kind))])
}

/// Sends a page as one object, a large one in parts; it is there when all of them are.
struct Parts<'a> {
    place: &'a Store,
    file: &'a str,
    part: Vec<u8>,
    bytes: usize,
    upload: Option<Box<dyn MultipartUpload>>,
}

impl<'a> Parts<'a> {
    fn new(place: &'a Store, file: &'a str) -> Self {
        Self {
            place,
            file,
            part: Vec::new(),
            bytes: 0,
            upload: None,
        }
    }

    fn send_part(&mut self) -> object_store::Result<()> {
        let part = PutPayload::from(mem::take(&mut self.part));
        let line = &self.place.line;
        let upload = &mut self.upload;
        self.place.runtime.block_on(async {
            if upload.is_none() {
                let path = line.path(self.file);
                let options = attributes(self.file).into();
                *upload = Some(line.store.put_multipart_opts(&path, options).await?);
            }
            let upload = upload.as_mut().expect("it was begun above");
            upload.put_part(part).await
        })
    }

    /// Ends it; an object that was there stays as it was unless all went well.
    fn finish(mut self, poured: Result<()>) -> Result<usize> {
        let runtime = &self.place.runtime;
        let ended = match poured {
            Err(error) => Err(error),
            Ok(()) => self.complete().map_err(|cause| {
                let address = format!("{}/{}", self.place.address, self.file);
                fault("write", &address, cause)
            }),
        };
        if let (Err(_), Some(mut upload)) = (&ended, self.upload.take()) {
            // If that fails too, the first fault is still the one to report.
            let _ = runtime.block_on(upload.abort());
        }
        ended.map(|()| self.bytes)
    }

    fn complete(&mut self) -> object_store::Result<()> {
        if self.upload.is_none() {
            let payload = PutPayload::from(mem::take(&mut self.part));
            let put = self.place.line.put(self.file, payload);
            return self.place.runtime.block_on(put);
        }
        if !self.part.is_empty() {
            self.send_part()?;
        }
        let upload = self.upload.as_mut().expect("it was begun");
        self.place.runtime.block_on(upload.complete())?;
        Ok(())
    }
}

impl Write for Parts<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        self.bytes += bytes.len();
        if self.part.len() >= PART {
            self.send_part().map_err(io::Error::other)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
