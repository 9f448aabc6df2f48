//! The same input gives the same files, whatever the threads and wherever the program is started.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DECK: &str = "\
shared: {brand: Northlight}
cards:
  - {id: bees, quote: 'We count the bees, and then we count them again', speaker: Ines Okafor-Lind}
  - {id: trees, qualifier: over, figure: '45,000', label: trees planted, source: Garden census}
  - {id: spring, quote: The first spring we grew good neighbours, speaker: Tomás, theme: marigold}
  - {id: nobody, quote: Nobody said this}
";

const STORY: &str = "\
The first spring

“We count the bees, and then we count them again,” said Ines Okafor-Lind.

According to the garden census, neighbours planted over 45,000 trees in two years.
";

/// Runs `render` and gives everything it wrote and said.
fn render(here: &Path, inputs: &[&str], out: &Path, jobs: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let output = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .current_dir(here)
        .arg("render")
        .args(inputs)
        .args(["--jobs", jobs, "--quiet", "--out"])
        .arg(out)
        .output()
        .expect("it starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut files = BTreeMap::new();
    collect(out, out, &mut files);
    files
}

fn collect(folder: &Path, root: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            collect(&path, root, files);
        } else {
            let name = path.strip_prefix(root).expect("it is below").to_owned();
            files.insert(name, fs::read(&path).expect("it can be read"));
        }
    }
}

#[track_caller]
fn assert_same(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) {
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    let differing: Vec<_> = one
        .iter()
        .filter(|(name, bytes)| other[*name] != **bytes)
        .collect();
    let names: Vec<_> = differing.into_iter().map(|(name, _)| name).collect();
    assert!(names.is_empty(), "these differ: {names:?}");
}

#[test]
fn files_depend_neither_on_threads_nor_on_the_working_folder() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let root = folder.path();
    fs::create_dir_all(root.join("campaign/articles")).expect("it is made");
    fs::create_dir_all(root.join("elsewhere")).expect("it is made");
    fs::write(root.join("campaign/deck.yaml"), DECK).expect("it is written");
    fs::write(root.join("campaign/articles/story.txt"), STORY).expect("it is written");

    let inputs = ["campaign/deck.yaml", "campaign/articles"];
    let one = render(root, &inputs, &root.join("one"), "1");
    let two = render(root, &inputs, &root.join("two"), "2");
    assert!(one.len() > 20, "{:?}", one.keys());
    assert_same(&one, &two);

    let inputs = ["../campaign/deck.yaml", "../campaign/articles"];
    let elsewhere = render(&root.join("elsewhere"), &inputs, &root.join("three"), "2");
    assert_same(&one, &elsewhere);

    let again = render(
        root,
        &["campaign/deck.yaml", "campaign/articles"],
        &root.join("one"),
        "2",
    );
    assert_same(&one, &again);
}
