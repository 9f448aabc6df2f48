//! Texts that nobody would write, on every built-in template: nothing panics, nothing is lost,
//! nothing leaves the artboard, and what does not fit is said and truly does not.
//!
//! `TEXTS=2000 cargo test --release --test generated` is the long run, of one theme with
//! `THEME=newsprint`; a short one is part of `cargo test`.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use pullquote::Studio;
use pullquote::compose::Composition;
use pullquote::deck::{Card, ChartKind, Deck, Field, Kind, Slide, Value};
use pullquote::geometry::{Em, Px, Rect};
use pullquote::plan::{self, Options};
use pullquote::text::{
    self, Align, FaceRequest, Fonts, Frame, Hang, Paragraph, StyledRange, TextStyle, Valign,
};
use rayon::prelude::*;

/// How many texts unless `TEXTS` says otherwise.
const FEW: usize = 8;

/// What diagnostics may say about texts like these.
const EXPECTED: &[&str] = &[
    "text-overflow",
    "glyph-missing",
    "text-left-out",
    "word-cut",
    "photo-small",
    "credit-not-shown",
    "photo-without-credit",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,12}[.,;:!?]?",
        2 => "[äöüßéèçñåøłđżğ]{1,14}",
        2 => "[а-яА-Я]{1,12}[.,]?",
        2 => "[α-ωΑ-Ω]{1,12}",
        2 => "[ا-ي]{1,10}[،.]?",
        2 => "[א-ת]{1,9}[.,]?",
        1 => "[क-ह]{1,2}[ािीुूेैो]?[क-ह]्[क-ह]{1,3}",
        1 => "[ก-ฮ][ัิีึืุู]?[่้]?[ก-ฮ]{1,12}",
        1 => "[一-龥]{1,8}[。、]?",
        1 => "[ぁ-んァ-ン]{1,8}",
        1 => "[가-힣]{1,6}",
        1 => Just("👩‍👩‍👧‍👦".to_owned()),
        1 => Just("🇩🇪🇫🇷".to_owned()),
        1 => Just("🙏🏽".to_owned()),
        1 => "[0-9]{1,3}([,. ][0-9]{3}){0,3} ?%?",
        1 => "[a-z]{20,90}",
        1 => "e[\u{301}\u{308}\u{323}\u{30a}]{1,9}",
        1 => "[«“„\"'(\\[]{1,2}[a-z]{1,8}[»”“\"')\\]]{1,2}",
        1 => "[—–…·•†‡§¶©®™€£¥]{1,3}",
        1 => "[\u{0}-\u{1f}\u{7f}-\u{9f}]{1,3}",
        1 => "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2069}\u{feff}\u{fffe}]{1,4}",
        1 => "[<&>\"'{}]{1,6}",
    ]
}

fn gap() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        14 => Just(" "), 1 => Just(""), 1 => Just("  "), 1 => Just("\u{a0}"), 1 => Just("\n"),
        1 => Just("\t"), 1 => Just("\r\n"), 1 => Just("\u{2009}"), 1 => Just("\u{200b}"),
        1 => Just("\u{ad}"), 1 => Just("-"), 1 => Just("/"), 1 => Just("\u{2028}"), 1 => Just("\u{3000}"),
    ]
}

/// The same texts in every run.
fn texts() -> Vec<String> {
    let count = std::env::var("TEXTS")
        .ok()
        .and_then(|text| text.parse().ok());
    let mut runner = TestRunner::deterministic();
    let text = prop::collection::vec((word(), gap()), 1..=80);
    let mut next = || {
        let parts = text
            .new_tree(&mut runner)
            .expect("it is generated")
            .current();
        parts.into_iter().map(|(word, gap)| word + gap).collect()
    };
    (0..count.unwrap_or(FEW)).map(|_| next()).collect()
}

/// A text in every place that cards have for words, long and short.
struct Sample<'a> {
    index: usize,
    text: &'a str,
}

impl Sample<'_> {
    /// The text to so many words.
    fn start(&self, words: usize) -> String {
        let words = self.text.split_inclusive(char::is_whitespace).take(words);
        words.collect()
    }

    /// What cards show beside their main words.
    fn beside(&self) -> Vec<(Field, String)> {
        vec![
            (Field::Speaker, self.start(5)),
            (Field::Role, self.start(9)),
            (Field::Byline, self.start(5)),
            (Field::Source, self.start(6)),
            (Field::Kicker, self.start(4)),
            (Field::Date, self.start(3)),
            (Field::Brand, self.start(2)),
            (Field::Call, self.start(8)),
            (Field::Link, self.start(2)),
        ]
    }

    fn card(&self, family: &str, kind: Kind, fields: &[(Field, String)]) -> Card {
        let own = fields.iter().cloned();
        Card {
            fields: self.beside().into_iter().chain(own).collect(),
            ..Card::new(&format!("{family}{}", self.index), kind)
        }
    }

    fn quote(&self) -> Card {
        let fields = [
            (Field::Quote, self.text.to_owned()),
            (Field::Title, self.start(7)),
        ];
        self.card("quote", Kind::Quote, &fields)
    }

    fn statistic(&self, family: &str, figure: String) -> Card {
        let fields = [
            (Field::Figure, figure),
            (Field::Label, self.start(14)),
            (Field::Context, self.text.to_owned()),
            (Field::Qualifier, self.start(1)),
        ];
        self.card(family, Kind::Statistic, &fields)
    }

    fn title(&self, family: &str, kind: Kind) -> Card {
        self.card(family, kind, &[(Field::Title, self.text.to_owned())])
    }

    /// Two to four values with labels of all lengths.
    fn values(&self) -> Vec<Value> {
        let figures = [1 + self.index % 99, 50, 7, 100];
        let labels = [3, 12, 1, 30].map(|words| self.start(words));
        let values = figures.iter().zip(labels).map(|(figure, label)| Value {
            figure: format!("{figure}%"),
            label,
        });
        values.take(2 + self.index % 3).collect()
    }

    /// Number cards whose figure a chart can draw; the words around it may be any.
    fn charted(&self) -> [Card; 3] {
        let (n, of) = (1 + self.index % 2, 2 + self.index % 9);
        let share = format!("{}%", 3 + self.index % 94);
        [
            Card {
                chart: Some(ChartKind::Ratio),
                ..self.statistic("ratio", format!("{n} in {of}"))
            },
            Card {
                chart: Some(ChartKind::Ring),
                ..self.statistic("ring", share)
            },
            Card {
                chart: Some(ChartKind::Bars),
                values: self.values(),
                ..self.statistic("bars", "50%".to_owned())
            },
        ]
    }

    /// The steps of a carousel.
    fn slides(&self) -> [Card; 4] {
        let steps = [
            ("quote", self.quote()),
            ("statistic", self.statistic("", self.start(2))),
            ("cover", self.title("", Kind::Title)),
            ("end", self.title("", Kind::Title)),
        ];
        steps.map(|(step, card)| Card {
            id: format!("{step}-slide{}", self.index),
            template: Some(format!("carousel-{step}")),
            slide: Some(Slide {
                number: 1 + (self.index % 12) as u32,
                of: 12,
            }),
            ..card
        })
    }

    /// What may have a photograph.
    fn pictured(&self) -> [Card; 2] {
        let photo = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/photos/corners.png"
        );
        [
            ("photo", self.quote()),
            ("cover", self.title("", Kind::Title)),
        ]
        .map(|(name, card)| Card {
            id: format!("{name}{}", self.index),
            ..card
                .with(Field::Photo, photo)
                .with(Field::Credit, &self.start(4))
        })
    }
}

/// Cards of every family.
fn cards(index: usize, text: &str) -> Vec<Card> {
    let sample = Sample { index, text };
    let mut cards = vec![
        sample.quote(),
        sample.statistic("statistic", sample.start(2)),
        sample.title("title", Kind::Title),
        Card {
            values: sample.values(),
            ..sample.title("list", Kind::List)
        },
    ];
    cards.extend(sample.charted());
    cards.extend(sample.slides());
    cards.extend(sample.pictured());
    cards
}

fn faults_of(composition: &Composition) -> Vec<String> {
    let (width, height) = (composition.width, composition.height);
    let artboard = Rect::from_xywh(0.0, 0.0, f64::from(width), f64::from(height));
    let outside = composition
        .texts
        .iter()
        .filter(|text| text.lines.iter().any(|line| !line.trim().is_empty()))
        .filter(|text| !artboard.contains(&text.ink, Px(0.5)));
    outside
        .map(|text| format!("{:?} leaves the artboard: {:?}", text.fields, text.ink))
        .collect()
}

#[test]
fn nothing_leaves_the_artboard_whatever_is_written() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let texts = texts();
    let cards = texts
        .iter()
        .enumerate()
        .flat_map(|(index, text)| cards(index, text));
    let deck = Deck {
        cards: cards.collect(),
        ..Deck::default()
    };
    let decks = [deck];
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let only = std::env::var("THEME").ok();
    let is_wanted = |theme: &&str| only.as_deref().is_none_or(|only| only == *theme);
    for theme in studio.library().theme_names().into_iter().filter(is_wanted) {
        let options = Options {
            theme: Some(theme.to_owned()),
            ..Options::default()
        };
        let plan = plan::plan(&decks, studio.library(), &options).expect("the names are known");
        seen.extend(plan.jobs.iter().map(|job| job.family.clone()));
        let found = plan.jobs.par_iter().flat_map_iter(|job| {
            let composed = studio.compose(job);
            let mut faults: Vec<String> = composed
                .diagnostics
                .iter()
                .filter(|diagnostic| !EXPECTED.contains(&diagnostic.code))
                .map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message))
                .collect();
            match &composed.composition {
                Some(composition) => faults.extend(faults_of(composition)),
                None if composed.diagnostics.is_empty() => faults.push("no word why".to_owned()),
                None => {}
            }
            let name = job.name.display().to_string();
            faults
                .into_iter()
                .map(move |fault| format!("{theme} {name}: {fault}"))
        });
        faults.extend(found.collect::<Vec<_>>());
    }
    let families = studio.library().families();
    let families: BTreeSet<_> = families.iter().map(|family| family.name.clone()).collect();
    assert_eq!(seen, families, "every family is tried");
    let shown: Vec<_> = faults.iter().take(20).cloned().collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        shown.join("\n")
    );
}

/// Lines by first fit at a size, words cut where one is wider than the box: no more than a setter
/// in a hurry would need.
fn lines_in_a_hurry(fonts: &Fonts, text: &str, style: &TextStyle, size: f64, width: f64) -> usize {
    let measure = |words: &str| text::measure(fonts, words, style).advance.0 * size;
    let mut lines = 0;
    for paragraph in text
        .split('\n')
        .filter(|paragraph| !paragraph.trim().is_empty())
    {
        let mut line = String::new();
        lines += 1;
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if measure(&longer) <= width {
                line = longer;
                continue;
            }
            lines += usize::from(!line.is_empty());
            line = word.to_owned();
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_not_to_fit_does_not(
        text in "([a-zA-Z]{1,11}[,.]? ){1,60}", width in 180.0..900.0f64, height in 60.0..600.0f64,
    ) {
        let fonts = Fonts::bundled();
        let request = FaceRequest { families: vec!["Commissioner".to_owned()], weight: 500, ..FaceRequest::default() };
        let face = fonts.face(&request).expect("it is bundled");
        let style = TextStyle { face, scale: 1.0, tracking: Em(0.0), padding: Em(0.0), is_apart: false };
        let text = text.trim().to_owned();
        let paragraph = Paragraph {
            styles: vec![StyledRange { range: 0..text.len(), style: style.clone() }],
            text: text.clone(),
            direction: text::Direction::Auto,
        };
        let frame = Frame {
            rect: Rect::from_xywh(0.0, 0.0, width, height),
            min_size: Px(34.0),
            max_size: Px(90.0),
            min_leading: 1.2,
            max_leading: 1.2,
            max_lines: None,
            give: 0.0,
            align: Align::Start,
            valign: Valign::Bottom,
            hang: Hang::default(),
            mark: None,
            hyphens: None,
        };
        let cap = fonts.metrics(face).cap_height.0 * 34.0;
        let held = ((height - cap) / (34.0 * 1.2)).floor() as i64 + 1;
        let needed = lines_in_a_hurry(&fonts, &text, &style, 34.0, width) as i64;
        match text::fit(&fonts, &paragraph, &frame) {
            Err(overflow) => prop_assert!(needed > held, "{overflow:?}, but {needed} lines in {held}"),
            Ok(fitted) => prop_assert!(fitted.lines.len() as i64 <= held.max(1), "{fitted:?}"),
        }
    }
}
