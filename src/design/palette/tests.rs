use super::*;

fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let theme = [
        ("bg", "#F5EFE4"),
        ("surface", "#E8DDCA"),
        ("ink", "#1B1815"),
        ("muted", "#665C50"),
        ("accent", "#B3341C"),
        ("on-accent", "#FFF9F0"),
        ("quiet", "#968770"),
    ];
    let all = theme.iter().chain(pairs);
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn meets_all(variables: &BTreeMap<String, String>) {
    for (name, against, floor) in FLOORS {
        if let Some((front, back)) = colour(variables, name).zip(colour(variables, against)) {
            let ratio = ratio(front, back);
            assert!(
                ratio >= *floor,
                "{name} on {against}: {ratio} in {variables:?}"
            );
        }
    }
}

#[test]
fn a_colour_that_meets_the_floors_stays() {
    let mut all = variables(&[("accent", "#0B6E4F")]);
    assert_eq!(settle(&mut all, |name| name == "accent"), []);
    assert_eq!(all["accent"], "#0B6E4F");
}

#[test]
fn any_accent_meets_the_floors_and_keeps_its_hue() {
    for accent in [
        "#FFD400", "#00E5FF", "#FF66AA", "#7CFC00", "#FFFFFF", "#888888",
    ] {
        let mut all = variables(&[("accent", accent)]);
        let moved = settle(&mut all, |name| name == "accent");
        assert_eq!(moved.len(), 1, "{accent}");
        meets_all(&all);
        let (before, after) = (Rgb::parse(accent), colour(&all, "accent"));
        let (before, after) = (
            before.expect("it is a colour").oklch(),
            after.expect("it is one").oklch(),
        );
        if before.c > 0.05 && after.c > 0.03 {
            assert!(
                (before.h - after.h).abs() < 0.06,
                "{accent} became {}",
                all["accent"]
            );
        }
    }
}

#[test]
fn any_ground_has_ink_that_reads_on_it() {
    for ground in ["#101010", "#FFFFFF", "#0B6E4F", "#777777", "#FFD400"] {
        let mut all = variables(&[("bg", ground)]);
        settle(&mut all, |name| name == "bg");
        let (ink, bg) = (colour(&all, "ink"), colour(&all, "bg"));
        assert!(
            ratio(ink.expect("it is there"), bg.expect("it is there")) >= 4.5,
            "{ground}"
        );
    }
}

#[test]
fn ratios_are_those_of_wcag() {
    let of = |one: &str, other: &str| {
        let ratio = ratio(
            Rgb::parse(one).expect("a colour"),
            Rgb::parse(other).expect("a colour"),
        );
        (ratio * 10.0).round() / 10.0
    };
    assert_eq!(of("#000", "#FFFFFF"), 21.0);
    assert_eq!(of("#1B1815", "#F5EFE4"), 15.4);
    assert_eq!(of("#968770", "#F5EFE4"), 3.1);
}
