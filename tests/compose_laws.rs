//! What holds for every card on every built-in template: nothing overlaps, nothing leaves the
//! artboard, every word is there.

use std::collections::BTreeMap;

use pullquote::compose::{self, Composition, PlacedText, SharedSizes};
use pullquote::deck::{Card, Deck, Field, Kind};
use pullquote::design::Library;
use pullquote::geometry::{Px, Rect};
use pullquote::plan::Job;
use pullquote::text::Fonts;

/// Nothing comes nearer to the sides than this, in px.
const SIDE: f64 = 18.0;

/// Nor to the upper and lower edge than this.
const FOOT: f64 = 12.0;

fn card(kind: Kind, fields: &[(Field, &str)]) -> Card {
    let fields = fields
        .iter()
        .map(|(field, words)| (*field, (*words).to_owned()));
    Card {
        fields: fields.collect(),
        ..Card::new("card", kind)
    }
}

const QUOTES: &[&str] = &[
    "Yes.",
    "Count the beds, not the donors.",
    "The first spring we grew nothing but good neighbours, and that was a harvest.",
    "We thought the hard part would be finding soil. The hard part was finding the hour after work when everyone could stand in it together.",
    "People ask what we needed most in the first year and they expect me to say money. What we needed was somebody with a van on Tuesdays, somebody who could read the lease, and a neighbour who did not mind the noise.",
    "Donaudampfschifffahrtsgesellschaft",
    "Мы не считали дни. Мы считали соседей, и с каждой весной их становилось больше.",
    "Δεν μετρήσαμε τις μέρες· μετρήσαμε τους γείτονες.",
];

const FIGURES: &[(&str, &str)] = &[
    ("4 billion", "people live outside the protection of the law"),
    ("45,000", "people rescued"),
    (
        "38%",
        "of night buses now run every twenty minutes, also on Sundays",
    ),
    ("7", "beds"),
    ("1 in 4", "households on the river has a boat of its own"),
    ("two-thirds", "of the choir cannot read music"),
    ("$3.2 million", "raised in one winter"),
    ("12% to 31%", "of journeys are made by bicycle"),
    ("1,234,567", "seeds"),
];

/// Every combination of the fields that may be left out.
fn with_options(must: &[(Field, &str)], may: &[(Field, &str)], kind: Kind) -> Vec<Card> {
    let combination = |bits: usize| {
        let mut fields = must.to_vec();
        let chosen = may
            .iter()
            .enumerate()
            .filter(|(index, _)| bits >> index & 1 == 1);
        fields.extend(chosen.map(|(_, field)| *field));
        card(kind, &fields)
    };
    (0..1 << may.len()).map(combination).collect()
}

fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    for quote in QUOTES {
        let options = [
            (
                Field::Role,
                "Head gardener and treasurer of the Northlight street garden",
            ),
            (Field::Brand, "Northlight"),
        ];
        let must = [(Field::Quote, *quote), (Field::Speaker, "Ines Okafor-Lind")];
        cards.extend(with_options(&must, &options, Kind::Quote));
    }
    for (figure, label) in FIGURES {
        let options = [
            (Field::Qualifier, "nearly"),
            (Field::Context, "Two years ago it was one in ten."),
            (Field::Source, "City transport office, annual report"),
            (Field::Brand, "Northlight"),
        ];
        let must = [
            (Field::Figure, *figure),
            (Field::Label, *label),
            (Field::Title, "A title"),
        ];
        cards.extend(with_options(&must, &options, Kind::Statistic));
    }
    cards
}

fn faults(composition: &Composition) -> Vec<String> {
    let (width, height) = (f64::from(composition.width), f64::from(composition.height));
    let safe = Rect::from_xywh(SIDE, FOOT, width - 2.0 * SIDE, height - 2.0 * FOOT);
    let texts = &composition.texts;
    let outside = texts
        .iter()
        .filter(|text| !safe.contains(&text.ink, Px(0.5)));
    let mut faults: Vec<_> = outside
        .map(|text| format!("{:?} leaves the artboard: {:?}", text.lines, text.ink))
        .collect();
    for (index, one) in texts.iter().enumerate() {
        for other in &texts[index + 1..] {
            if overlap(one, other) {
                faults.push(format!("{:?} and {:?} overlap", one.lines, other.lines));
            }
        }
    }
    faults
}

fn overlap(one: &PlacedText, other: &PlacedText) -> bool {
    let (a, b) = (&one.ink, &other.ink);
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

#[test]
fn nothing_overlaps_or_leaves_the_artboard() {
    let library = Library::built_in().expect("the built-in library loads");
    let fonts = Fonts::bundled();
    let deck = Deck::default();
    let mut found = Vec::new();
    for card in cards() {
        for theme in library.theme_names() {
            for platform in library.platforms() {
                let theme = theme.to_owned();
                let job = Job {
                    deck: &deck,
                    card: &card,
                    platform,
                    theme,
                    family: card.kind.name().to_owned(),
                    note: None,
                    name: "card".into(),
                };
                let composed = compose::compose(&job, &library, &fonts, &SharedSizes::default());
                let place = format!("{:?} in {} for {}", card.fields, job.theme, platform.id);
                let errors = composed
                    .diagnostics
                    .iter()
                    .map(|it| format!("{}: {}", it.code, it.message));
                let Some(composition) = composed.composition else {
                    found.extend(errors.map(|error| format!("{place}: {error}")));
                    continue;
                };
                found.extend(
                    faults(&composition)
                        .into_iter()
                        .map(|fault| format!("{place}: {fault}")),
                );
                found.extend(
                    lacks(&card.fields, &composition).map(|field| format!("{place}: no {field}")),
                );
            }
        }
    }
    let count = found.len();
    found.truncate(12);
    assert!(found.is_empty(), "{count} faults:\n{}", found.join("\n"));
}

/// The fields whose words are not all on the card. An optional one may be left out whole.
fn lacks<'a>(
    fields: &'a BTreeMap<Field, String>,
    composition: &'a Composition,
) -> impl Iterator<Item = &'static str> + 'a {
    let letters = |words: &str| -> String {
        words
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let shown: String = composition
        .texts
        .iter()
        .flat_map(|text| &text.lines)
        .map(|line| letters(line))
        .collect();
    let is_optional = |field: &Field| matches!(field, Field::Context | Field::Title);
    fields
        .iter()
        .filter(move |(field, words)| !is_optional(field) && !shown.contains(&letters(words)))
        .map(|(field, _)| field.name())
}
