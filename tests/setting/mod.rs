//! The quotations of `tests/fixtures/quotations.txt` in boxes and faces like those of the built-in
//! templates, for tests and measurements of how lines are broken.

#![allow(dead_code, reason = "each test and bench takes what it needs")]

use pullquote::geometry::{Em, Px, Rect};
use pullquote::text::{
    self, Align, FaceRequest, FittedText, Fonts, Frame, Hang, Mark, Paragraph, StyledRange,
    TextStyle, Valign,
};

/// A quotation and its language.
pub struct Quotation {
    pub lang: &'static str,
    pub words: &'static str,
}

/// Where a quotation is set.
#[derive(Clone, Copy)]
pub struct Board {
    pub name: &'static str,
    pub rect: (f64, f64, f64, f64),
    /// Settings for up to 8 words, up to 32, and more.
    pub looks: [Look; 3],
}

/// How a quotation of some length is set.
#[derive(Clone, Copy)]
pub struct Look {
    pub family: &'static str,
    pub weight: u16,
    pub tracking: f64,
    pub leading: (f64, f64),
    pub sizes: (f64, f64),
    pub max_lines: Option<usize>,
    /// How much size is given up for better lines.
    pub give: f64,
}

/// A quotation that was set: in which look, the text with its closing mark, and how.
pub struct Set {
    pub look: Look,
    pub text: String,
    pub fitted: FittedText,
}

const SHORT: Look = Look {
    family: "Noto Serif Display",
    weight: 700,
    tracking: -0.02,
    leading: (1.02, 1.1),
    sizes: (90.0, 220.0),
    max_lines: Some(4),
    give: 0.16,
};

const MEDIUM: Look = Look {
    tracking: -0.012,
    leading: (1.06, 1.14),
    sizes: (64.0, 156.0),
    max_lines: None,
    give: 0.16,
    ..SHORT
};

const LONG: Look = Look {
    family: "Source Serif 4",
    weight: 600,
    tracking: -0.01,
    leading: (1.2, 1.28),
    sizes: (56.0, 76.0),
    max_lines: None,
    give: 0.06,
};

const fn sized(look: Look, min: f64, max: f64) -> Look {
    Look {
        sizes: (min, max),
        ..look
    }
}

/// Boxes and looks of a quotation in the theme `newsprint`.
pub const BOARDS: &[Board] = &[
    Board {
        name: "landscape",
        rect: (60.0, 108.0, 1080.0, 376.0),
        looks: [
            sized(SHORT, 90.0, 190.0),
            sized(MEDIUM, 64.0, 128.0),
            sized(LONG, 36.0, 64.0),
        ],
    },
    Board {
        name: "square",
        rect: (84.0, 172.0, 912.0, 678.0),
        looks: [SHORT, MEDIUM, sized(LONG, 44.0, 76.0)],
    },
    Board {
        name: "portrait",
        rect: (84.0, 196.0, 912.0, 924.0),
        looks: [
            sized(SHORT, 90.0, 250.0),
            sized(MEDIUM, 64.0, 186.0),
            sized(LONG, 52.0, 88.0),
        ],
    },
];

/// All quotations, in their order.
pub fn quotations() -> Vec<Quotation> {
    let lines = include_str!("../fixtures/quotations.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" | "))
        .map(|(lang, words)| Quotation { lang, words })
        .collect()
}

fn style(fonts: &Fonts, look: &Look) -> TextStyle {
    let request = FaceRequest {
        families: vec![look.family.to_owned()],
        weight: look.weight,
        ..FaceRequest::default()
    };
    TextStyle {
        face: fonts.face(&request).expect("it is bundled"),
        scale: 1.0,
        tracking: Em(look.tracking),
        padding: Em(0.0),
        is_apart: false,
    }
}

/// The marks around a quotation.
fn marks(lang: &str) -> (&'static str, &'static str) {
    match lang {
        "de" => ("„", "“"),
        "fr" => ("«\u{a0}", "\u{a0}»"),
        "es" | "el" | "ru" | "ar" => ("«", "»"),
        "ja" => ("「", "」"),
        _ => ("“", "”"),
    }
}

/// How a quotation is set on a board: like the templates do it, marks hung.
///
/// A text that does not fit the look of its length is tried in the next longer one; `None` if it
/// fits none.
pub fn hung(fonts: &Fonts, quotation: &Quotation, board: &Board) -> Option<Set> {
    let (open, close) = marks(quotation.lang);
    let text = format!("{}{close}", quotation.words);
    looks(quotation, board).find_map(|look| {
        let style = style(fonts, &look);
        let frame = Frame {
            hang: hang(board),
            mark: Some(Mark {
                text: open.to_owned(),
                style: style.clone(),
            }),
            give: look.give,
            ..frame(board, &look)
        };
        set(fonts, (&text, &style), &frame, look)
    })
}

/// The same in a plain box: nothing hangs, the last baseline on its lower edge, one leading.
pub fn plain(fonts: &Fonts, quotation: &Quotation, board: &Board) -> Option<Set> {
    looks(quotation, board).find_map(|look| {
        let style = style(fonts, &look);
        let frame = Frame {
            max_leading: look.leading.0,
            valign: Valign::Bottom,
            ..frame(board, &look)
        };
        set(fonts, (quotation.words, &style), &frame, look)
    })
}

/// The same with its marks, and those hung: the box of [`plain`], and what a browser gets to set is
/// the second value.
pub fn quoted(fonts: &Fonts, quotation: &Quotation, board: &Board) -> Option<(Set, String)> {
    let (open, close) = marks(quotation.lang);
    let text = format!("{}{close}", quotation.words);
    let set = looks(quotation, board).find_map(|look| {
        let style = style(fonts, &look);
        let frame = Frame {
            max_leading: look.leading.0,
            valign: Valign::Bottom,
            hang: hang(board),
            mark: Some(Mark {
                text: open.to_owned(),
                style: style.clone(),
            }),
            ..frame(board, &look)
        };
        set(fonts, (&text, &style), &frame, look)
    })?;
    Some((set, format!("{open}{text}")))
}

/// As far as marks may hang out of the box: to 18 px from the edge of the artboard.
fn hang(board: &Board) -> Hang {
    Hang {
        left: Px((board.rect.0 - 18.0).min(board.rect.0 * 0.8)),
        right: Px(board.rect.0 - 18.0),
        is_ink: false,
    }
}

fn looks(quotation: &Quotation, board: &Board) -> impl Iterator<Item = Look> {
    let words = quotation.words.split_whitespace().count();
    let first = usize::from(words > 8) + usize::from(words > 32);
    board.looks.into_iter().skip(first)
}

fn frame(board: &Board, look: &Look) -> Frame {
    let (x, y, width, height) = board.rect;
    Frame {
        rect: Rect::from_xywh(x, y, width, height),
        min_size: Px(look.sizes.0),
        max_size: Px(look.sizes.1),
        min_leading: look.leading.0,
        max_leading: look.leading.1,
        max_lines: look.max_lines,
        give: 0.0,
        align: Align::Start,
        valign: Valign::Top,
        hang: Hang::default(),
        mark: None,
        hyphens: None,
    }
}

fn set(fonts: &Fonts, (text, style): (&str, &TextStyle), frame: &Frame, look: Look) -> Option<Set> {
    let paragraph = Paragraph {
        styles: vec![StyledRange {
            range: 0..text.len(),
            style: style.clone(),
        }],
        text: text.to_owned(),
        direction: text::Direction::Auto,
    };
    let fitted = text::fit(fonts, &paragraph, frame).ok()?;
    let is_whole = text::missing(fonts, &fitted, &paragraph).is_empty();
    is_whole.then(|| Set {
        look,
        text: text.to_owned(),
        fitted,
    })
}

impl Set {
    /// The words of each line.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let lines = self.fitted.lines.iter();
        lines.map(|line| &self.text[line.range.clone()])
    }

    /// How wide each line is drawn, in em of the text.
    pub fn widths(&self) -> Vec<f64> {
        let width = |line: &text::Line| {
            let ends = line.runs.iter().map(|run| run.x + run.advance);
            let start = line.runs.iter().map(|run| run.x.0).reduce(f64::min);
            let end = ends.map(|end| end.0).reduce(f64::max);
            (end.unwrap_or(0.0) - start.unwrap_or(0.0)) / self.fitted.size.0
        };
        self.fitted.lines.iter().map(width).collect()
    }
}
