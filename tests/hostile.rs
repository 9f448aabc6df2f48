//! Tables that are made to take long: each is read in a time that grows as the table does.
//!
//! Processor time is measured, which does not depend on what else the machine has to do, and the
//! sizes are such that the square of them would take a minute.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use pullquote::deck::{self, Deck, Format, Intake, Mapping};
use pullquote::plan::{self, Options, Pattern};
use pullquote::{Result, Studio};

/// The processor time of this thread; the time of the clock where the system does not tell.
fn now(start: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|text| text.split(' ').next()?.parse().ok());
    told.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Runs something that must not take long.
#[track_caller]
fn quickly<T>(run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let before = now(start);
    let value = run();
    let taken = now(start) - before;
    assert!(taken < Duration::from_secs(6), "it took {taken:?}");
    value
}

#[track_caller]
fn read(format: Format, bytes: &[u8]) -> Result<Intake> {
    let read = || deck::read_as(Path::new("table"), bytes, format, &Mapping::default());
    quickly(read)
}

/// The column in which an error stands, of a table in one line.
fn end(text: &str) -> String {
    format!("table:1:{}", text.chars().count())
}

#[test]
fn a_file_in_one_line() {
    let row = r#"{"quote":"Ça suffit, “they” said.","speaker":"A","role":"B"}"#;
    let rows = vec![row; 40_000].join(",");
    let text = format!(r#"[{rows},{{"quote":"q","quote":1}}]"#);
    let intake = read(Format::Json, text.as_bytes()).expect("it is a table");
    assert_eq!(intake.deck.cards.len(), 40_000);
    // The key that stands twice is three characters before the end.
    assert_eq!(
        intake.problems[0].place.column,
        Some(text.chars().count() - 2)
    );
    let values = vec!["\"é\""; 300_000].join(",");
    let text = format!("cards = [{values},");
    let error = read(Format::Toml, text.as_bytes()).expect_err("it has no end");
    assert!(
        error.to_string().starts_with("table:1:"),
        "{error} {}",
        end(&text)
    );
}

#[test]
fn a_file_of_many_lines() {
    let mut text = String::new();
    for card in 0..20_000 {
        let _ = writeln!(
            text,
            "[[cards]]\nid = \"c{card}\"\nquote = \"Nobody asks.\"\n"
        );
    }
    text += "[[cards]]\nquotation = \"x\"\n";
    let error = read(Format::Toml, text.as_bytes()).expect_err("no such key");
    assert!(error.to_string().starts_with("table:80002:1"), "{error}");
}

#[test]
fn many_keys() {
    let keys: String = (0..150_000).map(|n| format!(",\"k{n}\":1")).collect();
    let text = format!("[{{\"quote\":\"Nobody asks.\"{keys}}}]");
    let intake = read(Format::Json, text.as_bytes()).expect("it is a table");
    let told = &intake.problems[0].message;
    assert!(told.starts_with("150000 columns are not shown"), "{told}");
    assert!(told.len() < 200, "{told}");
    let row = |n| format!("{{\"quote\":\"Nobody asks.\",\"k{n}\":1}}\n");
    let text: String = (0..60_000).map(row).collect();
    let intake = read(Format::Jsonl, text.as_bytes()).expect("it is a table");
    assert_eq!(intake.deck.cards.len(), 60_000);
    let keys: String = (0..60_000).map(|n| format!("x-{n} = 1\n")).collect();
    let text = format!("{keys}[[cards]]\nquote = \"Nobody asks.\"\n");
    let intake = read(Format::Toml, text.as_bytes()).expect("it is a deck");
    assert_eq!(intake.deck.cards.len(), 1);
}

#[test]
fn a_sheet_as_wide_as_sheets_may_be() {
    let mut sheet = "<worksheet><sheetData>".to_owned();
    for row in 1..=90 {
        let _ = write!(sheet, "<row r=\"{row}\">");
        for column in 0..16_384 {
            let (name, words) = (letters(column), if column == 0 { "quote" } else { "x" });
            let _ = write!(
                sheet,
                "<c r=\"{name}{row}\" t=\"inlineStr\"><is><t>{words}{}</t></is></c>",
                if row == 1 && column == 0 {
                    String::new()
                } else {
                    column.to_string()
                }
            );
        }
        sheet += "</row>";
    }
    sheet += "</sheetData></worksheet>";
    let book = workbook(&sheet);
    let intake = read(Format::Xlsx, &book).expect("it is a workbook");
    assert_eq!(intake.deck.cards.len(), 89);
}

/// `A`, `Z`, `AA`: how sheets name their columns.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).expect("it is below 26"));
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// A workbook of one sheet, as a ZIP whose files are stored as they are.
fn workbook(sheet: &str) -> Vec<u8> {
    let files = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"r0\" Target=\"xl/workbook.xml\" Type=\
             \"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/>\
             </Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <sheets><sheet name=\"one\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\" Type=\
             \"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>\
             </Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let length = |bytes: &[u8]| {
            u32::try_from(bytes.len())
                .expect("it is small")
                .to_le_bytes()
        };
        let mut about = Vec::from([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        about.extend(crc32fast::hash(text.as_bytes()).to_le_bytes());
        about.extend(length(text.as_bytes()));
        about.extend(length(text.as_bytes()));
        about.extend(&length(name.as_bytes())[..2]);
        about.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(length(&zip));
        directory.extend(name.as_bytes());
        zip.extend(b"PK\x03\x04");
        zip.extend(&about);
        zip.extend(name.as_bytes());
        zip.extend(text.as_bytes());
    }
    let start = u32::try_from(zip.len()).expect("it is small").to_le_bytes();
    let size = u32::try_from(directory.len())
        .expect("it is small")
        .to_le_bytes();
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0\x05\0\x05\0");
    zip.extend(size);
    zip.extend(start);
    zip.extend([0, 0]);
    zip
}

#[test]
fn names_of_files() {
    // The only region stands in the last row, and all ids are made of the same words.
    let mut text = "quote,region\n".to_owned();
    text += &"Nobody asks.,\n".repeat(50_000);
    text += "Somebody asks.,north\n";
    let deck = read(Format::Csv, text.as_bytes())
        .expect("it is a table")
        .deck;
    let decks: [Deck; 1] = [deck];
    let studio = Studio::built_in().expect("the program carries what it needs");
    let plan = |name: &str| {
        let options = Options {
            platforms: vec!["og".to_owned()],
            name: Some(Pattern::parse(name).expect("it is a pattern")),
            ..Options::default()
        };
        let plan = quickly(|| plan::plan(&decks, studio.library(), &options));
        plan.map(|plan| plan.jobs.len())
            .map_err(|error| error.to_string())
    };
    assert_eq!(plan("{region}/{card}--{platform}"), Ok(50_001));
    let clash = plan("{region}").expect_err("they clash");
    assert!(clash.contains("would both be named `none`"), "{clash}");
}
