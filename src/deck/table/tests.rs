//! Tables as programs and people write them.

use std::path::Path;

use super::*;
use crate::deck::Field;

fn read_table(format: Format, bytes: &[u8], map: &str) -> Result<Intake> {
    let mapping = Mapping::parse(&[map.to_owned()])?;
    read_as(Path::new("t.csv"), bytes, format, &mapping)
}

/// Cards as `id line quote|figure speaker`, then problems as people read them.
fn told(intake: &Intake) -> String {
    let card = |card: &Card| {
        let field = |field| card.fields.get(&field).map_or("", String::as_str);
        let line = card.position.map_or(0, |(line, _)| line);
        let main = [Field::Quote, Field::Figure].map(field).concat();
        let line = format!("{} :{line} {main} — {}", card.id, field(Field::Speaker));
        format!("{}\n", line.trim_end())
    };
    let problem = |problem: &Diagnostic| {
        let hint = problem.hint.as_deref().unwrap_or("");
        format!(
            "{} {}: {} ({hint})\n",
            problem.code, problem.place, problem.message
        )
    };
    let cards = intake.deck.cards.iter().map(card);
    cards.chain(intake.problems.iter().map(problem)).collect()
}

#[track_caller]
fn case(format: Format, text: &str, map: &str, expected: &str) {
    let text = match read_table(format, text.as_bytes(), map) {
        Ok(intake) => told(&intake),
        Err(error) => format!("{error} ({})\n", error.hint().unwrap_or("")),
    };
    let lines = expected
        .lines()
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(text.trim_end(), lines.trim());
}

#[test]
fn a_table_is_a_card_for_each_row() {
    case(
        Format::Csv,
        "quote,speaker\r\n\"Count, then \"\"count\"\" again\",Ines\r\n\r\n,\r\nWater,\r\n",
        "",
        "count-then-count-again :2 Count, then \"count\" again — Ines
         water :5 Water —",
    );
    case(
        Format::Csv,
        "Zitat;Name\nBäume; Ines \n",
        "",
        "baeume :2 Bäume — Ines",
    );
    case(
        Format::Csv,
        "sep=|\nquote|speaker\na, b; c|Ines\n",
        "",
        "a-b :3 a, b; c — Ines",
    );
    case(
        Format::Csv,
        "\"the, quote\"\tSpeaker\nA\tB\n",
        "quote=the. quote",
        "a :2 A — B",
    );
}

#[test]
fn faults_have_row_and_column_and_the_others_go_on() {
    case(
        Format::Csv,
        "id,quote,figure,speaker,status\nA 1,One,,x,\na-1,Two,,,\n,,,y,\n,T,3,,\n,Five,,,maybe\n,Six,,,,7\n,\"Se\nven\",,,\n,Nine,,,\n",
        "",
        "a-1 :2 One — x
         se-ven :8 Se
         ven —
         nine :10 Nine —
         row-skipped t.csv:3:1: the id `a-1` stands twice, first in line 2 (give each card an id of its own)
         row-skipped t.csv:4:1: the card has neither a `quote` nor a `figure` (give it one, and `speaker:` or `label:` beside it)
         row-skipped t.csv:5:1: the card has both a `quote` and a `figure` (say which it is with `kind: quote` or `kind: statistic`)
         row-skipped t.csv:6:5: there is no status `maybe` (use one of `proposed`, `approved`, `rejected`)
         row-skipped t.csv:7:6: the row has 6 cells, the header 5 (put quotation marks around cells that have the separator in them)",
    );
    let long = format!("quote\n\"never closed{}", " word\n".repeat(9_000));
    let told = told(&read_table(Format::Csv, long.as_bytes(), "").expect("it is a table"));
    assert!(
        told.starts_with("row-skipped t.csv:2:1: the cell `quote` is 54"),
        "{told}"
    );
}

#[test]
fn columns_are_found_by_what_people_call_them() {
    let deck =
        |text: &str, map: &str| read_table(Format::Csv, text.as_bytes(), map).expect("a table");
    // The name of a field comes before what else it may be called.
    let intake = deck("name,speaker,Region,quote\nX,Ines,North,Hi\n", "");
    assert_eq!(told(&intake).lines().next(), Some("hi :2 Hi — Ines"));
    let columns = &intake.deck.columns["hi"];
    assert_eq!(columns["Region"], "North");
    assert_eq!(columns["name"], "X");
    case(
        Format::Csv,
        "quote,speakr,Note\nHi,Ines,x\n",
        "",
        "hi :2 Hi —
         column-unused t.csv:1:2: 2 columns are not shown on cards: `speakr`, `Note` (if `speakr` is `speaker`, say --map 'speaker=speakr')",
    );
    case(
        Format::Csv,
        "A,B\nHi,Ines\n",
        "quote=A, speaker=b",
        "hi :2 Hi — Ines",
    );
    case(
        Format::Csv,
        "A,B\nHi,Ines\n",
        "",
        "t.csv:1:1: no column is a `quote` or a `figure`; there are `A`, `B` (say which one is: --map 'quote=A')",
    );
    case(
        Format::Csv,
        "quote,quote\nHi,Ho\n",
        "",
        "t.csv:1:2: the column `quote` stands twice, as column 1 and column 2 (rename one of them)",
    );
    case(
        Format::Csv,
        "A\nHi\n",
        "quote=C",
        "t.csv: there is no column `C` to map `quote` to (use one of `A`)",
    );
    case(
        Format::Csv,
        "A\nHi\n",
        "quotes=A",
        "a card has no key `quotes` (did you mean `quote`?)",
    );
    case(
        Format::Csv,
        "quote\n\n",
        "",
        "t.csv: the table has no rows (the first row names the columns, each row below it is a card)",
    );
}

#[test]
fn text_is_read_as_spreadsheets_save_it() {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}quote\tspeaker\r\nGröße 🌳\tInès\r\n"
            .encode_utf16()
            .flat_map(bytes)
            .collect()
    };
    let expected = "groesse :2 Größe 🌳 — Inès\n";
    for bytes in [
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        "\u{feff}quote,speaker\nGröße 🌳,Inès\n".as_bytes().to_vec(),
    ] {
        assert_eq!(
            told(&read_table(Format::Csv, &bytes, "").expect("it is a table")),
            expected
        );
    }
    let latin = read_table(Format::Csv, b"quote\nGr\xf6\xdfe\n", "").expect_err("it is refused");
    assert_eq!(latin.to_string(), "t.csv:2:1: this is not UTF-8 text");
}

#[test]
fn json_keeps_numbers_as_they_were_typed() {
    case(
        Format::Json,
        "[\n {\"figure\": 1.50, \"label\": \"x\"},\n {\"quote\": \"Caf\\u00e9 \\ud83c\\udf33\", \"speaker\": null},\n 7\n]",
        "",
        "1-50-x :2 1.50 —
         cafe :3 Café 🌳 —
         row-skipped t.csv:4:2: expected a card, found words (write it as `quote: the words`)",
    );
    case(
        Format::Jsonl,
        "{\"quote\":\"One\"}\n\n{\"quote\":\"Two\"\n{\"quote\":\"3\",\"quote\":\"4\"}\n{\"quote\":{}}\n",
        "",
        "one :1 One —
         row-skipped t.csv:3:14: this is not JSON: EOF while parsing an object ()
         row-skipped t.csv:4:22: the key `quote` stands twice (keep one of them)
         row-skipped t.csv:5:10: `quote` takes words; found a mapping (put quotation marks around words that begin with a bracket or a `- `)",
    );
    case(
        Format::Json,
        "{\"lang\": \"de\", \"cards\": [{\"quote\": \"Ja\"}]}",
        "",
        "ja :1 Ja —",
    );
    case(
        Format::Json,
        "{\"cards\": [{\"qoute\": \"Ja\"}]}",
        "",
        "t.csv:1:22: a card has no key `qoute` (did you mean `quote`?)",
    );
    let deep = "[".repeat(400) + &"]".repeat(400);
    case(
        Format::Json,
        &deep,
        "",
        "row-skipped t.csv:1:19: this is nested more than 16 deep ()",
    );
}

#[test]
fn toml_is_a_deck_as_yaml_is() {
    case(
        Format::Toml,
        "theme = \"marigold\"\n[[cards]]\nquote = \"One\"\n[[cards]]\nfigure = 1_000.50\n",
        "",
        "one :2 One —
         1-000-50 :4 1_000.50 —",
    );
    case(
        Format::Toml,
        "[[cards]]\nqoute = \"One\"\n",
        "",
        "t.csv:2:1: a card has no key `qoute` (did you mean `quote`?)",
    );
    case(
        Format::Toml,
        "a = [",
        "",
        "t.csv:1:6: this is not TOML: unclosed array, expected `]` ()",
    );
}

#[test]
fn no_table_makes_reading_panic() {
    for bytes in [
        &b""[..],
        b"\xff\xfe",
        b"\xff\xfeq",
        b"\"",
        b"sep=",
        b"PK\x03\x04",
        b"[{]",
        b"{}",
    ] {
        for format in [
            Format::Csv,
            Format::Json,
            Format::Jsonl,
            Format::Toml,
            Format::Xlsx,
        ] {
            let _ = read_table(format, bytes, "");
        }
    }
}

#[test]
fn a_workbook_is_its_first_sheet() {
    let bytes = include_bytes!("../../../tests/fixtures/table.xlsx");
    let intake = read_table(Format::Xlsx, bytes, "").expect("it is a workbook");
    let expected = "\
        we-count-the-bees :2 We count the bees — Ines Okafor-Lind
        45000-trees-planted :3 45000 —
        0-045-of-the-gardens :5 0.045 —
        column-unused t.csv:1:5: 1 column is not shown on cards: `Region` (say --map 'role=Region' if `Region` is to be shown; file names may use {Region})
        number-cell t.csv:5:3: a cell holds the number 0.045, which the sheet shows in another form; cards show the number (format the column as text and type what the card should show, as `4.5%`)
        row-skipped t.csv:6:1: the card has both a `quote` and a `figure` (say which it is with `kind: quote` or `kind: statistic`)
        row-skipped t.csv:7:7: the cell `stray` stands in a column without a name (name the column in the first row)";
    let expected: Vec<_> = expected.lines().map(str::trim).collect();
    let told = told(&intake);
    let told: Vec<_> = told.lines().map(str::trim).collect();
    assert_eq!(told, expected);
}
