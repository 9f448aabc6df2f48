//! Writes a file so that nobody ever sees half of it under its name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::error::{Error, Result};

/// Writes a file, and the folders it stands in.
///
/// The bytes are written beside it, as `.name.tmp-…`, and renamed when they are complete: whoever
/// opens the file finds the old bytes or the new ones, also when the program is stopped half-way.
///
/// # Errors
///
/// The folder or the file cannot be written; the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    create_folder(folder)?;
    let beside = beside(path);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|cause| {
        // Whatever stands there is incomplete; if it cannot be removed either, the first fault is
        // still the one to report.
        let _ = fs::remove_file(&beside);
        Error::write(path, cause)
    })
}

/// Makes a folder and those it stands in, as far as they are missing.
///
/// # Errors
///
/// It cannot be made, or a file has its name.
pub fn create_folder(folder: &Path) -> Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    // Others may make the same folder at the same moment: only what comes of it tells.
    fs::create_dir_all(folder).map_err(|cause| match folder.is_file() {
        true => {
            let message = format!("cannot write into `{}`: it is a file", folder.display());
            Error::new(message).with_hint("name a folder; it is made if it is missing")
        }
        false => Error::write(folder, cause),
    })
}

/// The name the bytes have until they are complete; another one for every running program.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.tmp-{}", process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_make_a_folder_at_once() {
        let desk = tempfile::tempdir().expect("there is a temporary folder");
        for round in 0..200 {
            let folder = desk.path().join(format!("{round}/deck"));
            std::thread::scope(|scope| {
                let all = [(); 4].map(|()| scope.spawn(|| create_folder(&folder)));
                for one in all {
                    one.join().expect("it ends").expect("it is made");
                }
            });
        }
    }

    #[test]
    fn a_file_is_replaced_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let path = folder.path().join("a/b.txt");
        write(&path, b"one").expect("it is written");
        write(&path, b"two").expect("it is replaced");
        assert_eq!(fs::read(&path).expect("it is there"), b"two");
        let names: Vec<_> = fs::read_dir(folder.path().join("a"))
            .expect("the folder is there")
            .map(|entry| entry.expect("it can be read").file_name())
            .collect();
        assert_eq!(names, ["b.txt"]);
    }

    #[test]
    fn what_stands_in_the_way_is_left_alone() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let file = folder.path().join("file");
        fs::write(&file, "mine").expect("it is written");
        let error = write(&file.join("a.txt"), b"new").expect_err("a file is no folder");
        assert!(error.to_string().ends_with("it is a file"), "{error}");
        let taken = folder.path().join("folder");
        fs::create_dir(&taken).expect("it is made");
        fs::write(taken.join("mine"), "mine").expect("it is written");
        write(&taken, b"new").expect_err("a folder is no file");
        let left = fs::read_dir(folder.path()).expect("it is there").count();
        assert_eq!(left, 2, "nothing is left beside them");
    }
}
