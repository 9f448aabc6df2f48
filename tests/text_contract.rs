//! What is measured is what is drawn: glyphs and places equal those that usvg lays out.

mod setting;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use pullquote::geometry::{Em, Px, Rect};
use pullquote::text::{
    self, Align, FaceId, FaceRequest, FittedText, Fonts, Frame, Hang, LineRun, Mark, Paragraph,
    StyledRange, TextStyle, Valign,
};

/// How far apart two places may be, in px of the artboard.
const TOLERANCE: f64 = 0.01;

const TEXTS: &[&str] = &[
    "The first spring we grew nothing but good neighbours.",
    "AVATAR To Ty. We VAlue “Type”, ‘not’ f.i; office waffle fjord — 1,340 kg (42 %)",
    "„Wir haben nichts gezählt, nur zugehört“, sagte sie; L’été, où l’on naît. Ça va?",
    "Мы не считали дни. «Дай руку», — сказала она. Ђорђе, Їжак, Ґанок № 5",
    "Ο άνθρωπος είναι το μέτρο. Ίσως ναι· ίσως όχι; ΐ ΰ Ά",
    "Straße Łódź Ångström naïve Đặng Trần Côn e\u{301}a\u{308}o\u{302}\u{301}",
    "https://example.org/a-long-path?with=parameters&and=more 10–12 a/b 50-year-old",
    "العدالة للفقراء ممكنة، في ٢٠١٨ و 45,000 شخص (نعم).",
    "צדק לעניים אפשרי, אמרה רות ב-2018: „כן, 45,000 איש”.",
    "She said “العدالة ممكنة!” and לא “maybe” – 12 مرة",
    "गरीबों के लिए न्याय संभव है, उन्होंने कहा। क्षत्रिय 45,000 लोग",
    "ความยุติธรรมสำหรับคนจนเป็นไปได้ เธอกล่าว",
    "Thanks 🙏🏽 to 👩‍👩‍👧‍👦 and 🇩🇪🇫🇷 from ❤️ 1️⃣ 👍",
    "हिन्दी and العربية with 🎉 in one",
    "  double  spaces\u{a0}and\u{202f}thin \u{200b}ones\u{2009}too ",
];

fn faces(fonts: &Fonts) -> Vec<FaceId> {
    let wanted = [
        ("Noto Serif Display", 700, false),
        ("Noto Serif Display", 600, true),
        ("Source Serif 4", 600, false),
        ("Commissioner", 500, false),
    ];
    let find = |(family, weight, is_italic): (&str, u16, bool)| {
        let request = FaceRequest {
            families: vec![family.to_owned()],
            weight,
            is_italic,
            ..FaceRequest::default()
        };
        fonts.face(&request).expect("it is bundled")
    };
    wanted.into_iter().map(find).collect()
}

fn style(face: FaceId, tracking: f64) -> TextStyle {
    TextStyle {
        face,
        scale: 1.0,
        tracking: Em(tracking),
        padding: Em(0.0),
        is_apart: false,
    }
}

fn plain(text: &str, face: FaceId, tracking: f64) -> Paragraph {
    Paragraph {
        text: text.to_owned(),
        styles: vec![StyledRange {
            range: 0..text.len(),
            style: style(face, tracking),
        }],
        direction: text::Direction::Auto,
    }
}

fn frame(width: f64, height: f64, mark: Option<Mark>) -> Frame {
    Frame {
        rect: Rect::from_xywh(84.0, 100.0, width, height),
        min_size: Px(12.0),
        max_size: Px(160.0),
        min_leading: 1.05,
        max_leading: 1.15,
        max_lines: None,
        give: 0.0,
        align: Align::Start,
        valign: Valign::Top,
        hang: Hang {
            left: Px(66.0),
            right: Px(66.0),
            is_ink: false,
        },
        mark,
        hyphens: None,
    }
}

fn runs(fitted: &FittedText) -> impl Iterator<Item = &LineRun> {
    fitted
        .mark
        .iter()
        .chain(fitted.lines.iter().flat_map(|line| &line.runs))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The text as an SVG document, each run at its place.
fn document(fonts: &Fonts, fitted: &FittedText) -> String {
    let mut svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="4000"><text xml:space="preserve">"#.to_owned();
    for run in runs(fitted) {
        let slant = if fonts.is_italic(run.face) {
            "italic"
        } else {
            "normal"
        };
        let _ = write!(
            svg,
            r#"<tspan x="{:.3}" y="{:.3}" font-family="'{}'" font-weight="{}" font-style="{slant}" font-size="{}" letter-spacing="{}">{}</tspan>"#,
            run.x.0,
            run.y.0,
            fonts.family_name(run.face),
            fonts.weight(run.face),
            run.size.0,
            run.tracking.0,
            escaped(&run.text),
        );
    }
    svg.push_str("</text></svg>");
    svg
}

/// Number and place of every glyph that usvg would draw.
fn laid_out(fonts: &Fonts, svg: &str) -> Vec<(u32, f64, f64)> {
    let options = usvg::Options {
        fontdb: Arc::clone(fonts.database()),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).expect("it is SVG");
    let mut found = Vec::new();
    collect(tree.root(), &mut found);
    found
}

fn collect(group: &usvg::Group, found: &mut Vec<(u32, f64, f64)>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(group) => collect(group, found),
            usvg::Node::Text(text) => {
                for glyph in text
                    .layouted()
                    .iter()
                    .flat_map(|span| &span.positioned_glyphs)
                {
                    let place = glyph.transform();
                    found.push((glyph.id.0, f64::from(place.tx), f64::from(place.ty)));
                }
            }
            _ => {}
        }
    }
}

/// Compares as sets: usvg orders glyphs by span and cluster, we by run.
fn differences(fonts: &Fonts, fitted: &FittedText) -> Vec<String> {
    let svg = document(fonts, fitted);
    let mut theirs = laid_out(fonts, &svg);
    let mut ours: Vec<(u32, f64, f64)> = runs(fitted)
        .flat_map(|run| {
            run.glyphs
                .iter()
                .map(|glyph| (glyph.id, glyph.x.0, run.y.0))
        })
        .collect();
    let by_place = |a: &(u32, f64, f64), b: &(u32, f64, f64)| {
        let row = |y: f64| (y * 2.0).round() as i64;
        (a.0, row(0.0))
            .cmp(&(b.0, row(0.0)))
            .then(a.1.total_cmp(&b.1))
            .then(a.2.total_cmp(&b.2))
    };
    ours.sort_by(by_place);
    theirs.sort_by(by_place);
    let mut faults = Vec::new();
    if ours.len() != theirs.len() {
        faults.push(format!(
            "{} glyphs here, {} in usvg: {svg}",
            ours.len(),
            theirs.len()
        ));
    }
    for (our, their) in ours.iter().zip(&theirs) {
        if our.0 != their.0 || (our.1 - their.1).abs() > TOLERANCE {
            faults.push(format!("{our:?} here, {their:?} in usvg"));
        }
    }
    faults.truncate(3);
    faults
}

#[test]
fn glyphs_and_places_equal_those_of_usvg() {
    let fonts = Fonts::bundled();
    let mut faults = Vec::new();
    for text in TEXTS {
        for face in faces(&fonts) {
            for tracking in [0.0, -0.02, 0.08] {
                let paragraph = plain(text, face, tracking);
                let fitted = text::fit(&fonts, &paragraph, &frame(640.0, 900.0, None));
                let fitted = fitted.expect("the box is large");
                let lacking = text::missing(&fonts, &fitted, &paragraph);
                assert!(lacking.is_empty(), "{text}: {lacking:?}");
                let found = differences(&fonts, &fitted);
                faults.extend(
                    found
                        .iter()
                        .map(|fault| format!("{text} ({tracking}): {fault}")),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn quotations_of_all_scripts_are_drawn_where_they_were_set() {
    let fonts = Fonts::bundled();
    let mut faults = Vec::new();
    let quotations = setting::quotations();
    for quotation in &quotations {
        for board in setting::BOARDS {
            let Some(set) = setting::hung(&fonts, quotation, board) else {
                continue;
            };
            let found = differences(&fonts, &set.fitted);
            faults.extend(found.iter().map(|it| format!("{}: {it}", quotation.words)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn divided_words_are_drawn_where_they_were_set() {
    let fonts = Fonts::bundled();
    let words = "Die Krankenhausfinanzierungsgesetzgebung versteht hier niemand.";
    for face in faces(&fonts) {
        for tracking in [0.0, -0.02, 0.08] {
            let paragraph = plain(words, face, tracking);
            let mut frame = frame(400.0, 900.0, None);
            frame.min_size = Px(50.0);
            frame.hyphens = Some("de".to_owned());
            let fitted = text::fit(&fonts, &paragraph, &frame).expect("it can be divided");
            let hyphens = runs(&fitted).filter(|run| run.range.is_empty()).count();
            assert!(hyphens > 0, "{fitted:?}");
            assert_eq!(differences(&fonts, &fitted), [""; 0]);
            assert_inside(&fitted, &frame);
        }
    }
}

/// Chinese, Japanese and Korean: `FONT_DIR=/folder/of/fonts cargo test --test text_contract -- --ignored`.
#[test]
#[ignore = "needs FONT_DIR, a folder with faces for Chinese, Japanese and Korean"]
fn quotations_in_faces_of_a_folder_are_drawn_where_they_were_set() {
    let folder = std::env::var("FONT_DIR").expect("FONT_DIR is set");
    let fonts = Fonts::bundled().with_dir(Path::new(&folder));
    let fonts = fonts.expect("the faces read");
    let is_east_asian =
        |quotation: &&setting::Quotation| matches!(quotation.lang, "ja" | "zh" | "ko");
    let mut count = 0;
    for quotation in setting::quotations().iter().filter(is_east_asian) {
        for board in setting::BOARDS {
            let set = setting::hung(&fonts, quotation, board);
            let set = set.unwrap_or_else(|| panic!("no face for {}", quotation.words));
            assert_eq!(differences(&fonts, &set.fitted), [""; 0]);
            count += 1;
        }
    }
    assert!(count > 15, "{count}");
}

#[test]
fn styles_and_marks_equal_those_of_usvg() {
    let fonts = Fonts::bundled();
    let [serif, italic, text_face, sans] = faces(&fonts)[..] else {
        panic!("there are four faces");
    };
    let words = "The first spring we grew nothing but good neighbours, Ana’s VA.”";
    let at = words.find("good").expect("it is there");
    for (inner, padding) in [(italic, 0.0), (serif, 0.12), (text_face, 0.0), (sans, 0.1)] {
        let styles = vec![
            StyledRange {
                range: 0..at,
                style: style(serif, -0.012),
            },
            StyledRange {
                range: at..at + 15,
                style: TextStyle {
                    padding: Em(padding),
                    scale: 0.9,
                    ..style(inner, 0.0)
                },
            },
            StyledRange {
                range: at + 15..words.len(),
                style: style(serif, -0.012),
            },
        ];
        let paragraph = Paragraph {
            text: words.to_owned(),
            styles,
            direction: text::Direction::Auto,
        };
        for width in [300.0, 700.0, 912.0] {
            let mark = Mark {
                text: "“".to_owned(),
                style: style(serif, 0.0),
            };
            let frame = frame(width, 820.0, Some(mark));
            let fitted = text::fit(&fonts, &paragraph, &frame).expect("the box is large");
            assert_eq!(differences(&fonts, &fitted), [""; 0], "width {width}");
            assert_inside(&fitted, &frame);
        }
    }
}

fn assert_inside(fitted: &FittedText, frame: &Frame) {
    for line in &fitted.lines {
        let room = Rect {
            left: frame.rect.left - frame.hang.left,
            right: frame.rect.right + frame.hang.right,
            // Accents may stand above the capitals of the first line.
            top: frame.rect.top - fitted.size * 0.5,
            bottom: frame.rect.bottom,
        };
        // Side bearings of letters are not counted: a tail may reach out of its advance.
        let tolerance = fitted.size * 0.08 + Px(0.5);
        assert!(room.contains(&line.ink, tolerance), "{line:?} in {room:?}");
    }
}

#[test]
fn ink_starts_at_the_edge_where_it_is_asked_to() {
    let fonts = Fonts::bundled();
    let sans = faces(&fonts)[3];
    let paragraph = plain("Hundreds of people ran down bright lanes home", sans, 0.0);
    let mut frame = frame(420.0, 900.0, None);
    frame.hang.is_ink = true;
    let fitted = text::fit(&fonts, &paragraph, &frame).expect("the box is large");
    assert!(fitted.lines.len() > 3);
    for line in &fitted.lines {
        let off = line.ink.left - frame.rect.left;
        assert!(off.0.abs() < 0.01, "{line:?}");
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-z]{1,12}[.,;:!?]?",
        2 => "[A-Z][a-z’]{0,9}",
        2 => "[абвгдежзий]{1,10}[.,]?",
        1 => "[αβγδεζηθ]{1,10}",
        1 => "[0-9]{1,3}(,[0-9]{3})?%?",
        1 => "“[a-z]{2,8}”",
        1 => Just("—".to_owned()),
        1 => "[a-z]{20,60}",
    ]
}

fn words() -> impl Strategy<Value = String> {
    let gap = prop_oneof![
        9 => Just(" "), 1 => Just("  "), 1 => Just("\u{a0}"), 1 => Just("\n"), 1 => Just("-")
    ];
    prop::collection::vec((word(), gap), 1..60)
        .prop_map(|parts| parts.into_iter().map(|(word, gap)| word + gap).collect())
}

fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_join_to_the_text_and_stay_inside(text in words(), face in 0..4usize, tracking in -0.02..0.1f64) {
        let fonts = Fonts::bundled();
        let face = faces(&fonts)[face];
        let paragraph = plain(&text, face, tracking);
        let frame = frame(640.0, 900.0, None);
        let Ok(fitted) = text::fit(&fonts, &paragraph, &frame) else {
            return Ok(());
        };
        let lines: String = fitted.lines.iter().map(|line| &text[line.range.clone()]).collect();
        prop_assert_eq!(joined(&lines), joined(&text));
        let drawn: String = runs(&fitted).map(|run| run.text.as_str()).collect();
        prop_assert_eq!(joined(&drawn), joined(&text));
        assert_inside(&fitted, &frame);
        prop_assert_eq!(differences(&fonts, &fitted), [""; 0]);
    }

    /// Unless a word has to be divided in the smaller one: whole words are worth more than size.
    #[test]
    fn a_larger_box_never_gives_smaller_type(
        text in "(([a-zA-Z]{1,12}[,.]?|the|5 km|Dr\\. Bo|– so|a) ){1,50}",
        width in 220.0..900.0f64, height in 60.0..900.0f64, more in 0.0..300.0f64,
    ) {
        let fonts = Fonts::bundled();
        let paragraph = plain(&text, faces(&fonts)[0], -0.012);
        let set = |width, height| {
            let mut frame = frame(width, height, None);
            frame.min_size = Px(20.0);
            text::fit(&fonts, &paragraph, &frame)
        };
        let small = set(width, height);
        for (width, height) in [(width + more, height), (width, height + more)] {
            match (&small, &set(width, height)) {
                (Ok(small), _) if small.lines.iter().any(|line| line.is_cut) => {}
                (Ok(small), Ok(large)) => {
                    prop_assert!(large.size.0 >= small.size.0 * 0.9998, "{small:?} {large:?}");
                }
                (Ok(_), Err(_)) => prop_assert!(false, "it fitted before"),
                (Err(_), _) => {}
            }
        }
    }

    #[test]
    fn the_size_is_the_largest_of_all_ways_to_break(
        // Small letters: "Lt" and "Gen" are kept with a name that follows.
        words in prop::collection::vec("[a-z]{2,9}", 2..11),
        width in 300.0..900.0f64, height in 100.0..900.0f64,
    ) {
        let fonts = Fonts::bundled();
        let face = faces(&fonts)[0];
        let text = words.join(" ");
        let mut frame = frame(width, height, None);
        frame.hang = Hang::default();
        frame.valign = Valign::Bottom;
        let fitted = text::fit(&fonts, &plain(&text, face, 0.0), &frame).expect("words are short");
        let sized = |widow| largest_of_all(&fonts, &words, &frame, face, widow);
        // What is just a widow or just not depends on the spaces between lines, which count there.
        let (least, most) = (sized(0.65), sized(0.47));
        prop_assert!(fitted.size.0 >= least * 0.995, "{fitted:?} but {least} fits");
        prop_assert!(fitted.size.0 <= most * 1.0005, "{fitted:?} but only {most} fits");
    }
}

/// The largest size at which words fit a box, by trying every way to break them; a single last
/// word shorter than this share of the other lines is none.
fn largest_of_all(fonts: &Fonts, words: &[String], frame: &Frame, face: FaceId, widow: f64) -> f64 {
    let count = words.len();
    let style = style(face, 0.0);
    let mut widths = vec![vec![0.0; count + 1]; count];
    for from in 0..count {
        for to in from + 1..=count {
            widths[from][to] = text::measure(fonts, &words[from..to].join(" "), &style)
                .advance
                .0;
        }
    }
    let cap = fonts.metrics(face).cap_height.0;
    let mut best: f64 = 0.0;
    for ways in 0..1_usize << (count - 1) {
        let ends = (1..count)
            .filter(|at| ways >> (at - 1) & 1 == 1)
            .chain([count]);
        let mut from = 0;
        let lines: Vec<f64> = ends
            .map(|to| widths[std::mem::replace(&mut from, to)][to])
            .collect();
        let others: f64 = lines[..lines.len() - 1].iter().sum::<f64>() / (lines.len() - 1) as f64;
        let is_single = count > 1 && ways >> (count - 2) & 1 == 1;
        if lines.len() > 1 && is_single && lines[lines.len() - 1] < others * widow {
            continue;
        }
        let longest = lines.iter().copied().fold(0.0, f64::max);
        let high = cap + (lines.len() - 1) as f64 * frame.min_leading;
        let size = (frame.rect.width().0 / longest).min(frame.rect.height().0 / high);
        best = best.max(size.min(frame.max_size.0));
    }
    best
}
