//! One line on a terminal that says how far the work is.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The line is written at most this often.
const INTERVAL: Duration = Duration::from_millis(100);

/// Counts what is done; shared by threads.
pub struct Progress {
    total: usize,
    done: AtomicUsize,
    /// When the line was last written; `None` where none is to be seen: in a pipe, or when quiet.
    written: Option<Mutex<Instant>>,
}

impl Progress {
    /// Nothing done yet of `total`.
    #[must_use]
    pub fn new(total: usize, is_quiet: bool) -> Self {
        let is_shown = !is_quiet && io::stderr().is_terminal();
        Self {
            total,
            done: AtomicUsize::new(0),
            written: is_shown.then(|| Mutex::new(Instant::now())),
        }
    }

    /// One more is done.
    pub fn advance(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // A thread that finds another one writing has better things to do than to wait.
        let written = self
            .written
            .as_ref()
            .and_then(|written| written.try_lock().ok());
        if let Some(mut written) = written
            && written.elapsed() >= INTERVAL
        {
            *written = Instant::now();
            let _ = write!(io::stderr(), "\r{done} of {} images\u{1b}[K", self.total);
        }
    }

    /// Removes the line.
    pub fn finish(self) {
        if self.written.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
