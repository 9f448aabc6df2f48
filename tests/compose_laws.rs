//! What holds for every card on every built-in template: nothing overlaps, nothing leaves the
//! artboard, every word is there.

mod laws;

use laws::look;
use pullquote::deck::{Card, Field, Kind};
use pullquote::design::Library;
use pullquote::text::Fonts;
use rayon::prelude::*;

/// The platforms that have artboards of their own; the others get them adapted.
const MASTERS: &[&str] = &["og", "square", "portrait", "story"];

/// The themes of the two structures that templates offer: these are tried with every combination.
const VOICES: &[&str] = &["newsprint", "marigold"];

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

/// The barest and the fullest of the combinations.
fn extremes(mut cards: Vec<Card>) -> Vec<Card> {
    let fullest = cards.pop();
    cards.truncate(1);
    cards.extend(fullest);
    cards
}

/// The cards to try, by how the combinations of a card's fields are chosen.
fn cards(choose: fn(Vec<Card>) -> Vec<Card>) -> Vec<Card> {
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
        cards.extend(choose(with_options(&must, &options, Kind::Quote)));
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
        cards.extend(choose(with_options(&must, &options, Kind::Statistic)));
    }
    cards
}

#[test]
fn nothing_overlaps_or_leaves_the_safe_area() {
    let library = Library::built_in().expect("the built-in library loads");
    let fonts = Fonts::bundled();
    let (every, extreme) = (cards(|cards| cards), cards(extremes));
    let mut all = Vec::new();
    for platform in library.platforms() {
        for theme in library.theme_names() {
            let is_master = MASTERS.contains(&platform.id.as_str());
            let cards = match is_master && VOICES.contains(&theme) {
                true => &every,
                false => &extreme,
            };
            all.extend(cards.iter().map(|card| (card, platform, theme)));
        }
    }
    let found: Vec<String> = all
        .par_iter()
        .flat_map_iter(|(card, platform, theme)| {
            look(
                (&library, &fonts),
                card,
                card.kind.name(),
                (platform, theme),
            )
        })
        .collect();
    let first: Vec<_> = found.iter().take(12).cloned().collect();
    assert!(
        found.is_empty(),
        "{} faults:\n{}",
        found.len(),
        first.join("\n")
    );
}
