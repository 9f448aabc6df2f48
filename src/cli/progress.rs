//! One line on a terminal that says how far the work is, how fast, and when it will be done.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::report::thousands;

/// The line is written at most this often.
const INTERVAL: Duration = Duration::from_millis(100);

/// Nothing is said about the rate before this: the first pictures pay for what all share.
const WARM: Duration = Duration::from_secs(1);

/// Counts what is done; shared by threads.
pub struct Progress {
    total: usize,
    done: AtomicUsize,
    started: Instant,
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
            started: Instant::now(),
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
            let line = line(done, self.total, self.started.elapsed());
            let _ = write!(io::stderr(), "\r{line}\u{1b}[K");
        }
    }

    /// Removes the line.
    pub fn finish(self) {
        if self.written.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// `1,200 of 10,000 images · 310 a second · 28 s left`.
fn line(done: usize, total: usize, elapsed: Duration) -> String {
    let counts = format!("{} of {} images", thousands(done), thousands(total));
    if elapsed < WARM || done == 0 {
        return counts;
    }
    let rate = done as f64 / elapsed.as_secs_f64();
    let left = total.saturating_sub(done) as f64 / rate;
    let rate = match rate {
        10.0.. => thousands(rate.round() as usize),
        _ => format!("{rate:.1}"),
    };
    format!("{counts} · {rate} a second · {} left", span(left))
}

/// `28 s`, `3 min`, `2 h 5 min`.
fn span(seconds: f64) -> String {
    let seconds = seconds.ceil() as u64;
    match seconds {
        0..90 => format!("{seconds} s"),
        90..5400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_fast_and_how_long() {
        #[track_caller]
        fn case(done: usize, milliseconds: u64, expected: &str) {
            let line = line(done, 10_000, Duration::from_millis(milliseconds));
            assert_eq!(line, expected);
        }
        case(20, 500, "20 of 10,000 images");
        case(
            1200,
            4000,
            "1,200 of 10,000 images · 300 a second · 30 s left",
        );
        case(6, 2000, "6 of 10,000 images · 3.0 a second · 56 min left");
        case(
            1,
            2000,
            "1 of 10,000 images · 0.5 a second · 5 h 33 min left",
        );
        case(
            10_000,
            20_000,
            "10,000 of 10,000 images · 500 a second · 0 s left",
        );
    }
}
