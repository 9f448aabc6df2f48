//! Cards in all scripts: direction, sides, fallback cluster by cluster, and what is said of missing
//! letters.

use std::fs;

use pullquote::Studio;
use pullquote::compose::{Composed, Composition, PlacedText};
use pullquote::deck::{self, Field};
use pullquote::plan::{self, Options};

/// A card, given as YAML, in a built-in theme.
#[track_caller]
fn composed(card: &str, theme: &str, platform: &str) -> Composed {
    let dir = tempfile::tempdir().expect("there is room");
    let path = dir.path().join("d.yaml");
    fs::write(
        &path,
        format!("shared: {{brand: Northlight}}\ncards:\n- {card}\n"),
    )
    .expect("written");
    let decks = [deck::load(&path).expect("the deck reads")];
    let studio = Studio::built_in().expect("the built-in library loads");
    let options = Options {
        theme: Some(theme.to_owned()),
        platforms: vec![platform.to_owned()],
        ..Options::default()
    };
    let plan = plan::plan(&decks, studio.library(), &options).expect("the names are known");
    studio.compose(&plan.jobs[0])
}

#[track_caller]
fn card(card: &str, theme: &str) -> Composition {
    let composed = composed(card, theme, "square");
    assert_eq!(composed.diagnostics, [], "{card}");
    composed.composition.expect("it is set")
}

#[track_caller]
fn text(card: &Composition, field: Field) -> &PlacedText {
    let mut texts = card.texts.iter();
    let found = texts.find(|text| text.fields.contains(&field));
    found.unwrap_or_else(|| panic!("no text shows {field:?}"))
}

const ARABIC: &str = "{lang: ar, quote: \"نحن لا نطلب أن نُشكر، بل نطلب أن نُحسب مع الجميع كل يوم.\", speaker: Noor Castellane (WHO), role: رئيسة}";

#[test]
fn a_card_that_reads_from_right_to_left_changes_sides() {
    let arabic = card(ARABIC, "newsprint");
    let (quote, speaker) = (text(&arabic, Field::Quote), text(&arabic, Field::Speaker));
    // The mark hangs right of the words, which start at the right margin: 996.
    assert!(quote.ink.right.0 > 1010.0, "{:?}", quote.ink);
    assert!(
        (speaker.ink.right.0 - 996.0).abs() < 4.0,
        "{:?}",
        speaker.ink
    );
    let brand = text(&arabic, Field::Brand);
    assert!((brand.ink.left.0 - 84.0).abs() < 4.0, "{:?}", brand.ink);
    // The disc follows the wordmark on its other side: 14 px from it to the disc's edge.
    let document = roxmltree::Document::parse(&arabic.svg).expect("it is XML");
    let disc = document
        .descendants()
        .find(|node| node.has_tag_name("circle"));
    let disc = disc.expect("there is a disc");
    let group = disc.parent().expect("it is in a group");
    let moved = group.attribute("transform").expect("the group is moved");
    let moved: f64 = moved["translate(".len()..]
        .split(' ')
        .next()
        .expect("x")
        .parse()
        .expect("x");
    let middle: f64 = disc.attribute("cx").expect("cx").parse().expect("a number");
    let gap = middle + moved - 24.0 - brand.ink.right.0;
    assert!((8.0..20.0).contains(&gap), "{gap}");
}

#[test]
fn a_card_without_a_language_reads_as_its_letters_do() {
    let told = card(&ARABIC.replace("lang: ar, ", ""), "newsprint");
    let given = card(ARABIC, "newsprint");
    let right = |card: &Composition| text(card, Field::Speaker).ink.right.0;
    assert!((right(&told) - right(&given)).abs() < 1e-6);
}

#[test]
fn the_language_gives_the_direction_of_words_that_begin_otherwise() {
    let quote = "{lang: ar, quote: \"WHO قالت إن 45 عيادة فتحت.\", speaker: نور}";
    let arabic = card(quote, "newsprint");
    let line = text(&arabic, Field::Quote);
    assert!(line.lines[0].starts_with("WHO"), "{:?}", line.lines);
    assert!(x_of(&arabic, "WHO") > x_of(&arabic, "قالت"));
}

/// x of the run that has certain words.
#[track_caller]
fn x_of(card: &Composition, words: &str) -> f64 {
    let document = roxmltree::Document::parse(&card.svg).expect("it is XML");
    let mut spans = document
        .descendants()
        .filter(|node| node.has_tag_name("tspan"));
    let span = spans.find(|node| node.text().is_some_and(|own| own.contains(words)));
    let placed = span.expect("it is drawn").ancestors();
    let mut places = placed.filter_map(|node| node.attribute("x")?.parse().ok());
    places.next().expect("it has a place")
}

#[test]
fn a_number_stands_right_of_its_unit_where_reading_starts_there() {
    let arabic = card(
        "{lang: ar, figure: 4 مليار, label: إنسان, source: نور}",
        "newsprint",
    );
    assert!(x_of(&arabic, "4") > x_of(&arabic, "مليار"));
}

#[test]
fn names_in_other_letters_start_where_the_card_does() {
    let latin = card(
        "{lang: en, quote: We came to plant., speaker: نور القسطلاني}",
        "newsprint",
    );
    let speaker = text(&latin, Field::Speaker);
    assert!((speaker.ink.left.0 - 84.0).abs() < 6.0, "{:?}", speaker.ink);
}

#[test]
fn lines_of_tall_scripts_keep_clear_of_each_other() {
    let thai = "{lang: th, quote: เราไม่ได้ขอให้ใครมาขอบคุณ เราขอให้นับเราด้วย, speaker: นูร์}";
    for (deck, theme) in [
        (thai, "marigold"),
        (ARABIC, "marigold"),
        (thai, "newsprint"),
    ] {
        let card = card(deck, theme);
        let quote = text(&card, Field::Quote);
        assert!(quote.lines.len() > 1, "{:?}", quote.lines);
        let height = (quote.ink.bottom - quote.ink.top).0;
        let lines = quote.lines.len() as f64;
        // Marks above and below letters take more than a size: Latin in this theme has 1.02.
        assert!(
            height / quote.size.0 > 1.15 * (lines - 1.0) + 0.7,
            "{theme}: {height}"
        );
    }
}

/// A word that only divided has room in the setting for texts of its length.
#[test]
fn a_longer_setting_comes_before_hyphens() {
    let words = "Die Krankenhausfinanzierungsgesetzgebung versteht hier niemand, aber jeder kennt \
                 die Nachtschwester und ihren Bus.";
    let yaml = format!("{{lang: de, quote: \"{words}\", speaker: Mia Lindner}}");
    let composed = composed(&yaml, "newsprint", "og");
    let card = composed.composition.expect("it is set");
    let quote = text(&card, Field::Quote);
    assert_eq!(quote.hyphens, 0, "{:?}", quote.lines);
}

#[test]
fn only_the_letters_that_need_it_change_face() {
    let quote =
        "{lang: en, quote: \"She wrote שלום and Привет, नमस्ते 🙂 on a wall.\", speaker: Ines}";
    let mixed = card(quote, "newsprint");
    for (face, words) in [
        ("Noto Serif Hebrew", "שלום"),
        ("Noto Serif Devanagari", "नमस्ते"),
        ("Twemoji Mozilla", "🙂"),
        ("Noto Serif Display", "She wrote"),
    ] {
        let document = roxmltree::Document::parse(&mixed.svg).expect("it is XML");
        let is_it = |node: &roxmltree::Node<'_, '_>| {
            let style = node.attribute("style").unwrap_or_default();
            let own = node.text().unwrap_or_default();
            style.contains(&format!("font-family:'{face}'")) && own.contains(words)
        };
        assert!(
            document.descendants().any(|node| is_it(&node)),
            "{words} in {face}"
        );
    }
}

#[test]
fn russian_and_bulgarian_have_their_own_letters() {
    let quote =
        |lang: &str| format!("{{lang: {lang}, quote: Не искаме да ни благодарят., speaker: Нина}}");
    let face = |lang: &str| {
        let card = card(&quote(lang), "marigold");
        let document = roxmltree::Document::parse(&card.svg).expect("it is XML");
        let spans = document
            .descendants()
            .filter(|node| node.has_tag_name("tspan"));
        let mut styles = spans.filter_map(|span| span.attribute("style"));
        styles.any(|style| style.contains("font-family:'Sofia Sans Extra Condensed'"))
    };
    assert!(face("bg"), "Sofia draws the Bulgarian forms");
    assert!(!face("ru"), "Commissioner draws the others");
}

#[test]
fn letters_that_no_face_has_are_named_with_a_package_that_has_them() {
    #[track_caller]
    fn case(lang: &str, quote: &str, named: &str, package: &str) {
        let deck = format!("{{lang: {lang}, quote: {quote}, speaker: Noor}}");
        let composed = composed(&deck, "newsprint", "square");
        assert_eq!(composed.composition, None);
        let found = composed
            .diagnostics
            .iter()
            .find(|it| it.code == "glyph-missing");
        let found = found.expect("it is reported");
        assert!(found.message.contains(named), "{}", found.message);
        let hint = found.hint.as_deref().unwrap_or_default();
        assert!(hint.contains(package), "{hint}");
    }
    case("ja", "数に入れて", "`数` (U+6570)", "noto-serif-jp");
    case("zh-TW", "我們", "`我` (U+6211)", "noto-serif-tc");
    case("ko", "우리는", "`우` (U+C6B0)", "noto-serif-kr");
    case("ka", "ჩვენ", "`ჩ` (U+10E9)", "fonts-noto-core");
}

#[test]
fn emoji_sequences_are_one_picture_each() {
    let quote = "{lang: en, quote: \"All of 👩🏽‍🌾 👨‍👩‍👧‍👦 🇰🇪 👍🏿 came.\", speaker: Ines}";
    let emoji = card(quote, "newsprint");
    let studio = Studio::built_in().expect("the built-in library loads");
    let options = usvg::Options {
        fontdb: std::sync::Arc::clone(studio.fonts().database()),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&emoji.svg, &options).expect("it is SVG");
    let mut glyphs = 0;
    count_emoji(tree.root(), &mut glyphs);
    assert_eq!(glyphs, 4);
}

/// Glyphs that stand for characters of the emoji planes.
fn count_emoji(group: &usvg::Group, glyphs: &mut usize) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => count_emoji(group, glyphs),
            usvg::Node::Text(text) => {
                let spans = text.layouted().iter();
                let all = spans.flat_map(|span| &span.positioned_glyphs);
                *glyphs += all
                    .filter(|glyph| glyph.text.chars().any(|c| c >= '\u{1f000}'))
                    .count();
            }
            _ => {}
        }
    }
}
