//! Holds every `crate::` path in `src/` to the table of who may use whom.
//!
//! The same table stands in ARCHITECTURE.md, between `<!-- imports -->` and `<!-- /imports -->`;
//! this file holds the two together. A change to the table is a change of the architecture.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every module and what it may use besides the foundations, in the order of the pipeline.
const TABLE: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("error", &[]),
    ("spool", &[]),
    ("diagnostic", &[]),
    ("article", &[]),
    ("extract", &["article"]),
    ("deck", &["article", "extract"]),
    ("design", &[]),
    ("text", &[]),
    ("photo", &[]),
    ("plan", &["deck", "design"]),
    ("compose", &["deck", "design", "photo", "plan", "text"]),
    ("raster", &["compose", "design", "text"]),
    ("check", &["article", "compose", "deck", "design", "raster"]),
    (
        "publish",
        &[
            "article", "compose", "deck", "design", "plan", "raster", "text",
        ],
    ),
    (
        "studio",
        &[
            "check", "compose", "deck", "design", "photo", "plan", "raster", "text",
        ],
    ),
    (
        "authoring",
        &[
            "check", "compose", "deck", "design", "photo", "plan", "raster", "studio", "text",
        ],
    ),
    (
        "cli",
        &[
            "article",
            "authoring",
            "check",
            "deck",
            "design",
            "extract",
            "plan",
            "publish",
            "studio",
        ],
    ),
];

/// What every module may use.
const FOUNDATIONS: &[&str] = &["diagnostic", "error", "geometry", "spool"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files of a folder and the folders in it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The modules named after `crate::` in a file, outside comments: `crate::deck::Card`,
/// `use crate::{extract, publish}`.
fn used(source: &str) -> BTreeSet<String> {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let code: Vec<&str> = source.lines().filter(is_code).collect();
    let code = code.join("\n");
    let mut used = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        match rest.strip_prefix('{') {
            Some(list) => used.extend(first_names(list)),
            None => used.extend(first_name(rest)),
        }
    }
    used
}

/// The first part of each path of a list in braces.
fn first_names(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.extend(first_name(list[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.extend(first_name(list[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn first_name(path: &str) -> Option<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = path.split(|c| !is_name(c)).next()?;
    // `crate::Error` and `crate::Studio` are other names of what is in the modules.
    Some(match name {
        "Error" | "Result" => "error".to_owned(),
        "Rendered" | "Studio" => "studio".to_owned(),
        name => name.to_owned(),
    })
    .filter(|name| !name.is_empty())
}

/// The module a file is part of: the first part of its path below `src`.
fn module(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).expect("it is in src");
    let first = below
        .iter()
        .next()
        .expect("it has a name")
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn no_module_uses_what_it_may_not() {
    let table: BTreeMap<_, _> = TABLE.iter().copied().collect();
    let mut faults = Vec::new();
    for path in sources(&root().join("src")) {
        let module = module(&path);
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let name = path
            .strip_prefix(root())
            .expect("it is in the project")
            .display();
        let Some(allowed) = table.get(module.as_str()) else {
            faults.push(format!("{name}: `{module}` is not in the table"));
            continue;
        };
        let source = fs::read_to_string(&path).expect("it can be read");
        for other in used(&source) {
            let may = other == module
                || FOUNDATIONS.contains(&other.as_str())
                || allowed.contains(&other.as_str());
            if !may {
                faults.push(format!("{name}: `{module}` may not use `{other}`"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_allowed_is_used() {
    let mut unused: BTreeSet<(&str, &str)> = TABLE
        .iter()
        .flat_map(|(module, others)| others.iter().map(move |other| (*module, *other)))
        .collect();
    for path in sources(&root().join("src")) {
        let (module, source) = (
            module(&path),
            fs::read_to_string(&path).expect("it can be read"),
        );
        for other in used(&source) {
            unused.retain(|pair| *pair != (module.as_str(), other.as_str()));
        }
    }
    assert_eq!(unused, BTreeSet::new(), "take them out of the table");
}

#[test]
fn the_pipeline_has_no_way_back() {
    let mut before: Vec<&str> = Vec::new();
    for (module, others) in TABLE {
        for other in *others {
            assert!(
                before.contains(other),
                "`{module}` uses `{other}`, which comes later"
            );
        }
        before.push(module);
    }
}

#[test]
fn the_document_has_the_same_table() {
    let row = |(module, others): &(&str, &[&str])| {
        let others: Vec<_> = others.iter().map(|other| format!("`{other}`")).collect();
        format!("| `{module}` | {} |\n", others.join(", "))
    };
    let rows: String = TABLE.iter().map(row).collect();
    let foundations: Vec<_> = FOUNDATIONS.iter().map(|name| format!("`{name}`")).collect();
    let expected = format!(
        "\nEvery module may use {}. Besides:\n\n| module | may use |\n| --- | --- |\n{rows}\n",
        foundations.join(", ")
    );
    let document = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it can be read");
    let marked = document.split_once("<!-- imports -->\n");
    let (_, rest) = marked.expect("the table begins with a mark");
    let (table, _) = rest
        .split_once("<!-- /imports -->")
        .expect("it ends with one");
    assert_eq!(table, expected, "the table is to be:\n{expected}");
}

#[test]
fn paths_are_found_however_they_are_written() {
    let source = "// crate::cli\nuse crate::deck::Card;\nuse crate::{extract, text::{self, Fonts}};\n\
                  fn f() -> crate::Result<()> { crate::plan::x() }";
    let names: Vec<_> = used(source).into_iter().collect();
    assert_eq!(names, ["deck", "error", "extract", "plan", "text"]);
}
