use super::*;

#[track_caller]
fn case(text: &str, left: &[&str]) {
    let tokens = Tokens::of(text);
    let masked = find(&tokens);
    let numbers = Class::NUMBER
        .with(Class::ONES)
        .with(Class::TENS)
        .with(Class::ODD);
    let seen: Vec<&str> = (0..tokens.list.len())
        .filter(|i| !masked.covers(*i) && tokens.is(*i, numbers))
        .map(|i| tokens.word(i))
        .collect();
    assert_eq!(seen, left, "{text}");
}

#[test]
fn dates_are_masked_in_all_orders() {
    case("On May 3, 2019 we met, and on 4 June 2020 again.", &[]);
    case(
        "The 21st of April 2015; 2015-04-21; 21/04/2015; 21.4.2015.",
        &[],
    );
    case("Between Sept. 3 and 5, or 3-5 September.", &[]);
    case("In March 2021, or Oct/2, or 5-Nov-2018", &[]);
    case("They march 20 miles; in May 12 people came.", &["20", "12"]);
}

#[test]
fn years_are_masked_unless_they_count() {
    case(
        "In 2019 sales rose; the 2018 elections; 2018/2019; 2013–14; since 1999.",
        &[],
    );
    case("the 1990s, the ’90s, in his 30s", &[]);
    case(
        "More than 2000 workers left; 1200 people stayed; $2000; 1500 metres",
        &["2000", "1200", "2000", "1500"],
    );
}

#[test]
fn times_and_ages_are_masked() {
    case(
        "at 9 a.m., 10:30, 7pm, ten o'clock, half past six, at seven.",
        &[],
    );
    case(
        "Jane Doe, 42, aged 25, age 7, adults under 30 and people over 65",
        &[],
    );
}

#[test]
fn labels_names_and_codes_are_masked() {
    case(
        "page 12, Section 3.2, room 101, Flight 370, No. 7, chapter four, #5",
        &[],
    );
    case(
        "The iPhone 11, a Boeing 737, the S&P 500, COVID-19, 5G, G20, Formula One",
        &[],
    );
    case("call (425) 555-0123, 555-123-4567 or +1 425 555 0123", &[]);
    case("version 3.2.1, v2, ISBN 978-3-16-148410-0, 98052-1234", &[]);
    case(
        "12 Harbour Street; see www.example.com/12 or mail a1@example.com",
        &[],
    );
    case("a 2-1 win, 24/7, note [3]", &[]);
    case(
        "Last year Norway 300 people left; page after page 30 readers",
        &["300", "30"],
    );
}

#[test]
fn one_as_a_pronoun_is_masked() {
    case(
        "No one knows, one day, the one, one another, one-sided",
        &[],
    );
    case(
        "One commonality, one of the towns, one in five",
        &["One", "one", "one", "five"],
    );
}

#[test]
fn markers_of_lists_are_masked() {
    case("3. Plant 40 trees", &["40"]);
    case("(2) Plant 40 trees", &["40"]);
    case("3.5 million trees", &["3.5"]);
}
