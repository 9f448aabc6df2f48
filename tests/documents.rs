//! Carousels bound to one file, from the command line.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const DECK: &str = "\
lang: en
shared: { title: The last bus, brand: The Valley Post }
cards:
  - { id: wait, kind: quote, quote: We wait for them., speaker: Agneta Rowe }
  - { id: run, kind: quote, quote: Nobody has to run any more., speaker: Agneta Rowe }
";

fn render(folder: &Path, arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .current_dir(folder)
        .args(["render", "deck.yaml", "--out", "out"])
        .args(arguments.split_whitespace())
        .output()
        .expect("the program starts")
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder.join("out/deck")).expect("there are pictures");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("it is read").file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(desk.path().join("deck.yaml"), DECK).expect("it is written");
    desk
}

const BOUND: &str = "out/deck/deck--document.pdf";

#[test]
fn the_slides_of_a_carousel_are_pages_of_one_document() {
    let desk = desk();
    let ran = render(desk.path(), "--carousel --for document");
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{ran:?}");
    assert!(told.contains("document of 4 pages"), "{told}");
    let slides = ["1-cover", "2-wait", "3-run", "4-end"];
    let mut expected = slides
        .map(|slide| format!("{slide}--document.png"))
        .to_vec();
    expected.push("deck--document.pdf".to_owned());
    assert_eq!(files(desk.path()), expected);
    let bound = fs::read(desk.path().join(BOUND)).expect("it is there");
    assert!(bound.starts_with(b"%PDF-"));
    for (file, page) in expected.iter().zip(slides) {
        let picture = fs::read(desk.path().join("out/deck").join(file)).expect("it is there");
        let data = picture
            .windows(4)
            .position(|found| found == b"IDAT")
            .expect("it has pixels");
        let start = &picture[data + 4..data + 68];
        assert!(bound.windows(64).any(|found| found == start), "{page}");
    }
    let manifest = fs::read(desk.path().join("out/manifest.json")).expect("it is there");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("it is JSON");
    let document = &manifest["documents"][0];
    assert_eq!(document["file"], "deck/deck--document.pdf");
    assert_eq!(document["pages"].as_array().map(Vec::len), Some(4));
    let sheet = fs::read_to_string(desk.path().join("out/index.html")).expect("it is there");
    assert!(sheet.contains("href=\"deck/deck--document.pdf\""));
}

#[test]
fn a_document_is_made_again_only_if_a_page_is_another() {
    let desk = desk();
    let bound = || {
        fs::metadata(desk.path().join(BOUND))
            .expect("it is there")
            .modified()
            .ok()
    };
    render(desk.path(), "--carousel --for document");
    let first = bound();
    render(desk.path(), "--carousel --for document");
    assert_eq!(bound(), first);
    fs::remove_file(desk.path().join(BOUND)).expect("it is there");
    render(desk.path(), "--carousel --for document");
    let second = bound();
    assert_ne!(second, first);
    let other = DECK.replace("Nobody has", "Nobody here has");
    fs::write(desk.path().join("deck.yaml"), other).expect("it is written");
    render(desk.path(), "--carousel --for document");
    assert_ne!(bound(), second);
    let ran = render(desk.path(), "--carousel --for portrait");
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(
        told.contains("deck/deck--document.pdf"),
        "it is left alone: {told}"
    );
    render(desk.path(), "--carousel --for portrait --prune");
    assert!(!desk.path().join(BOUND).exists());
}

#[test]
fn a_document_with_a_page_missing_is_not_made() {
    let desk = desk();
    let long = "for them and for everybody else who has a shift that ends at ten ".repeat(20);
    let deck = DECK.replace("We wait for them.", &format!("We wait {long}."));
    fs::write(desk.path().join("deck.yaml"), deck).expect("it is written");
    let ran = render(desk.path(), "--carousel --for document");
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{told}");
    assert!(told.contains("document-incomplete"), "{told}");
    assert!(told.contains("the first is `2-wait`"), "{told}");
    assert!(!desk.path().join(BOUND).exists());
}

#[test]
fn in_a_group_documents_are_for_slides() {
    let desk = desk();
    render(desk.path(), "--for linkedin");
    let names = files(desk.path());
    assert!(
        names.contains(&"wait--link-card.png".to_owned()),
        "{names:?}"
    );
    assert!(
        !names.iter().any(|name| name.contains("--document")),
        "{names:?}"
    );
    fs::remove_dir_all(desk.path().join("out")).expect("it is there");
    render(desk.path(), "--carousel --for linkedin");
    let names = files(desk.path());
    assert!(
        names.contains(&"deck--document.pdf".to_owned()),
        "{names:?}"
    );
}

#[test]
fn any_platform_may_be_bound() {
    let desk = desk();
    let ran = render(desk.path(), "--for square --type pdf");
    assert!(ran.status.success(), "{ran:?}");
    let expected = ["deck--square.pdf", "run--square.png", "wait--square.png"];
    assert_eq!(files(desk.path()), expected);
}

#[test]
fn the_manifest_names_the_template_of_every_page() {
    let desk = desk();
    render(desk.path(), "--carousel --for document");
    let manifest = fs::read(desk.path().join("out/manifest.json")).expect("it is there");
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).expect("it is JSON");
    let images = manifest["images"].as_array().expect("a list of images");
    let named = images
        .iter()
        .map(|image| image["template"]["name"].as_str());
    let expected = ["cover", "quote", "quote", "end"];
    let expected = expected.map(|step| format!("carousel-{step}/portrait.svg"));
    let expected: Vec<_> = expected.iter().map(|name| Some(name.as_str())).collect();
    assert_eq!(named.collect::<Vec<_>>(), expected);
}
