//! Ctrl-C, and the polite `kill`: the pictures being drawn are finished, then the run ends.
//!
//! Asked a second time, it ends at once. Either way no file is half written, and the next run makes
//! what is missing.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

/// What shells give for a program that was ended by Ctrl-C: 128 and the number of SIGINT.
pub const EXIT_CODE: u8 = 130;

static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on; to be called once.
pub fn listen() {
    // Where there is no way to listen, Ctrl-C ends the program as ever, which is safe too.
    let _ = ctrlc::set_handler(|| {
        if IS_ASKED.swap(true, Ordering::Relaxed) {
            process::exit(i32::from(EXIT_CODE));
        }
    });
}

/// Whether the run is to end.
#[must_use]
pub fn is_asked() -> bool {
    IS_ASKED.load(Ordering::Relaxed)
}
