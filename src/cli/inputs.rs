//! Finds the files that the arguments mean.
//!
//! In: paths as people typed them. Out: articles and decks, each once, those of a folder in the
//! order of their paths; or why there are none.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::args::From;
use crate::deck;
use crate::error::{Error, Result};

/// How deep folders within a folder are looked into; a guard against folders without end.
const DEEPEST_FOLDER: usize = 16;

const ARTICLES: &[&str] = &["txt", "md", "markdown", "html", "htm", "xhtml"];
const ENDINGS: &str = "articles end in .txt, .md or .html, decks in .yaml, tables in .csv, .xlsx or .jsonl; or say --from";

/// Endings that stand for cards only where a file is named: programs keep all sorts of things in
/// them, this one its manifest.
const ONLY_NAMED: &[&str] = &["json", "toml"];

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it holds.
    pub kind: Kind,
    /// Where it is.
    pub path: PathBuf,
    /// What to call it in results: its path below the folder that was given, with `/` on every
    /// system.
    pub name: String,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An article.
    Article,
    /// A deck or a table.
    Deck(deck::Format),
    /// An article on standard input.
    Pipe,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// The folder for the results, which is not looked into.
    pub out: Option<&'a Path>,
    /// What files that are named are, whatever their ending.
    pub from: Option<From>,
}

impl Request<'_> {
    fn kind(&self, path: &Path) -> Option<Kind> {
        match self.from {
            None => kind(path),
            Some(From::Txt | From::Md | From::Html) => Some(Kind::Article),
            Some(From::Csv) => Some(Kind::Deck(deck::Format::Csv)),
            Some(From::Xlsx) => Some(Kind::Deck(deck::Format::Xlsx)),
            Some(From::Json) => Some(Kind::Deck(deck::Format::Json)),
            Some(From::Jsonl) => Some(Kind::Deck(deck::Format::Jsonl)),
            Some(From::Yaml) => Some(Kind::Deck(deck::Format::Yaml)),
            Some(From::Toml) => Some(Kind::Deck(deck::Format::Toml)),
        }
    }
}

/// The files of one argument.
///
/// Hidden files, files with other endings, links to folders and the folder `out` are passed over
/// within a folder.
///
/// # Errors
///
/// There is nothing there, or nothing that can be read as an article or a deck.
pub fn find(path: &Path, request: Request<'_>) -> Result<Vec<File>> {
    if path == Path::new("-") {
        let kind = request.from.and_then(|_| request.kind(path));
        return Ok(vec![File {
            kind: kind
                .filter(|kind| *kind != Kind::Article)
                .unwrap_or(Kind::Pipe),
            path: path.to_owned(),
            name: "-".to_owned(),
        }]);
    }
    let about = fs::metadata(path).map_err(|cause| missing(path, cause))?;
    if !about.is_dir() {
        let name = path.file_name().unwrap_or_default();
        let kind = request.kind(path).ok_or_else(|| unknown(path))?;
        return Ok(vec![File {
            kind,
            path: path.to_owned(),
            name: name.to_string_lossy().into_owned(),
        }]);
    }
    let out = request.out.and_then(|out| out.canonicalize().ok());
    let mut files = Vec::new();
    collect(path, "", DEEPEST_FOLDER, out.as_deref(), &mut files)?;
    if files.is_empty() {
        let message = format!("there are no articles or decks in `{}`", path.display());
        return Err(Error::new(message).with_hint(ENDINGS));
    }
    Ok(files)
}

/// The files of all arguments, each once, and what is wrong with the arguments.
#[must_use]
pub fn find_all(paths: &[PathBuf], request: Request<'_>) -> (Vec<File>, Vec<Error>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for path in paths {
        match find(path, request) {
            Ok(found) => files.extend(found.into_iter().filter(|file| {
                let same = file
                    .path
                    .canonicalize()
                    .unwrap_or_else(|_| file.path.clone());
                seen.insert(same)
            })),
            Err(error) => errors.push(error),
        }
    }
    (files, errors)
}

fn collect(
    folder: &Path,
    name: &str,
    depth: usize,
    out: Option<&Path>,
    files: &mut Vec<File>,
) -> Result<()> {
    let read = |cause| Error::read(folder, cause);
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        let is_folder = entry.file_type().map_err(read)?.is_dir();
        entries.push((entry.file_name(), is_folder));
    }
    entries.sort();
    for (entry, is_folder) in entries {
        // `story.txt` is how people call a file of the folder they are in, not `./story.txt`.
        let path = match folder == Path::new(".") {
            true => PathBuf::from(&entry),
            false => folder.join(&entry),
        };
        let entry = entry.to_string_lossy();
        let name = format!("{name}{entry}");
        if entry.starts_with('.') || is_about_the_folder(&entry) {
            continue;
        }
        if !is_folder {
            let is_named =
                |ending: &str| ONLY_NAMED.contains(&ending.to_ascii_lowercase().as_str());
            let ending = path.extension().and_then(|ending| ending.to_str());
            if !ending.is_some_and(is_named) {
                files.extend(kind(&path).map(|kind| File { kind, path, name }));
            }
        } else if depth > 0 && path.canonicalize().ok().as_deref() != out {
            collect(&path, &format!("{name}/"), depth - 1, out, files)?;
        }
    }
    Ok(())
}

/// A note about a folder is not one of its articles; named by itself it is read like any file.
fn is_about_the_folder(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    matches!(
        stem.as_str(),
        "readme" | "license" | "licence" | "changelog" | "contributing"
    )
}

fn kind(path: &Path) -> Option<Kind> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    if ARTICLES.contains(&ending.as_str()) {
        return Some(Kind::Article);
    }
    deck::Format::from_ending(&ending).map(Kind::Deck)
}

/// The path cannot be looked at; most often it is misspelt.
fn missing(path: &Path, cause: std::io::Error) -> Error {
    let is_missing = cause.kind() == std::io::ErrorKind::NotFound;
    let error = Error::read(path, cause);
    if !is_missing {
        return error;
    }
    match similar(path) {
        Some(similar) => error.with_hint(format!("did you mean `{}`?", similar.display())),
        None => error.with_hint("look for slips in the name, or give the full path"),
    }
}

/// The file beside it with the most similar name.
fn similar(path: &Path) -> Option<PathBuf> {
    let wanted = path.file_name()?.to_string_lossy().to_lowercase();
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let mut names: Vec<_> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|e| e.file_name())
        .collect();
    names.sort();
    let likeness = |name: &std::ffi::OsString| {
        strsim::jaro_winkler(&name.to_string_lossy().to_lowercase(), &wanted)
    };
    let best = names
        .into_iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(&best) > 0.85).then(|| path.with_file_name(best))
}

fn unknown(path: &Path) -> Error {
    let message = format!("cannot tell what `{}` is from its ending", path.display());
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    Error::new(message).with_hint(match ending.to_str() {
        Some("xls" | "xlsb" | "ods" | "numbers") => "save the table as CSV UTF-8 or .xlsx",
        Some("docx" | "doc" | "odt" | "rtf" | "pdf") => "save its text as .txt, in UTF-8",
        _ => ENDINGS,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it is made");
            fs::write(path, "").expect("it is written");
        }
        folder
    }

    #[test]
    fn a_folder_is_its_articles_and_decks_in_order() {
        let files = [
            "b.md",
            "a/z.TXT",
            "README.md",
            "c.yaml",
            "d.csv",
            "manifest.json",
            ".git/x.md",
            "p.png",
            "output/story/x.md",
            "A.txt",
        ];
        let folder = folder(&files);
        let found = find(
            folder.path(),
            Request {
                out: Some(&folder.path().join("output")),
                from: None,
            },
        )
        .expect("some");
        let names: Vec<_> = found.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["A.txt", "a/z.TXT", "b.md", "c.yaml", "d.csv"]);
    }

    #[test]
    fn a_file_named_twice_is_read_once() {
        let folder = folder(&["a.txt", "b.txt"]);
        let paths = [folder.path().join("b.txt"), folder.path().to_owned()];
        let (files, errors) = find_all(&paths, Request::default());
        let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["b.txt", "a.txt"]);
        assert!(errors.is_empty());
    }

    #[test]
    fn what_cannot_be_read_comes_with_a_way_out() {
        let folder = folder(&["story.txt", "photo.jpg", "report.pdf", "empty/photo.png"]);
        let case = |name: &str, expected: &str, hint: &str| {
            let path = folder.path().join(name);
            let error = find(&path, Request::default()).expect_err("it is refused");
            let root = format!("{}/", folder.path().display());
            assert_eq!(error.to_string().replace(&root, ""), expected);
            assert_eq!(
                error.hint().map(|hint| hint.replace(&root, "")).as_deref(),
                Some(hint)
            );
        };
        case(
            "stroy.txt",
            "cannot read `stroy.txt`: no such file or folder",
            "did you mean `story.txt`?",
        );
        case(
            "x",
            "cannot read `x`: no such file or folder",
            "look for slips in the name, or give the full path",
        );
        case(
            "photo.jpg",
            "cannot tell what `photo.jpg` is from its ending",
            ENDINGS,
        );
        case(
            "report.pdf",
            "cannot tell what `report.pdf` is from its ending",
            "save its text as .txt, in UTF-8",
        );
        case(
            "empty",
            "there are no articles or decks in `empty`",
            ENDINGS,
        );
    }
}
