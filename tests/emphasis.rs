//! One phrase of a text set off from the rest: in colour, on strips, underlined, tinted; across lines
//! and in both directions.

use std::fs;

use pullquote::Studio;
use pullquote::compose::Composition;
use pullquote::deck;
use pullquote::plan::{self, Options};

/// A card of one quotation on a template of our own, with a phrase that looks as the theme says.
#[track_caller]
fn drawn(deck: &str, css: &str) -> (Composition, Vec<u8>) {
    let folder = tempfile::tempdir().expect("there is room");
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1080'><style>{css}</style>\
         <rect width='1080' height='1080' fill='#00f'/>\
         <rect id='quote-box' x='108' y='108' width='864' height='864' fill='none'/>\
         <text id='quote' x='108' y='216' font-family='Source Serif 4' font-weight='600' \
         font-size='144' fill='#fff'>Sample <tspan data-bind='emphasis' class='emphasis'>phrase\
         </tspan></text></svg>"
    );
    let (template, cards) = (
        folder.path().join("square.svg"),
        folder.path().join("d.yaml"),
    );
    fs::write(&template, svg).expect("it is written");
    fs::write(&cards, deck).expect("it is written");
    let studio = Studio::built_in().expect("the built-in library loads");
    let studio = studio.with_templates(&template).expect("it reads");
    let decks = [deck::load(&cards).expect("the deck reads")];
    let plan = plan::plan(&decks, studio.library(), &Options::default());
    let plan = plan.expect("the names are known");
    let composed = studio.compose(&plan.jobs[0]);
    assert_eq!(composed.diagnostics, []);
    let image = studio.render_job(&plan.jobs[0]).expect("it is drawn").image;
    let composition = composed.composition.expect("it is set");
    (composition, image.expect("there is an image").bytes)
}

const ENGLISH: &str = "cards:\n- quote: They began by giving people all the jobs they enjoy.\n  \
                       emphasis: giving people all the jobs\n";
const HEBREW: &str = "cards:\n- quote: אנחנו לא מבקשים שיודו לנו (היום), אנחנו רק מבקשים.\n  \
                      emphasis: שיודו לנו (היום)\n";

/// The words of all elements with the class of the phrase, in order.
fn phrase(svg: &str) -> String {
    let document = roxmltree::Document::parse(svg).expect("it is XML");
    let parts = document
        .descendants()
        .filter(|node| node.attribute("class") == Some("emphasis"));
    let words = parts.map(|part| part.text().unwrap_or_default().replace('\u{200f}', ""));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_phrase_is_set_off_word_for_word_in_both_directions() {
    let (english, _) = drawn(ENGLISH, ".emphasis { fill: red }");
    assert_eq!(phrase(&english.svg), "giving people all the jobs");
    let (hebrew, _) = drawn(HEBREW, ".emphasis { fill: red }");
    let words: Vec<_> = phrase(&hebrew.svg)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    // Lines are written from left to right: so are the runs of one line.
    let mut sorted = words.clone();
    sorted.sort();
    let mut expected = ["(היום)", "לנו", "שיודו"].map(str::to_owned);
    expected.sort();
    assert_eq!(sorted, expected, "{words:?}");
}

/// The rectangles of a path made of them: left, top, right, bottom.
fn rectangles(svg: &str, fill: &str) -> Vec<[f64; 4]> {
    let document = roxmltree::Document::parse(svg).expect("it is XML");
    let path = document.descendants().find(|node| {
        node.tag_name().name() == "path" && node.attribute("style") == Some(&format!("fill:{fill}"))
    });
    let path = path
        .expect("there is a path")
        .attribute("d")
        .expect("it has data");
    let parts = path.split('Z').filter(|part| !part.is_empty());
    let numbers = |part: &str| -> [f64; 4] {
        let numbers = part
            .split(['M', ' ', 'H', 'V'])
            .filter(|part| !part.is_empty());
        let [left, top, right, bottom, _] = numbers
            .map(|number| number.parse().expect("it is a number"))
            .collect::<Vec<f64>>()[..]
        else {
            panic!("{part} is no rectangle");
        };
        [left, top, right, bottom]
    };
    parts.map(numbers).collect()
}

#[test]
fn bars_of_a_strip_meet_and_keep_their_inset() {
    let css = "text { line-height: 1.25 } .emphasis { --strip: #f00; --padding: 0.13em; \
               --strip-top: 0.85em; --strip-bottom: 0.3em }";
    let (card, _) = drawn(ENGLISH, css);
    let size = card.texts[0].size.0;
    let bars = rectangles(&card.svg, "#f00");
    assert!(bars.len() >= 2, "{bars:?}");
    for (above, below) in bars.iter().zip(&bars[1..]) {
        assert!(
            (above[3] - below[1]).abs() < 0.01,
            "no ground between: {bars:?}"
        );
    }
    let last = bars[bars.len() - 1];
    assert!((last[3] - last[1] - size * 1.15).abs() < 0.01, "{last:?}");
    // The last line of the phrase starts it: its bar is one inset left of the words, which hold it.
    assert!((last[0] - 108.0).abs() < 0.01, "{last:?}");
}

#[test]
fn an_underline_keeps_clear_of_letters() {
    let (_, png) = drawn(ENGLISH, ".emphasis { --underline: #f00 }");
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("it is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut pixels).expect("it has a frame");
    let width = reader.info().width as usize;
    let at = |x: usize, y: usize| &pixels[(y * width + x) * 3..][..3];
    let all = || (8..width - 8).flat_map(|x| (8..width - 8).map(move |y| (x, y)));
    let rule: Vec<_> = all().filter(|&(x, y)| at(x, y) == [255, 0, 0]).collect();
    assert!(rule.len() > 1000, "there is a line: {} px", rule.len());
    for &(x, y) in &rule {
        let near = (x - 4..=x + 4).flat_map(|x| (y - 4..=y + 4).map(move |y| (x, y)));
        let touched = near.into_iter().find(|&(x, y)| at(x, y) == [255, 255, 255]);
        assert_eq!(
            touched, None,
            "a letter is within 4 px of the line at {x}, {y}"
        );
    }
    // Descenders cross it: somewhere one line is in several parts.
    let starts = |row: usize| {
        let begins = |&&(x, y): &&(usize, usize)| y == row && at(x - 1, y) != [255, 0, 0];
        rule.iter().filter(begins).count()
    };
    let most = (0..width).map(starts).max();
    assert!(most >= Some(2), "{most:?} parts");
}

#[test]
fn a_theme_knows_whether_there_is_a_phrase() {
    let css = ".emphasised text { fill: #999 } .emphasised .emphasis { fill: #fff }";
    let root = |svg: &str| {
        let document = roxmltree::Document::parse(svg).expect("it is XML");
        let classes = document
            .root_element()
            .attribute("class")
            .map(str::to_owned);
        classes.expect("it has classes")
    };
    let (with, _) = drawn(ENGLISH, css);
    assert_eq!(root(&with.svg), "square medium emphasised latin lang-en");
    let plain = "cards:\n- quote: They began by giving people all the jobs they enjoy.\n";
    let (without, _) = drawn(plain, css);
    assert_eq!(root(&without.svg), "square medium latin lang-en");
    let lost = format!("{plain}  emphasis: words that are not there\n");
    assert_eq!(
        root(&drawn(&lost, css).0.svg),
        "square medium latin lang-en"
    );
}

#[test]
fn words_of_the_articles_own_stand_without_marks() {
    let folder = tempfile::tempdir().expect("there is room");
    let cards = folder.path().join("d.yaml");
    let deck = "shared:\n  title: The shed\n  byline: Ana Lund\ncards:\n- quote: Nobody keeps the “key”.\n  quoted: false\n";
    fs::write(&cards, deck).expect("it is written");
    let studio = Studio::built_in().expect("the built-in library loads");
    let decks = [deck::load(&cards).expect("the deck reads")];
    let plan = plan::plan(&decks, studio.library(), &Options::default());
    let plan = plan.expect("the names are known");
    for job in &plan.jobs {
        let svg = studio.compose(job).composition.expect("it is set").svg;
        let document = roxmltree::Document::parse(&svg).expect("it is XML");
        let is_quote = |outer: roxmltree::Node<'_, '_>| {
            let classes = outer.attribute("class").unwrap_or_default();
            outer.has_tag_name("text") && classes.split_whitespace().any(|class| class == "quote")
        };
        let words = document
            .descendants()
            .filter(|node| node.is_text() && node.ancestors().any(is_quote))
            .filter_map(|node| node.text());
        let words: String = words.flat_map(str::split_whitespace).collect();
        assert_eq!(words, "Nobodykeepsthe“key”.");
        assert!(svg.contains("Ana Lund"));
    }
}
