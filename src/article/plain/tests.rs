use super::super::cases::{P, assert_blocks};
use super::*;

#[track_caller]
fn case(text: &str, expected: &[(BlockKind, &str)]) {
    assert_blocks(&read(text).1, expected);
}

#[test]
fn paragraphs_are_parted_by_blank_lines_or_stand_on_one_line_each() {
    case(
        "A title\n\nOne sentence.\n\nAnother one.\n",
        &[
            (BlockKind::Heading(1), "A title"),
            (P, "One sentence."),
            (P, "Another one."),
        ],
    );
    let long = "The river wardens meet on the first Sunday of every month, and they bring their own boots, gloves and a flask.";
    let text = format!("A title\r\n{long}\r\n{long}\r\n");
    case(
        &text,
        &[(BlockKind::Heading(1), "A title"), (P, long), (P, long)],
    );
    case("One line only", &[(P, "One line only")]);
}

#[test]
fn lines_wrapped_by_hand_join() {
    let text = "The choir of the lighthouse\nmeets when the ferry has\ngone and the island is ours\nagain.\n\nIt sings until the lamp is\nlit.";
    case(
        text,
        &[
            (
                P,
                "The choir of the lighthouse meets when the ferry has gone and the island is ours again.",
            ),
            (P, "It sings until the lamp is lit."),
        ],
    );
}

#[test]
fn lines_of_a_press_release_join_where_they_are_full() {
    let heading = BlockKind::Heading;
    case(
        "FOR IMMEDIATE RELEASE\nContact: Jo Brand, 555-0134\njo@northlight.example\n\nTwelve night libraries open\n\nNorthlight opened twelve libraries, which\nlend books until six in the morning.\n\nIt costs a lot.\n",
        &[
            (BlockKind::Boilerplate, "FOR IMMEDIATE RELEASE"),
            (BlockKind::Boilerplate, "Contact: Jo Brand, 555-0134"),
            (BlockKind::Boilerplate, "jo@northlight.example"),
            (heading(1), "Twelve night libraries open"),
            (
                P,
                "Northlight opened twelve libraries, which lend books until six in the morning.",
            ),
            (P, "It costs a lot."),
        ],
    );
}

#[test]
fn an_indented_line_begins_a_paragraph() {
    case(
        "A title\n\n   The choir of the lighthouse\nmeets when the ferry has gone\nand the island is ours.\n   It sings until the lamp is\nlit.",
        &[
            (BlockKind::Heading(1), "A title"),
            (
                P,
                "The choir of the lighthouse meets when the ferry has gone and the island is ours.",
            ),
            (P, "It sings until the lamp is lit."),
        ],
    );
}

#[test]
fn byline_and_date_are_taken_out() {
    let (meta, blocks) = read("A title\nBy Ana Lund | 14 May 2031\n\nBy Monday it rained.\n");
    assert_eq!(meta.byline.as_deref(), Some("Ana Lund"));
    assert_eq!(meta.date.as_deref(), Some("14 May 2031"));
    let kinds: Vec<_> = blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Heading(1), BlockKind::Boilerplate, P]);
}

#[test]
fn lists_are_items() {
    case(
        "We bring:\n- boots,\n•\tgloves.\no\ttea\n1. Start early.\n- ENDS -",
        &[
            (P, "We bring:"),
            (BlockKind::ListItem, "boots,"),
            (BlockKind::ListItem, "gloves."),
            (BlockKind::ListItem, "tea"),
            (BlockKind::ListItem, "Start early."),
            (BlockKind::Heading(2), "- ENDS -"),
        ],
    );
}
