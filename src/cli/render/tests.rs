use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::Parser;

use super::make_in_blocks;
use crate::cli::args::{Arguments, Command};
use crate::cli::console::Console;

const ROWS: &str = "\
id,quote,speaker,plot,status
,We count the bees,Ines Lund,North,
two,And then we count them again,Tomas Adeyemi,North,approved
,,Nobody,South,
,We count the bees,Ines Lund,,
two,This id stands twice,Noor Brandt,South,
,Nobody asked for a harvest,Noor Brandt,South,rejected
,We count the bees twice,Samuel Okafor,South,
";

const ARTICLE: &str = "\
# The bees of the old town

“Every door stays open when the rain comes in,” said Maren Castellane, who keeps the keys.

Some 45% of the hives are older than their keepers, according to the Beekeepers' Union.
";

const DECK: &str = "\
theme: cedar
cards:
- {quote: We wait quietly under old roofs, speaker: Aiko Vasquez}
- {figure: 12%, label: of all gardens, source: The city}
";

/// Renders the inputs in blocks of so many cards.
fn render(desk: &Path, out: &str, options: &[&str], block: usize) {
    let path = |name: &str| desk.join(name).display().to_string();
    let mut words = vec!["pullquote".to_owned(), "render".to_owned()];
    words.extend(["rows.csv", "bees.md", "deck.yaml"].map(path));
    words.extend(["--quiet", "--out"].map(str::to_owned));
    words.push(path(out));
    words.extend(options.iter().map(|word| (*word).to_owned()));
    let Some(Command::Render(args)) = Arguments::parse_from(words).command else {
        panic!("it is a rendering");
    };
    make_in_blocks(&args, None, &mut Console::silent(), block).expect("it runs");
}

/// Every file below a folder, but for locks.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("it is a folder").flatten() {
            let path = entry.path();
            let name = path.strip_prefix(folder).expect("it is below");
            let name = name.display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if !name.ends_with(".lock") {
                found.insert(name, fs::read(path).expect("it can be read"));
            }
        }
    }
    found
}

#[test]
fn a_campaign_in_blocks_is_the_campaign() {
    let desk = tempfile::tempdir().expect("there is a temporary folder");
    let write = |name: &str, text: &str| fs::write(desk.path().join(name), text);
    write("rows.csv", ROWS).expect("it is written");
    write("bees.md", ARTICLE).expect("it is written");
    write("deck.yaml", DECK).expect("it is written");
    let cases: [&[&str]; 3] = [
        &["--platform", "og,square"],
        &[
            "--platform",
            "og",
            "--name",
            "{article}/{speaker}-{card}--{row}",
        ],
        &["--platform", "document", "--carousel"],
    ];
    for (number, options) in cases.iter().enumerate() {
        let out = |block: usize| format!("{number}-{block}");
        for block in [1, 3, 2048] {
            render(desk.path(), &out(block), options, block);
        }
        let found = |block: usize| files(&desk.path().join(out(block)));
        let whole = found(2048);
        assert!(whole.len() > 8, "{:?}", whole.keys());
        for block in [1, 3] {
            let divided = found(block);
            assert!(
                whole.keys().eq(divided.keys()),
                "{:?}",
                (whole.keys(), divided.keys())
            );
            for (name, bytes) in &whole {
                assert!(divided[name] == *bytes, "{name} in blocks of {block}");
            }
        }
        // A run that finds everything as it was leaves everything as it was.
        render(desk.path(), &out(1), options, 3);
        assert!(found(1) == whole);
    }
    // What is gone from the table is removed, what follows is found, whatever the blocks.
    let fewer = ROWS.replace("two,And then", "-,And then");
    write("rows.csv", &fewer).expect("it is written");
    for block in [1, 3, 2048] {
        render(
            desk.path(),
            &format!("0-{block}"),
            &["--platform", "og", "--prune"],
            block,
        );
    }
    let pruned = [1, 3, 2048].map(|block| files(&desk.path().join(format!("0-{block}"))));
    assert!(!pruned[0].keys().any(|name| name.contains("square")));
    assert!(pruned[0] == pruned[1] && pruned[1] == pruned[2]);
}
