//! What a number card draws beside its words, and the numbers for it.
//!
//! A deck names the kind of picture; what it draws is read from the figures as they are written, so
//! that a person who corrects a figure corrects its picture too.

use serde::{Deserialize, Serialize};

use super::{Card, Deck, Field};
use crate::extract::{self, Reading};

/// Fewest and most bars that compare.
const BARS: std::ops::RangeInclusive<usize> = 2..=4;

/// The kind of picture that shows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ChartKind {
    /// The figure itself, set large.
    Number,
    /// So many of so many: "1 in 4".
    Ratio,
    /// A part of a whole: "45%".
    Ring,
    /// Two to four values side by side.
    Bars,
}

/// One of the values that bars compare, as the deck has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The number as written: "45%".
    pub figure: String,
    /// What it is the number of: "in 2010".
    pub label: String,
}

/// What to draw, with its numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart<'a> {
    /// The figure itself, set large.
    Number,
    /// `n` of `of`, both whole; `n` is at most `of`, and `of` from 1 to 1,000.
    Ratio {
        /// How many.
        n: u32,
        /// Of how many.
        of: u32,
    },
    /// A part of a whole, from 0 to 1.
    Ring {
        /// The part.
        share: f64,
    },
    /// Two to four bars in one unit, none below 0, one at least above.
    Bars(Vec<Bar<'a>>),
}

/// One bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar<'a> {
    /// The number as written.
    pub figure: &'a str,
    /// What it is the number of.
    pub label: &'a str,
    /// What the figure amounts to, in the unit of all bars.
    pub number: f64,
}

/// Why a picture cannot be drawn: what was found, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) message: String,
    pub(super) hint: &'static str,
    /// Index of the value that is to blame, if it is one.
    pub(super) value: Option<usize>,
}

impl ChartKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Ratio, Self::Ring, Self::Bars, Self::Number];

    /// The name in decks.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Ratio => "ratio",
            Self::Ring => "ring",
            Self::Bars => "bars",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl Deck {
    /// What a card's figure amounts to; `None` without a figure, or with one that has no number.
    #[must_use]
    pub fn reading(&self, card: &Card) -> Option<Reading> {
        extract::read_in(self.field(card, Field::Figure)?, self.lang_of(card))
    }

    /// What a card draws; `None` for a card that names no chart, and for one changed in memory so
    /// that its figures do not fit it. A deck that was read has none of those.
    #[must_use]
    pub fn chart<'a>(&self, card: &'a Card) -> Option<Chart<'a>> {
        let in_language = card.picture(self.lang_of(card));
        in_language.or_else(|_| card.picture(None)).ok().flatten()
    }

    fn lang_of<'a>(&'a self, card: &'a Card) -> Option<&'a str> {
        card.lang.as_deref().or(self.lang.as_deref())
    }
}

impl Card {
    /// What the card draws, its figures read in a language, or why it cannot.
    pub(super) fn picture(&self, lang: Option<&str>) -> Result<Option<Chart<'_>>, Unfit> {
        let Some(kind) = self.chart else {
            return Ok(None);
        };
        let figure = self.fields.get(&Field::Figure).map_or("", String::as_str);
        let reading = extract::read_in(figure, lang);
        let chart = match kind {
            ChartKind::Number => Chart::Number,
            ChartKind::Ratio => {
                let ratio = reading.and_then(|reading| reading.ratio());
                let (n, of) = ratio.ok_or_else(|| not_a_ratio(figure))?;
                Chart::Ratio { n, of }
            }
            ChartKind::Ring => {
                let share = reading.and_then(|reading| reading.share());
                let share = share.ok_or_else(|| not_a_share(figure))?;
                Chart::Ring { share }
            }
            ChartKind::Bars => Chart::Bars(bars(&self.values, lang)?),
        };
        Ok(Some(chart))
    }
}

fn not_a_ratio(figure: &str) -> Unfit {
    Unfit {
        message: format!("`chart: ratio` draws so many of so many; the figure is `{figure}`"),
        hint: "write the figure as `1 in 4` or `25%`, or use `chart: number`",
        value: None,
    }
}

fn not_a_share(figure: &str) -> Unfit {
    Unfit {
        message: format!("`chart: ring` draws a part of a whole; the figure is `{figure}`"),
        hint: "write the figure as `45%` or `1 in 4`, or use `chart: number`",
        value: None,
    }
}

fn bars<'a>(values: &'a [Value], lang: Option<&str>) -> Result<Vec<Bar<'a>>, Unfit> {
    if !BARS.contains(&values.len()) {
        return Err(Unfit {
            message: format!(
                "`chart: bars` compares 2 to 4 values, found {}",
                values.len()
            ),
            hint: "list them below `values:`, each as `- figure: 45%` with its `label:`",
            value: None,
        });
    }
    let readings = values.iter().enumerate().map(|(index, value)| {
        let reading = extract::read_in(&value.figure, lang);
        let number = reading.as_ref().and_then(Reading::number);
        let number = number.filter(|number| *number >= 0.0 && number.is_finite());
        reading.zip(number).ok_or_else(|| Unfit {
            message: format!("a bar needs one number from 0 on, found `{}`", value.figure),
            hint: "write it as `45%` or `1,200`, or leave the value out",
            value: Some(index),
        })
    });
    let readings = readings.collect::<Result<Vec<_>, _>>()?;
    let unit = readings
        .first()
        .and_then(|(reading, _)| reading.unit.clone());
    if let Some(index) = readings
        .iter()
        .position(|(reading, _)| reading.unit != unit)
    {
        return Err(Unfit {
            message: format!(
                "bars compare one unit, found `{}` beside `{}`",
                values[index].figure, values[0].figure
            ),
            hint: "give all values the same unit",
            value: Some(index),
        });
    }
    if readings.iter().all(|(_, number)| *number == 0.0) {
        return Err(Unfit {
            message: "every bar is 0".to_owned(),
            hint: "use `chart: number`",
            value: None,
        });
    }
    let bars = values.iter().zip(readings);
    Ok(bars
        .map(|(value, (_, number))| Bar {
            figure: &value.figure,
            label: &value.label,
            number,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Kind;

    fn card(chart: ChartKind, figure: &str, values: &[(&str, &str)]) -> Card {
        let value = |(figure, label): &(&str, &str)| Value {
            figure: (*figure).to_owned(),
            label: (*label).to_owned(),
        };
        Card {
            fields: [(Field::Figure, figure.to_owned())].into(),
            chart: Some(chart),
            values: values.iter().map(value).collect(),
            ..Card::new("card", Kind::Statistic)
        }
    }

    #[test]
    fn a_picture_is_read_from_the_figure() {
        #[track_caller]
        fn case(chart: ChartKind, figure: &str, expected: Chart<'_>) {
            assert_eq!(card(chart, figure, &[]).picture(None), Ok(Some(expected)));
        }
        case(ChartKind::Number, "many", Chart::Number);
        case(ChartKind::Ratio, "1 in 4", Chart::Ratio { n: 1, of: 4 });
        case(ChartKind::Ratio, "25 %", Chart::Ratio { n: 1, of: 4 });
        case(ChartKind::Ring, "45%", Chart::Ring { share: 0.45 });
        case(ChartKind::Ring, "one in five", Chart::Ring { share: 0.2 });
    }

    #[test]
    fn bars_compare_two_to_four_values_of_one_unit() {
        let values = [("12%", "in 2010"), ("31 per cent", "in 2020")];
        let card = card(ChartKind::Bars, "31%", &values);
        let Ok(Some(Chart::Bars(bars))) = card.picture(None) else {
            panic!("there are bars");
        };
        let bars: Vec<_> = bars.iter().map(|bar| (bar.label, bar.number)).collect();
        assert_eq!(bars, [("in 2010", 12.0), ("in 2020", 31.0)]);
    }

    #[test]
    fn bars_are_as_long_as_the_language_of_the_deck_says() {
        let values = [("1.200", "2010"), ("950", "2020")];
        let deck = Deck {
            lang: Some("de".to_owned()),
            ..Deck::default()
        };
        let card = card(ChartKind::Bars, "1.200", &values);
        let Some(Chart::Bars(bars)) = deck.chart(&card) else {
            panic!("there are bars");
        };
        let numbers: Vec<_> = bars.iter().map(|bar| bar.number).collect();
        assert_eq!(numbers, [1200.0, 950.0]);
    }

    #[test]
    fn figures_that_do_not_fit_their_picture_say_why() {
        #[track_caller]
        fn case(chart: ChartKind, figure: &str, values: &[(&str, &str)], message: &str) {
            let card = card(chart, figure, values);
            let unfit = card.picture(None).expect_err("it does not fit");
            assert_eq!(unfit.message, message);
        }
        case(
            ChartKind::Ratio,
            "45,000",
            &[],
            "`chart: ratio` draws so many of so many; the figure is `45,000`",
        );
        case(
            ChartKind::Ring,
            "130%",
            &[],
            "`chart: ring` draws a part of a whole; the figure is `130%`",
        );
        let one = [("12%", "men")];
        case(
            ChartKind::Bars,
            "12%",
            &one,
            "`chart: bars` compares 2 to 4 values, found 1",
        );
        let mixed = [("12%", "men"), ("300", "women")];
        case(
            ChartKind::Bars,
            "12%",
            &mixed,
            "bars compare one unit, found `300` beside `12%`",
        );
        let unread = [("12%", "men"), ("most", "women")];
        case(
            ChartKind::Bars,
            "12%",
            &unread,
            "a bar needs one number from 0 on, found `most`",
        );
    }
}
