//! Which statistics a sentence gives, and every field of theirs.

use super::*;
use crate::article::{BlockKind, Inline, OffsetMap, Span};
use crate::extract::{Direction, Picture};

fn block(text: &str) -> Block {
    let span = Span {
        start: 0,
        end: text.len(),
    };
    let mut map = OffsetMap::default();
    map.push(text.len(), span);
    Block {
        kind: BlockKind::Paragraph,
        text: text.to_owned(),
        span,
        map,
        inline: Inline::default(),
    }
}

fn found_in(block: &Block, quoted: &[Range<usize>], full_name: FullName) -> Counted {
    let place = Place {
        block,
        quoted,
        notes: &[],
        language: Language::English,
    };
    find(&place, full_name)
}

fn candidates(text: &str) -> Vec<Statistic> {
    let found = found_in(&block(text), &[], &|_| None).candidates;
    found
        .into_iter()
        .filter_map(|candidate| match candidate.find {
            Find::Statistic(statistic) => Some(statistic),
            Find::Quotation(_) => None,
        })
        .collect()
}

#[track_caller]
fn only(text: &str) -> Statistic {
    let mut found = candidates(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

fn written(field: &Option<Verbatim>) -> Option<&str> {
    field.as_ref().map(Verbatim::text)
}

#[test]
fn figures_worth_sharing_are_offered() {
    #[track_caller]
    fn case(text: &str, figure: &str) {
        assert_eq!(only(text).figure.text(), figure);
    }
    case("Rents rose 4.5 per cent in a year.", "4.5 per cent");
    case("One bridge in five needs repair.", "One bridge in five");
    case("One in five bridges needs repair.", "One in five");
    case("The flood cost the town €3 million.", "€3 million");
    case("Nearly half of all wells are dry.", "half");
    case("The number of herons doubled.", "doubled");
    case("More than 12,000 families lost their homes.", "12,000");
    case("Attendance fell from 80% to 55%.", "80% to 55%");
}

#[test]
fn what_says_nothing_alone_is_not_offered() {
    #[track_caller]
    fn case(text: &str) {
        assert_eq!(candidates(text), [], "{text}");
    }
    case("It is a four-step process.");
    case("She carried two boxes up the stairs.");
    case("He waited for two decades.");
    case("One commonality is the rain.");
    case("They met on 3 May 2019 at 10:30.");
    case("The 2018/2019 season was wet.");
    case("Call 555-123-4567 for help.");
    case("A 25-year-old baker won.");
    case("Coffee costs $3.");
    case("See page 12 of the report.");
}

#[test]
fn a_claim_is_the_smallest_clause_that_stands_alone() {
    #[track_caller]
    fn case(text: &str, claim: &str) {
        assert_eq!(only(text).claim.text(), claim);
    }
    case(
        "According to the Harbour Trust, 4 million birds winter on the mudflats.",
        "4 million birds winter on the mudflats",
    );
    case(
        "With over 30 million hens in cages today, the union cannot act alone.",
        "over 30 million hens in cages today",
    );
    case(
        "Over the past two decades, the trust in partnership with schools and parish councils has planted over 45,000 oaks.",
        "planted over 45,000 oaks",
    );
    case(
        "Storms have destroyed 1,200 barns.",
        "Storms have destroyed 1,200 barns",
    );
    case(
        "Rents rose nearly 4.5 per cent last year, according to the council.",
        "Rents rose nearly 4.5 per cent last year",
    );
    case(
        "The ferry is old, but it carries 2.3 million passengers a year.",
        "it carries 2.3 million passengers a year",
    );
    case(
        "The survey found that 62% of tenants skip meals.",
        "62% of tenants skip meals",
    );
}

#[test]
fn the_source_is_who_says_so() {
    #[track_caller]
    fn case(text: &str, source: Option<&str>) {
        assert_eq!(written(&only(text).source), source);
    }
    case(
        "According to the Harbour Trust, 4 million birds winter here.",
        Some("the Harbour Trust"),
    );
    case(
        "Rents rose 4.5 per cent last year, according to the council.",
        Some("the council"),
    );
    case(
        "A study by Leeds University found that 62% of tenants skip meals.",
        Some("A study by Leeds University"),
    );
    case("Oxfam says 40 million children go hungry.", Some("Oxfam"));
    case(
        "The ministry estimates that 3 million homes leak.",
        Some("The ministry"),
    );
    case(
        "Some 40% of wells are dry, the Water Board said.",
        Some("the Water Board"),
    );
    case(
        "Some 40% of wells are dry, said Ann Lee, who runs the board.",
        Some("Ann Lee"),
    );
    case(
        "Some 40% of wells are dry (Source: Water Board).",
        Some("Water Board"),
    );
    case("She says 40% of wells are dry.", None);
    case("Some 40% of wells are dry.", None);
}

#[test]
fn time_label_noun_and_qualifier_have_fields_of_their_own() {
    let found = only("More than 45,000 people have left the valley since 2010.");
    assert_eq!(written(&found.qualifier), Some("More than"));
    assert_eq!(written(&found.noun), Some("people"));
    assert_eq!(written(&found.label), Some("people have left the valley"));
    assert_eq!(written(&found.time), Some("since 2010"));
    assert_eq!(found.value, crate::extract::Value::One(45_000.0));
    assert_eq!(found.unit, None);

    let found = only("Over the past two decades, the fund has freed over 45,000 horses.");
    assert_eq!(written(&found.time), Some("Over the past two decades"));
    assert_eq!(written(&found.label), Some("horses"));

    let found = only("Rents rose 4.5 per cent last year.");
    assert_eq!(written(&found.label), None);
    assert_eq!(written(&found.time), Some("last year"));
    // Cut off with its time frame: "of seats within" would say nothing.
    let found = only("Ridership rose from 20% to 35% of seats within a year.");
    assert_eq!(written(&found.label), Some("of seats"));
}

#[test]
fn a_number_says_how_it_is_shown() {
    #[track_caller]
    fn case(text: &str, picture: Picture, bars: &[(&str, &str)]) {
        let found = found_in(&block(text), &[], &|_| None).quantities;
        let first = found.first().expect("a quantity");
        assert_eq!(first.picture, picture, "{text}");
        let compared: Vec<_> = first
            .compared
            .iter()
            .map(|c| (c.figure.text(), c.label.text()))
            .collect();
        assert_eq!(compared, bars, "{text}");
    }
    case("One in five bridges needs repair.", Picture::Ratio, &[]);
    case("3 out of 10 tenants skip meals.", Picture::Ratio, &[]);
    case("1 in 5,000 seeds sprouts.", Picture::Number, &[]);
    case("Some 62% of tenants skip meals.", Picture::Ring, &[]);
    case(
        "Two-thirds of the choir cannot read music.",
        Picture::Ring,
        &[],
    );
    case("Rents rose 62% last year.", Picture::Number, &[]);
    case("The garden fed 4,200 people.", Picture::Number, &[]);
    case(
        "Cycling grew from 12% in 2010 to 31% in 2020.",
        Picture::Bars,
        &[("12%", "in 2010"), ("31%", "in 2020")],
    );
    case(
        "Some 62% of women walk to work, compared with 41% of men.",
        Picture::Bars,
        &[("62%", "women"), ("41%", "men")],
    );
}

#[test]
fn a_number_says_which_way_it_went_and_of_whom_it_is_a_part() {
    #[track_caller]
    fn case(text: &str, direction: Option<Direction>, population: Option<&str>) {
        let found = found_in(&block(text), &[], &|_| None).quantities;
        let first = found.first().expect("a quantity");
        assert_eq!(first.direction, direction, "{text}");
        assert_eq!(written(&first.population), population, "{text}");
    }
    case(
        "Rents rose by nearly 6% last year.",
        Some(Direction::Up),
        None,
    );
    case(
        "Attendance fell from 80% to 55%.",
        Some(Direction::Down),
        None,
    );
    case("The number of herons doubled.", Some(Direction::Up), None);
    case(
        "Some 40% of adults under 30 rent.",
        None,
        Some("adults under 30"),
    );
    case("One in four women works nights.", None, Some("women"));
}

#[test]
fn an_acronym_is_given_in_full_when_known() {
    let text = "WHO says 40 million children go hungry.";
    let name = Verbatim::new(
        "World Health Office".into(),
        vec![Span {
            start: 90,
            end: 109,
        }],
    );
    let look_up = |mention: &str| (mention == "WHO").then(|| name.clone());
    let found = found_in(&block(text), &[], &look_up).quantities;
    assert_eq!(written(&found[0].source), Some("World Health Office"));
}

#[test]
fn numbers_in_quotations_are_recorded_and_not_offered() {
    let text = "She said “40 million children go hungry” and left.";
    let quoted = [text.find('“').expect("a mark")..text.find('”').expect("a mark")];
    let found = found_in(&block(text), &quoted, &|_| None);
    assert_eq!(found.candidates, []);
    assert_eq!(found.quantities.len(), 1);
}

/// The shared sample, line by line, when it is at hand; its words stay where they are.
#[test]
fn the_sample_article_gives_its_three_statistics() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/articles/international-justice-mission.txt"
    );
    let Ok(article) = std::fs::read_to_string(path) else {
        return;
    };
    let lines = article.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    });
    let body = lines.take_while(|(start, _)| *start < 2335);
    let found: Vec<Statistic> = body
        .flat_map(|(start, line)| statistics_at(start, line))
        .collect();
    let spans = |of: fn(&Statistic) -> Option<&Verbatim>| -> Vec<Option<(usize, usize)>> {
        let span = |v: &Verbatim| (v.outer_span().start, v.outer_span().end);
        found
            .iter()
            .map(|statistic| of(statistic).map(span))
            .collect()
    };
    let figures = [Some((385, 394)), Some((1393, 1403)), Some((1781, 1787))];
    let claims = [Some((385, 440)), Some((1388, 1429)), Some((1770, 1799))];
    assert_eq!(spans(|s| Some(&s.figure)), figures);
    assert_eq!(spans(|s| Some(&s.claim)), claims);
    assert_eq!(spans(|s| s.source.as_ref()), [Some((365, 383)), None, None]);
    assert_eq!(
        spans(|s| s.qualifier.as_ref()),
        [None, Some((1388, 1392)), Some((1776, 1780))]
    );
    assert_eq!(
        spans(|s| s.time.as_ref()),
        [None, Some((1424, 1429)), Some((1675, 1700))]
    );
    assert_eq!(
        spans(|s| s.label.as_ref()),
        [Some((395, 440)), Some((1404, 1429)), Some((1788, 1799))]
    );
}

/// The statistics of a line that begins at `start` in its file.
fn statistics_at(start: usize, line: &str) -> Vec<Statistic> {
    let mut block = block(line);
    block.span = Span {
        start,
        end: start + line.len(),
    };
    block.map = OffsetMap::default();
    block.map.push(line.len(), block.span);
    let marks: Vec<usize> = line.match_indices(['“', '”']).map(|(at, _)| at).collect();
    let quoted: Vec<_> = marks.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
    let found = found_in(&block, &quoted, &|_| None).candidates;
    let statistic = |candidate: Candidate| match candidate.find {
        Find::Statistic(statistic) => Some(statistic),
        Find::Quotation(_) => None,
    };
    found.into_iter().filter_map(statistic).collect()
}

#[test]
fn a_note_names_the_source_of_its_sentence() {
    #[track_caller]
    fn case(note: &str, source: Option<&str>) {
        let text = "Nurses sleep 5.2 hours a day. Nearly 38 percent nod off.";
        let (text, note) = (block(text), block(note));
        let place = Place {
            block: &text,
            quoted: &[],
            notes: &[(29, &note)],
            language: Language::English,
        };
        let found = find(&place, &|_| None).quantities;
        let sources: Vec<_> = found.iter().map(|one| written(&one.source)).collect();
        assert_eq!(sources, [source, None], "{}", note.text);
    }
    case(
        "County Health Survey, 2030.",
        Some("County Health Survey, 2030"),
    );
    case("Source: Night Work Alliance", Some("Night Work Alliance"));
    case(
        "See Harbour Trust, annual count. Counted in May.",
        Some("Harbour Trust, annual count"),
    );
    case("Days off are not counted.", None);
    case("Excludes the Harbour ward.", None);
    case("This is an average.", None);
}

#[test]
fn a_study_vouches_for_the_figures_behind_it() {
    #[track_caller]
    fn case(text: &str, source: Option<&str>) {
        let found = found_in(&block(text), &[], &|_| None).quantities;
        let last = found.last().expect("there is a figure");
        assert_eq!(written(&last.source), source, "{text}");
    }
    case(
        "A survey by the Harbour Trust found that nurses sleep badly. Nearly 38 percent nod off.",
        Some("A survey by the Harbour Trust"),
    );
    case(
        "The Harbour Trust said nurses sleep badly. Nearly 38 percent nod off.",
        None,
    );
    case(
        "A survey found that nurses sleep badly. Nearly 38 percent nod off.",
        None,
    );
    case(
        "A survey by the Harbour Trust found that nurses sleep badly. The town has 38 lamps.",
        None,
    );
}

#[test]
fn whoever_said_so_needs_no_name() {
    #[track_caller]
    fn case(text: &str, source: Option<&str>) {
        assert_eq!(written(&only(text).source), source, "{text}");
    }
    case(
        "Waiting fell by 40 percent, the operator said.",
        Some("the operator"),
    );
    case(
        "The marsh lost 40 percent of its cranes, the trust says, and nobody knows why.",
        Some("the trust"),
    );
    case("Waiting fell by 40 percent, they said.", None);
}
