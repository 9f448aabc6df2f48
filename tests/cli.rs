//! Runs the program as people do, and compares what it says and how it ends.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

const DECK: &str = "\
shared: {brand: Northlight, title: The first spring}
cards:
  - id: bees
    quote: We count the bees, and then we count them again
    speaker: Ines Okafor-Lind
    role: head gardener
  - id: trees
    qualifier: over
    figure: 45,000
    label: trees planted by neighbours
    source: Northlight garden census
  - id: later
    quote: Not this spring
    speaker: Ines Okafor-Lind
    status: rejected
";

/// A folder of its own for every test, and the program run in it.
struct Desk(tempfile::TempDir);

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().expect("there is a temporary folder"));
        for (name, text) in files {
            desk.write(name, text.as_bytes());
        }
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it is made");
        fs::write(path, bytes).expect("it is written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("it is there")
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.path());
        command
    }

    fn run(&self, arguments: &str) -> Ran {
        let output = self.command(arguments).output().expect("it starts");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("it is UTF-8"),
            err: String::from_utf8(output.stderr).expect("it is UTF-8"),
        }
    }

    /// Runs what cannot be done, and compares what is said.
    #[track_caller]
    fn refuses(&self, arguments: &str, expected: &str) {
        let ran = self.run(arguments);
        assert_eq!(ran.err.trim_end(), expected, "pullquote {arguments}");
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "pullquote {arguments}"
        );
    }

    /// Every file below a folder, sorted.
    fn files(&self, folder: &str) -> Vec<String> {
        fn collect(folder: &Path, root: &Path, files: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("the folder is there") {
                let path = entry.expect("it can be read").path();
                if path.is_dir() {
                    collect(&path, root, files);
                } else {
                    let below = path.strip_prefix(root).expect("it is below");
                    files.push(below.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        let (root, mut files) = (self.path().join(folder), Vec::new());
        collect(&root, &root, &mut files);
        files.sort();
        files
    }
}

#[test]
fn a_deck_becomes_pictures_a_manifest_and_a_contact_sheet() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    let ran = desk.run("render deck.yaml --platform og,square --out made/here");
    assert_eq!(ran.err, "");
    assert_eq!(
        ran.out,
        "4 images of 2 cards in made/here; 1 card left out as rejected\n\
         to see them all, open made/here/index.html\n"
    );
    assert_eq!(ran.code, Some(0));
    let expected = [
        ".pullquote/run.jsonl",
        ".pullquote/run.lock",
        "deck/bees--og.png",
        "deck/bees--square.png",
        "deck/trees--og.png",
        "deck/trees--square.png",
        "index.html",
        "manifest.json",
    ];
    assert_eq!(desk.files("made/here"), expected);
}

#[test]
fn the_manifest_says_what_every_image_is_and_was_made_from() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    desk.run("render deck.yaml --for square --theme marigold --quiet");
    let manifest: serde_json::Value =
        serde_json::from_str(&desk.read("output/manifest.json")).expect("it is JSON");
    let images = manifest["images"].as_array().expect("it is a list");
    assert_eq!(images.len(), 2);
    let image = &images[0];
    assert_eq!(image["file"], "deck/bees--square.png");
    assert_eq!(
        (&image["width"], &image["height"]),
        (&1080.into(), &1080.into())
    );
    assert_eq!(image["card"]["fields"]["speaker"], "Ines Okafor-Lind");
    assert_eq!(
        image["alt"],
        "Quotation card: “We count the bees, and then we count them again” — Ines Okafor-Lind, \
         head gardener. Northlight."
    );
    assert_eq!(image["theme"]["name"], "marigold");
    assert_eq!(image["template"]["name"], "quote/square.svg");
    let bytes = fs::read(desk.path().join("output/deck/bees--square.png")).expect("it is there");
    assert_eq!(image["bytes"], bytes.len());
    assert_eq!(
        manifest["fonts"].as_array().expect("it is a list").len(),
        20
    );
    for input in ["deck", "template", "theme"] {
        let hash = image[input]["sha256"].as_str().expect("it is a string");
        assert_eq!(hash.len(), 64, "{input}");
    }
}

#[test]
fn the_contact_sheet_stands_alone_and_trusts_nothing() {
    let deck = "lang: en-GB\ncards:\n  - id: a\n    quote: \"<script>alert('x')</script> & more\"\n    \
                speaker: '\"Tom\" <tom@example.org>'\n";
    let desk = Desk::new(&[("deck.yaml", deck)]);
    let ran = desk.run("render deck.yaml --for og");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let page = desk.read("output/index.html");
    assert!(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; more"));
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("class=\"words\" lang=\"en-GB\""));
    assert!(page.contains("src=\"deck/a--og.png\""));
    for outside in ["http:", "https:", "//cdn", "@import", "file:"] {
        assert!(!page.contains(outside), "the page has `{outside}`");
    }
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    let ran = desk.run("render deck.yaml --for og --quiet");
    assert_eq!(
        (ran.code, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "", "")
    );
}

#[test]
fn a_card_that_does_not_fit_leaves_the_others_standing() {
    let long = "We count the bees and then we count them again. ".repeat(20);
    let deck = format!("{DECK}  - id: long\n    speaker: Ines\n    quote: {long}\n");
    let desk = Desk::new(&[("deck.yaml", &deck)]);
    let plan = desk.run("render deck.yaml --for og --dry-run");
    assert!(
        plan.out
            .ends_with("2 images to make, 0 unchanged, 1 not possible\n"),
        "{}",
        plan.out
    );
    let ran = desk.run("render deck.yaml --for og");
    assert_eq!(
        (plan.code, &plan.err),
        (Some(1), &ran.err),
        "it is known before"
    );
    assert!(
        ran.err
            .starts_with("error[text-overflow]: the quote needs "),
        "{}",
        ran.err
    );
    assert!(
        ran.err
            .contains("\n  --> deck.yaml:16:5 (card `long`, platform `og`, field `quote`)\n"),
        "{}",
        ran.err
    );
    assert!(ran.err.ends_with("\n1 error\n"), "{}", ran.err);
    assert!(
        ran.out
            .starts_with("2 images of 2 cards in output; 1 image not made; "),
        "{}",
        ran.out
    );
    assert_eq!(ran.code, Some(1));
    let expected = [
        ".pullquote/run.jsonl",
        ".pullquote/run.lock",
        "deck/bees--og.png",
        "deck/trees--og.png",
        "index.html",
        "manifest.json",
    ];
    assert_eq!(desk.files("output"), expected);
    assert!(
        desk.read("output/index.html")
            .contains("class=\"missing\">the quote needs ")
    );
}

#[test]
fn check_finds_the_same_and_writes_nothing() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    let ran = desk.run("check deck.yaml");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, "no errors in 2 cards, 8 images\n");
    desk.write("lost.yaml", b"cards: [{id: a, quote: Plant a tree}]");
    let ran = desk.run("check lost.yaml");
    assert_eq!(ran.code, Some(0), "a warning is no error");
    assert!(
        ran.err.starts_with("warning[attribution-missing]: "),
        "{}",
        ran.err
    );
    assert_eq!(desk.files("."), ["deck.yaml", "lost.yaml"]);
}

#[test]
fn inputs_that_cannot_be_read_are_told_with_a_way_out() {
    let desk = Desk::new(&[
        ("story.txt", ""),
        ("photo.jpg", ""),
        ("empty/notes.docx", ""),
    ]);
    desk.refuses(
        "render stroy.txt",
        "error: cannot read `stroy.txt`: no such file or folder\n   \
         = help: did you mean `story.txt`?",
    );
    desk.refuses(
        "render photo.jpg",
        "error: cannot tell what `photo.jpg` is from its ending\n   \
         = help: articles end in .txt, .md or .html, decks in .yaml, tables in .csv, .xlsx or .jsonl; \
         or say --from",
    );
    desk.refuses(
        "check empty",
        "error: there are no articles or decks in `empty`\n   \
         = help: articles end in .txt, .md or .html, decks in .yaml, tables in .csv, .xlsx or .jsonl; \
         or say --from",
    );
}

#[test]
fn names_that_nobody_knows_are_told_before_any_work() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    desk.refuses(
        "render deck.yaml --theme newsprnt",
        "error: there is no theme `newsprnt`\n   = help: did you mean `newsprint`?",
    );
    desk.refuses(
        "render deck.yaml --platform og,sqare",
        "error: there is no platform `sqare`\n   = help: did you mean `square`?",
    );
    desk.refuses(
        "render deck.yaml --font-dir fonts",
        "error: cannot read `fonts`: no such file or folder",
    );
    desk.write(
        "slip.yaml",
        b"cards:\n  - quote: Plant\n    speeker: Ines\n",
    );
    let ran = desk.run("render slip.yaml");
    assert!(ran.err.starts_with("error: slip.yaml:3:5: "), "{}", ran.err);
    assert!(ran.err.contains("`speaker`"), "{}", ran.err);
    assert_eq!(ran.code, Some(2));
    assert_eq!(desk.files("."), ["deck.yaml", "slip.yaml"]);
}

#[test]
fn an_input_that_fails_does_not_stop_the_others() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    let ran = desk.run("render missing.txt deck.yaml --for og");
    assert!(
        ran.err.starts_with("error: cannot read `missing.txt`: "),
        "{}",
        ran.err
    );
    assert!(
        ran.out.starts_with("2 images of 2 cards in output; "),
        "{}",
        ran.out
    );
    assert_eq!(ran.code, Some(1));
}

#[test]
fn an_article_with_nothing_to_share_says_so() {
    let desk = Desk::new(&[("plain.txt", "Notes\n\nThey met (again) on 4 May.\n")]);
    for command in ["render", "check", "extract"] {
        let ran = desk.run(&format!("{command} plain.txt"));
        assert!(
            ran.err.starts_with(
                "warning[nothing-to-share]: the article has no quotation and no statistic that \
                 could stand alone\n  --> plain.txt\n   = help: cards are made of "
            ),
            "{command}: {}",
            ran.err
        );
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{command}");
    }
    assert_eq!(desk.files("."), ["plain.txt"]);
}

#[test]
fn a_deck_of_rejected_cards_makes_nothing() {
    let desk = Desk::new(&[(
        "deck.yaml",
        "cards: [{quote: Plant, speaker: Ines, status: rejected}]",
    )]);
    for command in ["render", "check"] {
        let ran = desk.run(&format!("{command} deck.yaml"));
        assert_eq!(ran.out, "nothing to do: every card is rejected\n");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command}");
    }
    assert_eq!(desk.files("."), ["deck.yaml"]);
}

#[test]
fn a_folder_for_pictures_must_be_a_folder() {
    let desk = Desk::new(&[("deck.yaml", DECK), ("out", "mine")]);
    desk.refuses(
        "render deck.yaml --out out",
        "error: cannot write into `out`: it is a file\n   \
         = help: name a folder; it is made if it is missing",
    );
    assert_eq!(desk.read("out"), "mine");
}

#[test]
fn a_second_run_replaces_what_it_makes_and_leaves_the_rest() {
    let desk = Desk::new(&[("deck.yaml", DECK), ("output/deck/bees--og.png", "old")]);
    desk.write("output/deck/gone--og.png", b"kept");
    desk.run("render deck.yaml --for og");
    assert_eq!(desk.read("output/deck/gone--og.png"), "kept");
    let made = fs::read(desk.path().join("output/deck/bees--og.png")).expect("it is there");
    assert!(made.starts_with(b"\x89PNG"));
    assert!(!desk.read("output/manifest.json").contains("gone"));
    assert!(!desk.read("output/index.html").contains("gone"));
}

#[test]
fn a_deck_that_people_may_have_edited_is_never_replaced() {
    let story = "The garden\n\n“We count the bees every spring,” said Ines Okafor-Lind.\n";
    let desk = Desk::new(&[("articles/story.txt", story)]);
    let ran = desk.run("extract articles --out decks/deck.yaml");
    assert_eq!(ran.err, "");
    assert_eq!(
        ran.out,
        "1 card in decks/deck.yaml\nedit it, then: pullquote render decks/deck.yaml\n"
    );
    assert!(
        desk.read("decks/deck.yaml")
            .contains("../articles/story.txt")
    );
    let before = desk.read("decks/deck.yaml");
    let ran = desk.run("extract articles --out decks/deck.yaml");
    let kept = "decks/deck.yaml: 1 card kept with all that was edited\n";
    assert_eq!(
        (ran.out.as_str(), desk.read("decks/deck.yaml")),
        (kept, before)
    );
    desk.refuses(
        "extract articles --format jsonl --out decks/deck.yaml",
        "error: `decks/deck.yaml` is there already\n   \
         = help: give another name, or remove it first",
    );
    let ran = desk.run("check decks/deck.yaml");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(0), ""),
        "the article is found again"
    );
    assert_eq!(desk.run("extract articles/story.txt").out, {
        desk.run("extract articles/story.txt --out deck.yaml");
        desk.read("deck.yaml")
    });
}

#[test]
fn extract_explains_what_it_found_and_by_which_rule() {
    let story = "The garden\n\n“We count the bees every spring,” said Ines Okafor-Lind.\n";
    let desk = Desk::new(&[("story.txt", story)]);
    let ran = desk.run("extract story.txt --explain");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for part in [
        "We count the bees every spring,",
        "said Ines Okafor-Lind",
        "rule verb-subject",
        "right in ",
        "names-its-speaker",
    ] {
        assert!(ran.out.contains(part), "{part} in {}", ran.out);
    }
    let ran = desk.run("extract --rules");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("subject-verb"), "{}", ran.out);
}

#[test]
fn an_edited_deck_is_brought_up_to_date_with_its_article() {
    let first = "The garden\n\n“We count the bees every spring,” said Ines Okafor-Lind.\n\n\
                 The garden fed 4,200 people last year.\n";
    let desk = Desk::new(&[("story.txt", first)]);
    desk.run("extract story.txt --out deck.yaml");
    let edited = desk
        .read("deck.yaml")
        .replace("proposed", "approved # by Ana");
    desk.write("deck.yaml", edited.as_bytes());
    let second = "The garden\n\n“We count the bees every spring,” said Ines Okafor-Lind.\n\n\
                  The garden fed 4,300 people last year.\n\n“Nobody went home before dark,” said \
                  Tarek Bello.\n";
    desk.write("story.txt", second.as_bytes());
    let ran = desk.run("extract story.txt --out deck.yaml");
    assert_eq!(
        ran.out,
        "deck.yaml: 2 cards kept with all that was edited\n  \
         1 new: nobody-went-home-before-dark\n  \
         1 stale: the article has changed: 4-200-people\n"
    );
    let deck = desk.read("deck.yaml");
    assert_eq!(
        deck.matches("status: approved # by Ana").count(),
        2,
        "{deck}"
    );
    assert!(deck.contains("stale: \"the figure says “4,200”"), "{deck}");
    let ran = desk.run("extract story.txt --out deck.yaml");
    assert_eq!(
        ran.out,
        "deck.yaml: 3 cards kept with all that was edited\n"
    );
}

/// A text as UTF-16 with its mark.
fn utf16(text: &str) -> Vec<u8> {
    let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

#[test]
fn spans_are_bytes_of_the_file_whatever_its_encoding() {
    let text = "Der Garten\n\n„Wir zählen die Bienen jeden Frühling“, sagte die Gärtnerin Inês \
                Okafor.\n\nDer Garten ernährte im letzten Jahr 4200 Menschen.\n";
    let quote = "Wir zählen die Bienen jeden Frühling";
    let desk = Desk::new(&[]);
    desk.write("garten.txt", &utf16(text));
    let ran = desk.run("extract garten.txt --format jsonl");
    let record: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!(record["encoding"], "UTF-16LE");
    assert_eq!(record["quotes"][0]["text"], quote);
    let offset = |json: &serde_json::Value| json.as_u64().expect("it is a number") as usize;
    let span = &record["quotes"][0]["spans"][0];
    let start = utf16(&text[..text.find(quote).expect("it is there")]).len();
    let end = start + 2 * quote.chars().count();
    assert_eq!((offset(&span[0]), offset(&span[1])), (start, end));

    desk.run("extract garten.txt --out deck.yaml");
    let deck = desk.read("deck.yaml");
    assert!(deck.contains(&format!("quote: {start}-{end}")), "{deck}");
    let fits = "deck.yaml: 3 cards kept with all that was edited\n";
    assert_eq!(desk.run("extract garten.txt --out deck.yaml").out, fits);
    assert_eq!(desk.read("deck.yaml"), deck);
    assert_eq!(desk.run("check deck.yaml --quiet").code, Some(0));

    desk.run("render garten.txt --for square --quiet");
    let manifest: serde_json::Value =
        serde_json::from_str(&desk.read("output/manifest.json")).expect("it is JSON");
    let hash = Sha256::digest(utf16(text));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(manifest["images"][0]["article"]["sha256"], hash);

    // A deck with the places of the words in UTF-8, as they once were written.
    let at = text.find(quote).expect("it is there");
    let places = format!("quote: {at}-{}", at + quote.len());
    let old = deck.replace(&format!("quote: {start}-{end}"), &places);
    desk.write("deck.yaml", old.as_bytes());
    assert_eq!(desk.run("check deck.yaml --quiet").code, Some(0));
    assert_eq!(desk.run("extract garten.txt --out deck.yaml").out, fits);
    assert_eq!(desk.read("deck.yaml"), deck);
}

#[test]
fn candidates_are_chosen_by_kind_speaker_and_score() {
    let story = "The garden\n\n“We count the bees every spring,” said Ines Okafor-Lind.\n\n\
                 “Nobody went home before dark,” said Tarek Bello.\n\n\
                 The garden fed 4,200 people last year.\n";
    let desk = Desk::new(&[("story.txt", story)]);
    let count = |flags: &str| {
        desk.run(&format!("extract story.txt {flags}"))
            .out
            .matches("- id:")
            .count()
    };
    assert_eq!(count(""), 3);
    assert_eq!(count("--kind quote"), 2);
    assert_eq!(count("--kind statistic"), 1);
    assert_eq!(count("--speaker bello"), 1);
    assert_eq!(count("--min-score 99"), 0);
    assert_eq!(count("--max 1"), 1);
}

#[test]
fn an_article_may_come_through_a_pipe() {
    let desk = Desk::new(&[]);
    let mut command = desk.command("render - --for og");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let story = "The garden\n\n“We count the bees every spring,” said Ines Okafor-Lind.\n";
    let mut pipe = child.stdin.take().expect("it is piped");
    pipe.write_all(story.as_bytes()).expect("it reads");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    // A picture, two pages, records and their lock.
    assert_eq!(desk.files("output").len(), 5);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_fault() {
    let desk = Desk::new(&[]);
    let mut command = desk.command("--licenses");
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut first = [0; 9];
    child
        .stdout
        .take()
        .expect("it is piped")
        .read_exact(&mut first)
        .expect("it prints");
    assert_eq!(&first, b"== NOTICE");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn colours_are_for_terminals() {
    let desk = Desk::new(&[]);
    assert!(!desk.run("render x.txt").err.contains('\u{1b}'));
    let output = desk
        .command("render x.txt")
        .env("NO_COLOR", "1")
        .output()
        .expect("it starts");
    assert!(!output.stderr.contains(&0x1b));
}

#[test]
fn lists_and_licences_are_complete() {
    let desk = Desk::new(&[]);
    let templates = desk.run("templates").out;
    assert_eq!(desk.run("templates list").out, templates);
    for name in [
        "quote",
        "statistic",
        "landscape, square, portrait, story",
        "newsprint",
        "marigold",
    ] {
        assert!(templates.contains(name), "{name} is not in:\n{templates}");
    }
    let platforms = desk.run("platforms").out;
    for name in ["og", "square", "portrait", "story", "1200 × 630", "2026-11"] {
        assert!(platforms.contains(name), "{name} is not in:\n{platforms}");
    }
    let licenses = desk.run("--licenses").out;
    assert_eq!(
        licenses
            .matches("SIL OPEN FONT LICENSE Version 1.1")
            .count(),
        8
    );
    assert!(licenses.contains("Apache License"));
}

#[test]
fn usage_that_cannot_be_understood_ends_with_2() {
    let desk = Desk::new(&[]);
    for arguments in [
        "",
        "render",
        "rendr a.txt",
        "render a.txt --jobs 0",
        "extract a --format x",
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, Some(2), "pullquote {arguments}");
        assert!(
            ran.err.contains("Usage:") || ran.err.contains("--help"),
            "{}",
            ran.err
        );
    }
    for arguments in ["--help", "render --help", "--version"] {
        let ran = desk.run(arguments);
        assert_eq!(
            (ran.code, ran.err.as_str()),
            (Some(0), ""),
            "pullquote {arguments}"
        );
    }
}

#[test]
fn a_table_is_rendered_row_by_row() {
    let table = "\u{feff}id;Zitat;Name\n1;We count the bees;Ines Okafor-Lind\n;;\n;x;;;;y\n3;Water first;Ines\n";
    let desk = Desk::new(&[("spring.csv", table)]);
    let ran = desk.run("render spring.csv --platform square --out made");
    let expected = "error[row-skipped]: the row has 6 cells, the header 3\n  --> spring.csv:4:4\n";
    assert!(ran.err.contains(expected), "{}", ran.err);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.out.starts_with("2 images of 2 cards in made\n"),
        "{}",
        ran.out
    );
    let strict = desk.run("render spring.csv --platform square --out strict --strict");
    assert_eq!((strict.code, strict.out.as_str()), (Some(2), ""));
    assert!(!desk.path().join("strict").exists());
    let mut piped = desk.command("render - --from jsonl --platform square --out piped");
    let mut piped = piped
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let rows =
        b"{\"quote\": \"We count the bees\", \"speaker\": \"Ines Okafor-Lind\", \"id\": \"1\"}\n";
    piped
        .stdin
        .take()
        .expect("it is piped")
        .write_all(rows)
        .expect("it is read");
    assert!(piped.wait().expect("it ends").success());
    let picture = |name: &str| fs::read(desk.path().join(name)).expect("it is there");
    assert_eq!(
        picture("piped/cards/1--square.png"),
        picture("made/spring/1--square.png")
    );
}

/// What a second run says after a change.
#[track_caller]
fn says(desk: &Desk, arguments: &str, expected: &str) {
    let ran = desk.run(&format!(
        "render deck.yaml --platform og,square --out made {arguments}"
    ));
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (expected, ""));
}

const OPEN: &str = "to see them all, open made/index.html\n";
const REJECTED: &str = "; 1 card left out as rejected\n";

#[test]
fn only_what_has_changed_is_made_again() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    says(
        &desk,
        "",
        &format!("4 images of 2 cards in made{REJECTED}{OPEN}"),
    );
    let unchanged = format!("4 images of 2 cards in made; 4 unchanged{REJECTED}{OPEN}");
    let times = || {
        let time = |file: &String| {
            let about = fs::metadata(desk.path().join("made").join(file)).expect("it is there");
            (file.clone(), about.modified().expect("it has a time"))
        };
        desk.files("made").iter().map(time).collect::<Vec<_>>()
    };
    says(&desk, "", &unchanged);
    let before = times();
    says(&desk, "", &unchanged);
    assert_eq!(
        times(),
        before,
        "nothing is written when nothing has changed"
    );
    // The words of one card.
    desk.write("deck.yaml", DECK.replace("again", "once more").as_bytes());
    says(
        &desk,
        "",
        &format!("4 images of 2 cards in made; 2 unchanged{REJECTED}{OPEN}"),
    );
    desk.write("deck.yaml", DECK.as_bytes());
    // Another theme is other pictures; --force makes all.
    let all = format!("4 images of 2 cards in made{REJECTED}{OPEN}");
    says(&desk, "--theme marigold", &all);
    says(&desk, "--theme marigold --force", &all);
    says(&desk, "", &all);
    // A picture that somebody changed, removed or cut off is made again.
    let path = desk.path().join("made/deck/bees--og.png");
    let whole = fs::read(&path).expect("it is there");
    let mut other = whole.clone();
    *other.last_mut().expect("it has bytes") ^= 1;
    for bytes in [Some(&other[..]), Some(&whole[..9]), None] {
        match bytes {
            Some(bytes) => fs::write(&path, bytes).expect("it is written"),
            None => fs::remove_file(&path).expect("it is removed"),
        }
        says(
            &desk,
            "",
            &format!("4 images of 2 cards in made; 3 unchanged{REJECTED}{OPEN}"),
        );
        assert_eq!(fs::read(&path).expect("it is there"), whole);
    }
    // What was made in pieces is what is made at once.
    let fresh = desk.run("render deck.yaml --platform og,square --out fresh --quiet");
    assert_eq!(fresh.code, Some(0));
    for file in desk.files("fresh") {
        let read = |folder: &str| fs::read(desk.path().join(folder).join(&file));
        assert_eq!(
            read("made").expect("it is there"),
            read("fresh").expect("it is"),
            "{file}"
        );
    }
}

#[test]
fn pictures_that_are_no_longer_wanted_are_listed_and_removed_only_if_asked() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    says(
        &desk,
        "",
        &format!("4 images of 2 cards in made{REJECTED}{OPEN}"),
    );
    let rejected = DECK.replace("    figure:", "    status: rejected\n    figure:");
    desk.write("deck.yaml", rejected.as_bytes());
    let less = "2 images of 1 card in made; 2 unchanged; 2 cards left out as rejected\n";
    let names = "  deck/trees--og.png\n  deck/trees--square.png\n";
    let left = "2 images of earlier runs left alone; --prune removes what is no longer wanted:\n";
    says(&desk, "", &format!("{less}{left}{names}{OPEN}"));
    says(&desk, "", &format!("{less}{left}{names}{OPEN}"));
    desk.write("made/deck/mine.png", b"not yours");
    desk.write("made/deck/trees--og.png", b"edited");
    let ran = desk.run("render deck.yaml --platform og,square --out made --prune");
    assert!(
        ran.out
            .contains("1 image of earlier runs removed:\n  deck/trees--square.png\n")
    );
    assert!(
        ran.out.contains("1 image of earlier runs left alone"),
        "{}",
        ran.out
    );
    let files = desk.files("made/deck");
    assert_eq!(
        files,
        [
            "bees--og.png",
            "bees--square.png",
            "mine.png",
            "trees--og.png"
        ]
    );
}

#[test]
fn a_dry_run_says_what_would_be_made_and_makes_nothing() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    let plan = "render deck.yaml --platform og --out made --name {card}-{row} --dry-run";
    let ran = desk.run(plan);
    assert_eq!(
        ran.out,
        "FILE         SIZE        TEMPLATE   THEME      STATE\n\
         bees-3.png   1200 × 630  quote      newsprint  make\n\
         trees-7.png  1200 × 630  statistic  newsprint  make\n\
         2 images to make, 0 unchanged\n"
    );
    assert!(!desk.path().join("made").exists());
    desk.run("render deck.yaml --platform og --out made --name {card}-{row} --quiet");
    assert!(
        desk.run(plan)
            .out
            .ends_with("0 images to make, 2 unchanged\n")
    );
    let json = desk.run(&format!("{plan} --format json")).out;
    assert!(
        json.starts_with("{\"file\":\"bees-3.png\",\"card\":\"bees\",\"row\":3,"),
        "{json}"
    );
}

#[test]
fn shards_joined_are_what_one_run_makes() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    let run = |arguments: &str| {
        let ran = desk.run(&format!(
            "{arguments} deck.yaml --platform og,square,story --quiet"
        ));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments}");
    };
    run("render --out whole");
    for shard in 1..=3 {
        run(&format!("render --out together --shard {shard}/3"));
        run(&format!("render --out apart-{shard} --shard {shard}/3"));
    }
    run("merge --out together");
    run("merge --out joined --part apart-1 --part apart-2 --part apart-3");
    let files = desk.files("whole");
    for folder in ["together", "joined"] {
        assert_eq!(desk.files(folder), files);
        for file in &files {
            let read = |folder: &str| fs::read(desk.path().join(folder).join(file));
            assert_eq!(
                read(folder).expect("it is there"),
                read("whole").expect("it is"),
                "{file}"
            );
        }
    }
    run("render --out part --shard 1/3");
    let ran = desk.run("merge --out part deck.yaml --platform og,square,story");
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("of 6 images are missing or out of date"),
        "{}",
        ran.err
    );
}

#[test]
fn programs_get_a_line_for_each_row_in_order() {
    let rows = "quote,id,speaker\nOne,a,Ines\n,b,\nThree,c,Ines\n";
    let desk = Desk::new(&[("bad.csv", "quote,id\n,x\n"), ("rows.csv", rows)]);
    let ran =
        desk.run("render bad.csv rows.csv --platform square --out made --no-index --format rows");
    let states: Vec<_> = ran
        .out
        .lines()
        .map(|line| &line[..line.find(",\"images").expect("it has")])
        .collect();
    let expected = [
        r#"{"row":2,"card":null,"state":"skipped""#,
        r#"{"row":2,"card":"a","state":"made""#,
        r#"{"row":3,"card":null,"state":"skipped""#,
        r#"{"row":4,"card":"c","state":"made""#,
    ];
    assert_eq!(states, expected);
    assert_eq!(
        desk.files("made"),
        ["rows/a--square.png", "rows/c--square.png"]
    );
    let ran = desk.run("render rows.csv --platform square --out made --format json");
    let types: Vec<_> = ran
        .out
        .lines()
        .map(|line| line.split('"').nth(3).expect("a type"))
        .collect();
    assert_eq!(types, ["plan", "image", "image", "problem", "done"]);
}

#[test]
fn an_exported_template_renders_and_is_not_replaced_by_accident() {
    let desk = Desk::new(&[("deck.yaml", DECK)]);
    let ran = desk.run("templates export quote my --theme cedar");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("my/square.svg\n"), "{}", ran.out);
    assert!(ran.out.contains("4 drawings and"), "{}", ran.out);
    assert!(
        desk.read("my/fonts/commissioner/OFL.txt")
            .contains("SIL OPEN FONT LICENSE")
    );
    // The same again changes nothing; another theme would.
    assert_eq!(
        desk.run("templates export quote my --theme cedar").code,
        Some(0)
    );
    let ran = desk.run("templates export quote my --theme cobalt");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("is there already"), "{}", ran.err);
    assert!(ran.err.contains("add --force"), "{}", ran.err);
    let ran = desk.run("templates check my");
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (Some(0), "no errors in 4 drawings\n")
    );
    let own = desk.run("render deck.yaml --template my --platform square --out own");
    assert_eq!(own.code, Some(0), "{}", own.err);
    let built_in = desk.run("render deck.yaml --theme cedar --platform square --out built-in");
    assert_eq!(built_in.code, Some(0), "{}", built_in.err);
    let picture = |folder: &str| {
        let path = desk.path().join(folder).join("deck/bees--square.png");
        fs::read(path).expect("it was made")
    };
    assert!(picture("own") == picture("built-in"));
    let ran = desk.run("templates export quote my --theme cobalt --force");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

#[test]
fn faults_of_a_template_are_told_with_line_and_column_and_a_way_out() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1080'>
<rect width='1080' height='1080' fill='#fff'/>
<text id='quote' x='90' y='400' font-family='Comissioner' font-size='60'>{{qoute}}</text>
</svg>";
    let desk = Desk::new(&[("card.svg", drawing)]);
    let ran = desk.run("templates check card.svg");
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.starts_with(
            "error[name-unknown]: `qoute` is not a field of a card\n  --> card.svg:3:1\n"
        ),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("help: did you mean `quote`?"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains(
            "error[font-unknown]: there is no font `Comissioner` 400\n  --> card.svg:3:1\n"
        ),
        "{}",
        ran.err
    );
    desk.refuses(
        "templates check gone.svg",
        "error: cannot read `gone.svg`: no such file or folder",
    );
}

#[test]
fn a_sheet_of_specimens_is_written_where_it_says() {
    let desk = Desk::new(&[]);
    let ran = desk.run("templates show title --text short");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(
        ran.out.starts_with("title-specimen.png: 4 cards, "),
        "{}",
        ran.out
    );
    let ran = desk.run("templates export ring ring --no-fonts");
    assert_eq!(ran.code, Some(0));
    let ran = desk.run("templates show ring --text medium,long -o sheets/ring.png");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.starts_with("sheets/ring.png: 8 cards, "),
        "{}",
        ran.out
    );
    let png = fs::read(desk.path().join("sheets/ring.png")).expect("it is there");
    assert!(png.starts_with(b"\x89PNG"));
    desk.refuses(
        "templates show rign",
        "error: there is no file, folder or template `rign`\n   = help: did you mean `ring`?",
    );
}

#[test]
fn a_brand_brings_its_logo() {
    let logo = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='60'>\
                <rect width='200' height='60' fill='#c0f'/></svg>";
    let css = ":root { --logo: url(art/logo.svg); }";
    let desk = Desk::new(&[("deck.yaml", DECK), ("look/brand.css", css)]);
    let ran = desk.run("render deck.yaml --brand look/brand.css --platform square");
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err
            .contains("look/brand.css:1:9: the logo of `--logo`: cannot read"),
        "{}",
        ran.err
    );
    desk.write("look/art/logo.svg", logo.as_bytes());
    let ran = desk.run("render deck.yaml --brand look/brand.css --platform square --out css");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = desk.run("render deck.yaml --logo look/art/logo.svg --platform square --out option");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let picture = |folder: &str| {
        let path = desk.path().join(folder).join("deck/bees--square.png");
        fs::read(path).expect("it was made")
    };
    assert!(picture("css") == picture("option"));
}
