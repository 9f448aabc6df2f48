//! What is recognised as a quantity, and what is not.

use super::*;
use crate::extract::masks;

fn recognised(text: &str) -> (Tokens<'_>, Vec<Quantity>) {
    let tokens = Tokens::of(text);
    let masked = masks::find(&tokens);
    let found = find(&tokens, &masked);
    (tokens, found)
}

/// Every figure with its value, as `figure=value unit`.
#[track_caller]
fn case(text: &str, expected: &[&str]) {
    let (tokens, found) = recognised(text);
    let shown: Vec<String> = found
        .iter()
        .map(|q| {
            let figure = &text[tokens.bytes(q.figure.clone())];
            let value = match q.value {
                Value::One(v) => v.to_string(),
                Value::Range(a, b) => format!("{a}..{b}"),
                Value::Ratio { n, of } => format!("{n}/{of}"),
            };
            let unit = q
                .unit
                .as_ref()
                .map_or(String::new(), |u| format!(" {}", u.name));
            format!("{figure}={value}{unit}")
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn numbers_take_their_scale() {
    case("Some 4 billion people", &["4 billion=4000000000"]);
    case(
        "It has 2.5bn users and 300k towns.",
        &["2.5bn=2500000000", "300k=300000"],
    );
    case(
        "Twenty-five towns gave half a million.",
        &["Twenty-five=25", "half a million=500000"],
    );
}

#[test]
fn per_cent_is_left_alone() {
    case(
        "up 4.5 per cent or 3 percentage points",
        &[
            "4.5 per cent=4.5 percent",
            "3 percentage points=3 percentage point",
        ],
    );
    case(
        "45% of it, 12 pct, 5pc, ten percent",
        &[
            "45%=45 percent",
            "12 pct=12 percent",
            "5pc=5 percent",
            "ten percent=10 percent",
        ],
    );
}

#[test]
fn money_is_read_before_and_behind() {
    case(
        "It cost $3.2 million, £2.5bn or €40.",
        &[
            "$3.2 million=3200000 USD",
            "£2.5bn=2500000000 GBP",
            "€40=40 EUR",
        ],
    );
    case(
        "HK $5.4m, US$3, C $6 and CHF 20",
        &[
            "HK $5.4m=5400000 HKD",
            "US$3=3 USD",
            "C $6=6 CAD",
            "CHF 20=20 CHF",
        ],
    );
    case(
        "10.5 million Australian dollars, 92 million yuan",
        &[
            "10.5 million Australian dollars=10500000 AUD",
            "92 million yuan=92000000 CNY",
        ],
    );
    case(
        "for $5 a month or $8 US a barrel",
        &["$5=5 USD per month", "$8=8 USD per barrel"],
    );
}

#[test]
fn ratios_are_one_figure() {
    case("1 in 4 women", &["1 in 4=1/4"]);
    case(
        "One bridge in five and one in five bridges",
        &["One bridge in five=1/5", "one in five=1/5"],
    );
    case(
        "3 out of 10, nine out of every ten",
        &["3 out of 10=3/10", "nine out of every ten=9/10"],
    );
    case("She won two in three days.", &["two=2"]);
}

#[test]
fn fractions_are_figures_where_they_divide_something() {
    case(
        "Half of all homes, two-thirds of pupils, a third of it",
        &["Half=1/2", "two-thirds=2/3", "a third=1/3"],
    );
    case(
        "more than half, three quarters, nearly a fifth, ¾ of them",
        &["half=1/2", "three quarters=3/4", "a fifth=1/5", "¾=3/4"],
    );
    case(
        "2/3 of voters and one-fifth of trees",
        &["2/3=2/3", "one-fifth=1/5"],
    );
    case(
        "the second half, a third party, the last quarter, half-staff, a third time",
        &[],
    );
}

#[test]
fn factors_multiply() {
    case(
        "The number doubled; rents have tripled.",
        &["doubled=2", "tripled=3"],
    );
    case(
        "10x growth, a fivefold rise, three times as many",
        &["10x=10", "fivefold=5", "three times=3"],
    );
}

#[test]
fn vague_plenty_is_a_range() {
    case(
        "tens of thousands of students, millions of birds",
        &[
            "tens of thousands=10000..100000",
            "millions=1000000..10000000",
        ],
    );
    case("It cost millions.", &[]);
}

#[test]
fn ranges_join_and_changes_do_not() {
    case(
        "10-15% of it, 10 to 15 percent, 10–15 years",
        &[
            "10-15%=10..15 percent",
            "10 to 15 percent=10..15 percent",
            "10–15=10..15 years",
        ],
    );
    case(
        "between $62 and $68 per share",
        &["$62 and $68=62..68 USD per share"],
    );
    case("from 20% to 35%", &["20% to 35%=20..35 percent"]);
    case(
        "between 5 and 10 million homes",
        &["5 and 10 million=5000000..10000000"],
    );
    case("It rose 6.5% to 164p.", &["6.5%=6.5 percent", "164p=164 p"]);
    case(
        "It grew $43.6 billion to $419.2 billion.",
        &[
            "$43.6 billion=43600000000 USD",
            "$419.2 billion=419200000000 USD",
        ],
    );
    case("three or four towns", &["three or four=3..4"]);
}

#[test]
fn units_stand_behind_their_number() {
    case(
        "a 1,200-mile walk at 87mph for 30 minutes",
        &["1,200=1200 mile", "87mph=87 mph", "30=30 minutes"],
    );
    case(
        "60 km/h, 5 kg, 20 °C, 256GB",
        &["60=60 km/h", "5=5 kg", "20=20 °C", "256GB=256 GB"],
    );
    case(
        "a 25-year-old, 400 million-year-old rock",
        &["25=25 year-old", "400 million=400000000 year-old"],
    );
    case(
        "12 deaths per 100,000 people",
        &["12=12 deaths per 100,000 people"],
    );
}

#[test]
fn signs_and_plus_belong_to_the_figure() {
    case(
        "It fell to -3 °C; +0.2%; 45,000+ homes",
        &["-3=-3 °C", "+0.2%=0.2 percent", "45,000+=45000"],
    );
}

#[test]
fn nouns_end_at_their_head() {
    #[track_caller]
    fn case(text: &str, noun: Option<&str>) {
        let (tokens, found) = recognised(text);
        let range = found.first().expect("a quantity").noun.clone();
        assert_eq!(range.map(|r| &text[tokens.bytes(r)]), noun, "{text}");
    }
    case("4 billion people live there", Some("people"));
    case(
        "over 700 heart transplants in a year",
        Some("heart transplants"),
    );
    case("two-thirds of all adults under 30 rent", Some("adults"));
    case("a 1,200-mile journey home", Some("journey"));
    case("45 per cent of young women said so", Some("young women"));
    case("a four-step process", Some("step process"));
    case("one of the best schools here", Some("best schools"));
    case("7 European countries", Some("European countries"));
    case("1 in 4 women", Some("women"));
    case("Rents rose 5% last year", None);
    case("About 300 were hurt", None);
    case("20 tonnes of rice", Some("rice"));
}

#[test]
fn qualifiers_stand_directly_before() {
    #[track_caller]
    fn case(text: &str, qualifier: Option<&str>) {
        let (tokens, found) = recognised(text);
        let range = found.first().expect("a quantity").qualifier.clone();
        assert_eq!(range.map(|r| &text[tokens.bytes(r)]), qualifier, "{text}");
    }
    case("freed over 45,000 prisoners", Some("over"));
    case("more than 3 million", Some("more than"));
    case("no fewer than 30 towns", Some("no fewer than"));
    case("an estimated 5 million children", Some("an estimated"));
    case("as many as 20 towns", Some("as many as"));
    case("just under half of it", Some("just under"));
    case("approx. 40 trees", Some("approx."));
    case("with 40 trees", None);
}
