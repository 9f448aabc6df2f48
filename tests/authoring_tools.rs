//! Templates in the forms in which tools save them: names, boxes, alignment and breaks are found as
//! the designer meant them.
//!
//! The fixtures are ours, written in the form that each tool writes.

use std::fs;
use std::path::{Path, PathBuf};

use pullquote::Studio;
use pullquote::compose::{Composition, PlacedText};
use pullquote::deck::{self, Deck, Field};
use pullquote::geometry::{Px, Rect};
use pullquote::plan::{self, Options};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

fn cards() -> Deck {
    deck::load(&fixture("tools.yaml")).expect("the deck reads")
}

/// A card on a template.
#[track_caller]
fn composed(template: &Path, card: &str) -> Composition {
    let studio = Studio::built_in().expect("the built-in library loads");
    let studio = studio
        .with_templates(template)
        .unwrap_or_else(|error| panic!("{error}"));
    let decks = [cards()];
    let options = Options {
        cards: vec![card.to_owned()],
        ..Options::default()
    };
    let plan = plan::plan(&decks, studio.library(), &options).expect("the names are known");
    assert_eq!(plan.jobs.len(), 1, "one artboard, one image");
    let composed = studio.compose(&plan.jobs[0]);
    assert_eq!(composed.diagnostics, []);
    composed.composition.expect("it is set")
}

/// The text that shows a field.
#[track_caller]
fn text(composition: &Composition, field: Field) -> &PlacedText {
    let mut texts = composition.texts.iter();
    let found = texts.find(|text| text.fields.contains(&field));
    found.unwrap_or_else(|| panic!("no text shows {field:?}"))
}

#[track_caller]
fn assert_inside(text: &PlacedText, (x, y, width, height): (f64, f64, f64, f64)) {
    let drawn = Rect::from_xywh(x, y, width, height);
    // Marks hang, descenders of the last line may too.
    assert!(
        drawn.contains(&text.ink, Px(50.0)),
        "{:?} is not in {drawn:?}",
        text.ink
    );
}

const QUOTE: &str =
    "The first spring we grew nothing but good neighbours, and that was harvest enough.";

#[test]
fn inkscape_shapes_in_defs_take_the_transform_of_their_text() {
    let card = composed(&fixture("templates/inkscape.svg"), "garden");
    let quote = text(&card, Field::Quote);
    assert_eq!(quote.lines.join(" ").trim_end_matches('”'), QUOTE);
    assert!(
        quote.size.0 <= 120.0 + 1e-6,
        "the drawn size is the largest"
    );
    assert_inside(quote, (82.5, 231.5, 912.7, 566.1));
}

#[test]
fn inkscape_styles_the_spans_of_lines_and_of_emphasis() {
    let card = composed(&fixture("templates/inkscape.svg"), "garden");
    let speaker = text(&card, Field::Speaker);
    assert!((speaker.size.0 - 40.0).abs() < 0.01, "{:?}", speaker.size);
    assert!(
        card.svg
            .contains("font-style:italic;font-weight:600;fill:#e8b04a")
    );
}

#[test]
fn placeholders_that_a_tool_split_bind_all_the_same() {
    let card = composed(&fixture("templates/inkscape.svg"), "garden");
    assert_eq!(text(&card, Field::Role).lines, ["Head gardener"]);
}

#[test]
fn figma_lines_tell_alignment_and_leading() {
    let card = composed(&fixture("templates/figma.svg"), "garden");
    let quote = text(&card, Field::Quote);
    assert_inside(quote, (140.0, 230.0, 800.0, 480.0));
    let speaker = text(&card, Field::Speaker);
    let middle = (speaker.ink.left + speaker.ink.right) / 2.0;
    assert!((middle.0 - 540.0).abs() < 3.0, "{:?}", speaker.ink);
    assert_eq!(text(&card, Field::Kicker).lines, ["Allotments"]);
}

#[test]
fn illustrator_names_are_unescaped_and_its_faces_found_by_postscript_name() {
    let card = composed(&fixture("templates/illustrator.svg"), "clinic");
    let label = text(&card, Field::Label);
    assert!((label.size.0 - 64.0).abs() < 0.01, "{:?}", label.size);
    assert!(
        card.svg
            .contains("font-family:'Noto Serif Display';font-weight:700")
    );
    let sources: Vec<_> = card
        .texts
        .iter()
        .filter(|text| text.fields == [Field::Source])
        .map(|text| text.lines.join(" "))
        .collect();
    assert_eq!(sources, ["Source:", "Harbour County"]);
}

#[test]
fn old_inkscape_text_is_refused_with_a_way_out() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let result = studio.with_templates(&fixture("templates/old-inkscape.svg"));
    let error = result.err().expect("it is refused");
    assert!(error.to_string().contains("<flowRoot>"), "{error}");
    assert!(
        error
            .hint()
            .is_some_and(|hint| hint.contains("Inkscape 1.0"))
    );
}

#[test]
fn a_sidecar_says_what_a_tool_cannot_write() {
    let folder = tempfile::tempdir().expect("there is room");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1080'>\
        <rect id='panel' x='90' y='200' width='900' height='500' fill='none'/>\
        <text id='headline' x='90' y='300' font-family='Commissioner' font-weight='700' \
        font-size='60'>Sample</text></svg>";
    let sidecar = "for = \"quote\"\n[text.headline]\nbind = \"quote\"\nbox = \"panel\"\n\
        fit = \"fill\"\nalign = \"end\"\nvalign = \"bottom\"\nmax-lines = 3\n";
    fs::write(folder.path().join("square.svg"), svg).expect("it is written");
    fs::write(folder.path().join("template.toml"), sidecar).expect("it is written");
    let card = composed(folder.path(), "garden");
    let quote = text(&card, Field::Quote);
    assert!(quote.lines.len() <= 3, "{:?}", quote.lines);
    assert!(quote.size.0 > 60.0, "fill grows: {:?}", quote.size);
    assert!((quote.ink.right.0 - 990.0).abs() < 3.0, "{:?}", quote.ink);
    assert_inside(quote, (90.0, 200.0, 900.0, 500.0));
}

#[test]
fn hard_breaks_of_the_drawing_stay_where_lines_that_it_wrapped_flow() {
    let folder = tempfile::tempdir().expect("there is room");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1080'>\
        <rect id='speaker-box' x='90' y='200' width='900' height='500' fill='none'/>\
        <text id='quote' x='90' y='90' font-family='Commissioner' font-weight='500' \
        font-size='32' style='inline-size:900px'>q</text>\
        <text style='white-space:pre' font-family='Commissioner' font-weight='500' font-size='40' \
        ><tspan x='90' y='260'>{{speaker}},&#10;</tspan><tspan x='90' y='310'>who grows </tspan>\
        <tspan x='90' y='360'>things</tspan></text></svg>";
    fs::write(folder.path().join("square.svg"), svg).expect("it is written");
    let sidecar = "[text.quote]\nmin-size = 12\n";
    fs::write(folder.path().join("template.toml"), sidecar).expect("it is written");
    let card = composed(folder.path(), "garden");
    let speaker = text(&card, Field::Speaker);
    assert_eq!(speaker.lines, ["Ines Okafor-Lind,", "who grows things"]);
}

#[test]
fn lines_that_inkscape_broke_at_a_width_flow_without_being_preformatted() {
    let folder = tempfile::tempdir().expect("there is room");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1080' \
        viewBox='0 0 285.75 285.75'><text id='quote' x='22' y='20' font-family='Commissioner' \
        font-weight='500' font-size='7' style='inline-size:240'>q</text>\
        <text xml:space='preserve' id='text360' style='font-size:9px;font-family:Commissioner;\
        font-weight:700;inline-size:120' x='22' y='240'><tspan x='22' y='240' id='tspan32'>{{speaker}}, \
        who has a </tspan><tspan x='22' y='251.25' id='tspan34'>name</tspan></text></svg>";
    fs::write(folder.path().join("square.svg"), svg).expect("it is written");
    let sidecar = "[text.quote]\nmin-size = 3\n[text.speaker]\nmin-size = 3\n";
    fs::write(folder.path().join("template.toml"), sidecar).expect("it is written");
    let card = composed(folder.path(), "garden");
    let speaker = text(&card, Field::Speaker);
    assert_eq!(speaker.lines.join(" "), "Ines Okafor-Lind, who has a name");
}
