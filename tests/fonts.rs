//! Fonts that people bring: variable faces with axes and optical sizes, web fonts, collections, cubic
//! outlines, OpenType features. What we measure is what usvg draws.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pullquote::Studio;
use pullquote::compose::Composed;
use pullquote::deck;
use pullquote::geometry::Em;
use pullquote::plan::{self, Options};
use pullquote::text::{self, FaceRequest, Fonts, TextStyle};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fonts")
}

fn fonts() -> Fonts {
    Fonts::bundled()
        .with_dir(&folder())
        .expect("the fonts read")
}

fn request(family: &str, weight: u16) -> FaceRequest {
    FaceRequest {
        families: vec![family.to_owned()],
        weight,
        ..FaceRequest::default()
    }
}

/// How far a text in a face moves the pen, in em.
fn advance(fonts: &Fonts, request: &FaceRequest, words: &str) -> f64 {
    let face = fonts.face(request).expect("the face is there");
    let style = TextStyle {
        face,
        scale: 1.0,
        tracking: Em(0.0),
        padding: Em(0.0),
        is_apart: false,
    };
    text::measure(fonts, words, &style).advance.0
}

/// A card of one text in a style.
#[track_caller]
fn composed(css: &str, words: &str) -> (Studio, Composed) {
    let dir = tempfile::tempdir().expect("there is room");
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1080'>\
         <style>text {{ font-size: 90px; {css} }}</style>\
         <rect id='quote-box' x='84' y='84' width='912' height='912' fill='#fff'/>\
         <text id='quote' x='84' y='200'>some text</text></svg>"
    );
    let (template, cards) = (dir.path().join("square.svg"), dir.path().join("d.yaml"));
    fs::write(&template, svg).expect("it is written");
    fs::write(&cards, format!("cards:\n- quote: {words}\n")).expect("it is written");
    let studio = Studio::built_in().expect("the built-in library loads");
    let studio = studio.with_templates(&template).expect("it reads");
    let studio = studio.with_font_dir(&folder()).expect("the fonts read");
    let decks = [deck::load(&cards).expect("the deck reads")];
    let plan = plan::plan(&decks, studio.library(), &Options::default());
    let composed = studio.compose(&plan.expect("the names are known").jobs[0]);
    (studio, composed)
}

const WORDS: &str = "the large time storm lies still in 1801";

/// Whether usvg draws a card's text where we say its ink is, to a tenth of a pixel.
#[track_caller]
fn assert_drawn_there(css: &str) -> String {
    let (studio, composed) = composed(css, WORDS);
    assert_eq!(composed.diagnostics, [], "{css}");
    let card = composed.composition.expect("it is set");
    let options = usvg::Options {
        fontdb: Arc::clone(studio.fonts().database()),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&card.svg, &options).expect("it is SVG");
    let nodes = tree.root().children().iter();
    // The box comes first.
    let nodes = nodes.skip(1);
    let drawn = nodes.map(|node| match node {
        usvg::Node::Text(text) => text.flattened().abs_bounding_box(),
        node => node.abs_bounding_box(),
    });
    let ours = card.texts[0].ink;
    let theirs = drawn.fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |sum, own| {
        [
            sum[0].min(own.left()),
            sum[1].min(own.top()),
            sum[2].max(own.right()),
            sum[3].max(own.bottom()),
        ]
    });
    let ours = [ours.left.0, ours.top.0, ours.right.0, ours.bottom.0];
    for (our, their) in ours.iter().zip(theirs) {
        let their = f64::from(their);
        assert!((our - their).abs() < 0.1, "{css}: {ours:?} {theirs:?}");
    }
    card.svg
}

#[test]
fn every_kind_of_file_is_read_and_drawn_as_measured() {
    assert_drawn_there("font-family: 'Testface Pair'; font-weight: 400");
    assert_drawn_there("font-family: 'Testface Pair'; font-weight: 700");
    assert_drawn_there("font-family: 'Testface Outline'; font-weight: 600");
    assert_drawn_there("font-family: 'Testface Variable'; font-weight: 400");
}

#[test]
fn a_variable_face_has_every_weight_of_its_axis() {
    let svg = assert_drawn_there("font-family: 'Testface Variable'; font-weight: 650");
    assert!(
        svg.contains("font-variation-settings:'wght' 650,'opsz' 60"),
        "{svg}"
    );
    let fonts = fonts();
    let widths = [200, 433, 650, 900]
        .map(|weight| advance(&fonts, &request("Testface Variable", weight), WORDS));
    assert!(
        widths.is_sorted_by(|a, b| a < b),
        "heavier is wider: {widths:?}"
    );
    let missing = fonts.face(&request("Testface Variable", 950)).unwrap_err();
    assert_eq!(missing.nearest.as_deref(), Some("Testface Variable 900"));
}

#[test]
fn optical_sizes_are_those_of_the_drawn_size_or_as_set() {
    let settings = "font-family: 'Testface Variable'; font-weight: 400; ";
    let set = assert_drawn_there(&format!("{settings} font-variation-settings: 'opsz' 8"));
    assert!(set.contains("'opsz' 8"), "{set}");
    let off = assert_drawn_there(&format!("{settings} font-optical-sizing: none"));
    assert!(off.contains("'opsz' 20"), "{off}");
    let fonts = fonts();
    let at = |size| {
        let request = FaceRequest {
            optical_size: Some(size),
            ..request("Testface Variable", 400)
        };
        advance(&fonts, &request, WORDS)
    };
    assert!(at(8.0) > at(60.0), "small sizes are wider");
    assert!((at(60.0) - at(90.0)).abs() < 1e-9, "the axis ends at 60");
}

#[test]
fn features_are_drawn_as_outlines() {
    let plain = "font-family: 'Testface Variable'; font-weight: 400";
    let svg = assert_drawn_there(&format!("{plain}; font-feature-settings: 'pnum'"));
    assert!(svg.contains("<path") && !svg.contains("<tspan"), "{svg}");
    let svg = assert_drawn_there(&format!("{plain}; font-variant-numeric: proportional-nums"));
    assert!(svg.contains("<path"), "{svg}");
    let fonts = fonts();
    let width = |tag: &str, words| {
        let request = FaceRequest {
            features: vec![(tag.to_owned(), 1)],
            ..request("Testface Variable", 400)
        };
        advance(&fonts, &request, words)
    };
    assert!((width("tnum", "111") - width("tnum", "808")).abs() < 1e-9);
    assert!(width("pnum", "111") < width("pnum", "808"));
}

#[test]
fn a_feature_that_the_face_lacks_is_named_and_changes_nothing() {
    let plain = "font-family: 'Testface Variable'; font-weight: 400";
    let (_, composed) = composed(&format!("{plain}; font-feature-settings: 'ss19'"), WORDS);
    let messages: Vec<_> = composed
        .diagnostics
        .iter()
        .map(|it| (it.code, it.message.as_str()))
        .collect();
    let expected =
        "the font `Testface Variable` has no feature `ss19`: the quote is set without it";
    assert_eq!(messages, [("feature-unknown", expected)]);
    let svg = composed.composition.expect("it is set").svg;
    assert!(!svg.contains("<path"), "{svg}");
}

#[test]
fn a_missing_weight_is_named_with_the_nearest() {
    let (_, composed) = composed("font-family: 'Testface Pair'; font-weight: 600", WORDS);
    assert_eq!(composed.composition, None);
    let found = &composed.diagnostics[0];
    assert_eq!(found.code, "font-unknown");
    assert!(found.message.contains("`Testface Pair` 600"), "{found:?}");
    let hint = found.hint.as_deref().unwrap_or_default();
    assert!(hint.contains("Testface Pair 700"), "{hint}");
}

#[test]
fn a_broken_web_font_is_an_error_that_names_the_file() {
    let dir = tempfile::tempdir().expect("there is room");
    let path = folder().join("TestfaceVariable.woff2");
    let bytes = fs::read(path).expect("the font is there");
    let mut huge = bytes.clone();
    huge[16..20].copy_from_slice(&u32::MAX.to_be_bytes());
    for broken in [&bytes[..bytes.len() / 2], b"wOF2", &huge] {
        fs::write(dir.path().join("broken.woff2"), broken).expect("it is written");
        let error = Fonts::bundled().with_dir(dir.path()).err();
        let error = error.expect("it is refused").to_string();
        assert!(error.contains("broken.woff2"), "{error}");
    }
}

#[test]
fn families_that_a_theme_names_after_the_first_come_first_for_what_it_lacks() {
    let css = "font-family: 'Testface Outline', 'Commissioner'; font-weight: 600";
    let (_, composed) = composed(css, "a storm & a time");
    let svg = composed.composition.expect("it is set").svg;
    assert!(svg.contains("font-family:'Commissioner'"), "{svg}");
}
