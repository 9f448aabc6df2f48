//! Which family of templates sets a card.
//!
//! A person may name it (`template: statistic`). Otherwise the card's kind does, for quotations and
//! headlines together with whether they have a photograph, for numbers with their chart, where that can
//! be drawn so that it says something: not more people than have room, no sliver of a ring. If not, the
//! number is set large, and a diagnostic says why.

use crate::deck::{Card, Chart, Deck, Field, Kind, suggestion};
use crate::design::Library;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, Result};

/// More people than this are too small to be people.
const MOST_PEOPLE: u32 = 10;

/// Shares that leave two parts of a ring to see.
const RING: std::ops::RangeInclusive<f64> = 0.03..=0.97;

/// The family of a card, and why it is not the one of its chart.
///
/// # Errors
///
/// A template that the card names and nobody knows.
pub(super) fn family(
    deck: &Deck,
    card: &Card,
    library: &Library,
) -> Result<(String, Option<Diagnostic>)> {
    if let Some(name) = &card.template {
        return named(deck, card, name, library).map(|name| (name, None));
    }
    let kind = card.kind.name();
    if let Some(pictured) = pictured(card.kind)
        && deck.field(card, Field::Photo).is_some()
    {
        return Ok((library.family_for(kind, pictured).to_owned(), None));
    }
    let (wanted, reason) = match deck.chart(card) {
        Some(Chart::Ratio { n, of }) if of > MOST_PEOPLE || n == 0 => {
            let message =
                format!("{n} in {of} cannot be drawn as people: there is room for {MOST_PEOPLE}");
            (
                kind,
                Some((
                    message,
                    "use `chart: ring`, or `chart: number` to have the number alone",
                )),
            )
        }
        Some(Chart::Ratio { .. }) => ("ratio", None),
        Some(Chart::Ring { share }) if !RING.contains(&share) => {
            let message = format!("a ring of {}% shows one part only", round(share * 100.0));
            (
                kind,
                Some((message, "use `chart: number` to have the number alone")),
            )
        }
        Some(Chart::Ring { .. }) => ("ring", None),
        Some(Chart::Bars(_)) => ("bars", None),
        Some(Chart::Number) | None => (kind, None),
    };
    let note = reason.map(|(message, hint)| {
        let message = format!("{message}; the card shows the number");
        Diagnostic::warning("chart-as-number", message).with_hint(hint)
    });
    Ok((library.family_for(kind, wanted).to_owned(), note))
}

/// The family for a kind of card that has a photograph.
fn pictured(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Quote => Some("photo-quote"),
        Kind::Title => Some("photo-title"),
        Kind::Statistic | Kind::List => None,
    }
}

/// With two decimals at most.
fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

fn named(deck: &Deck, card: &Card, name: &str, library: &Library) -> Result<String> {
    let families = library.families();
    let known: Vec<&str> = families.iter().map(|family| family.name.as_str()).collect();
    if known.contains(&name) {
        return Ok(name.to_owned());
    }
    let error = Error::new(format!("there is no template `{name}`"));
    let error = error.with_hint(suggestion(name, &known));
    let Some(path) = deck.path.as_deref() else {
        return Err(error);
    };
    let error = error.in_file(path);
    Err(match card.position {
        Some((line, column)) => error.at(line, column),
        None => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::ChartKind;

    #[test]
    fn a_number_takes_the_family_of_its_chart_where_that_says_something() {
        #[track_caller]
        fn case(chart: ChartKind, figure: &str, expected: &str, has_reason: bool) {
            let library = Library::built_in().expect("it loads");
            let card = Card {
                fields: [(Field::Figure, figure.to_owned())].into(),
                chart: Some(chart),
                ..Card::new("card", Kind::Statistic)
            };
            let (found, note) = family(&Deck::default(), &card, &library).expect("it is known");
            assert_eq!(
                (found.as_str(), note.is_some()),
                (expected, has_reason),
                "{figure}"
            );
        }
        case(ChartKind::Ratio, "1 in 4", "ratio", false);
        case(ChartKind::Ratio, "1 in 40", "statistic", true);
        case(ChartKind::Ring, "45%", "ring", false);
        case(ChartKind::Ring, "2%", "statistic", true);
        case(ChartKind::Ring, "98%", "statistic", true);
        case(ChartKind::Number, "45%", "statistic", false);
    }

    #[test]
    fn a_person_may_name_another_family() {
        let library = Library::built_in().expect("it loads");
        let card = |template: &str| Card {
            template: Some(template.to_owned()),
            ..Card::new("card", Kind::Statistic)
        };
        let of = |template| family(&Deck::default(), &card(template), &library);
        assert_eq!(of("ring").expect("it is known").0, "ring");
        let error = of("rnig").expect_err("nobody knows it");
        assert_eq!(error.hint(), Some("did you mean `ring`?"));
    }
}
