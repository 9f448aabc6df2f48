//! What is planned, in which order, under which names.

use std::collections::BTreeMap;

use super::*;
use crate::deck::read;

fn deck(path: &str, text: &str) -> Deck {
    read(Path::new(path), text).expect("the deck reads")
}

fn library() -> Library {
    Library::built_in().expect("the library loads")
}

fn names(plan: &Plan<'_>) -> Vec<String> {
    let names = plan.jobs.iter();
    names
        .map(|job| job.name.to_string_lossy().replace('\\', "/"))
        .collect()
}

fn asking_for(platforms: &[&str]) -> Options {
    Options {
        platforms: platforms.iter().map(|name| (*name).to_owned()).collect(),
        ..Options::default()
    }
}

#[test]
fn jobs_follow_deck_card_and_platform_without_what_was_rejected() {
    let deck = deck(
        "spring.yaml",
        "- quote: One\n- {quote: Two, status: rejected}\n- {quote: Three, status: approved}\n",
    );
    let library = library();
    let plan = plan(std::slice::from_ref(&deck), &library, &Options::default());
    let plan = plan.expect("the names are known");
    let expected = [
        "spring/one--og",
        "spring/one--square",
        "spring/one--portrait",
        "spring/one--story",
        "spring/three--og",
        "spring/three--square",
        "spring/three--portrait",
        "spring/three--story",
    ];
    assert_eq!(names(&plan), expected);
    assert_eq!(plan.rejected, 1);
}

#[test]
fn platforms_come_in_the_order_asked_for_each_once() {
    #[track_caller]
    fn case(asked: &[&str], expected: &[&str]) {
        let (library, deck) = (library(), deck("a.yaml", "- quote: One\n"));
        let plan = plan(std::slice::from_ref(&deck), &library, &asking_for(asked));
        let plan = plan.expect("the names are known");
        let ids: Vec<_> = plan
            .jobs
            .iter()
            .map(|job| job.platform.id.as_str())
            .collect();
        assert_eq!(ids, expected);
    }
    case(&["story", "og"], &["story", "og"]);
    case(&["story, og,", "og"], &["story", "og"]);
    case(&[","], DEFAULT_PLATFORMS);
}

#[test]
fn folders_are_named_after_articles_and_never_clash() {
    let card = |id: &str, article: &str| {
        format!("- {{id: {id}, quote: One, origin: {{article: '{article}'}}}}\n")
    };
    let one = [
        card("a", "news/river.txt"),
        card("b", "old/river.txt"),
        card("c", "CON.md"),
        card("d", "-"),
    ];
    let decks = [
        deck("one.yaml", &one.concat()),
        deck("two.yaml", &card("A", "./news/river.txt")),
        deck("River.yaml", "- quote: By hand\n"),
    ];
    let library = library();
    let plan = plan(&decks, &library, &asking_for(&["og"])).expect("the names are known");
    let expected = [
        "river/a--og",
        "river-2/b--og",
        "con-1/c--og",
        "one/d--og",
        "river/a-2--og",
        "river-3/by-hand--og",
    ];
    assert_eq!(names(&plan), expected);
}

#[test]
fn a_deck_made_in_memory_has_a_folder_too() {
    let mut deck = deck("x.yaml", "- quote: One\n");
    deck.path = None;
    let library = library();
    let plan = plan(std::slice::from_ref(&deck), &library, &asking_for(&["og"]));
    assert_eq!(
        names(&plan.expect("the names are known")),
        ["cards/one--og"]
    );
}

#[test]
fn a_card_keeps_its_theme_and_the_rest_follow_what_is_asked() {
    #[track_caller]
    fn case(asked: Option<&str>, of_deck: Option<&str>, expected: [&str; 2]) {
        let mut deck = deck("a.yaml", "- quote: One\n- {quote: Two, theme: marigold}\n");
        deck.theme = of_deck.map(str::to_owned);
        let library = library();
        let options = Options {
            theme: asked.map(str::to_owned),
            ..asking_for(&["og"])
        };
        let plan = plan(std::slice::from_ref(&deck), &library, &options);
        let plan = plan.expect("the names are known");
        let themes: Vec<_> = plan.jobs.iter().map(|job| job.theme.as_str()).collect();
        assert_eq!(themes, expected);
    }
    case(None, None, ["newsprint", "marigold"]);
    case(None, Some("marigold"), ["marigold", "marigold"]);
    case(
        Some("newsprint"),
        Some("marigold"),
        ["newsprint", "marigold"],
    );
}

#[test]
fn only_the_cards_asked_for_are_planned() {
    let deck = deck("a.yaml", "- quote: One\n- quote: Two\n");
    let library = library();
    let options = Options {
        cards: vec!["two".to_owned()],
        ..asking_for(&["og"])
    };
    let plan = plan(std::slice::from_ref(&deck), &library, &options);
    assert_eq!(names(&plan.expect("the names are known")), ["a/two--og"]);
}

#[test]
fn unknown_names_are_told_with_the_nearest_known() {
    #[track_caller]
    fn case(text: &str, options: &Options, message: &str, hint: &str) {
        let (library, deck) = (library(), deck("a.yaml", text));
        let error = plan(std::slice::from_ref(&deck), &library, options);
        let error = error.expect_err("it is refused");
        assert_eq!(error.to_string(), message);
        assert_eq!(error.hint(), Some(hint));
    }
    let all = "use one of `bluesky`, `discord`, `discover`, `document`, `email`, `facebook`, `instagram`, `link`, \
               `link-card`, `linkedin`, `mastodon`, `og`, `pin`, `pinterest`, `portrait`, \
               `reel`, `slack`, `square`, `story`, `tall`, `telegram`, `threads`, \
               `tiktok`, `whatsapp`, `wide`, `x`";
    let card = "- quote: One\n";
    let asks = |platform| asking_for(&[platform]);
    case(
        card,
        &asks("sqare"),
        "there is no platform `sqare`",
        "did you mean `square`?",
    );
    case(card, &asks("tv"), "there is no platform `tv`", all);
    let theme = Options {
        theme: Some("marygold".to_owned()),
        ..Options::default()
    };
    let meant = "did you mean `marigold`?";
    case(card, &theme, "there is no theme `marygold`", meant);
    case(
        "theme: marygold\ncards:\n- quote: One\n",
        &Options::default(),
        "a.yaml: there is no theme `marygold`",
        meant,
    );
    case(
        "- quote: One\n- quote: Two\n  theme: marygold\n",
        &theme,
        "there is no theme `marygold`",
        meant,
    );
    case(
        "- quote: Two\n  theme: marygold\n",
        &theme,
        "a.yaml:1:3: there is no theme `marygold`",
        meant,
    );
    let cards = Options {
        cards: vec!["ones".to_owned()],
        ..Options::default()
    };
    case(
        card,
        &cards,
        "there is no card `ones`",
        "did you mean `one`?",
    );
}

#[test]
fn a_pattern_names_files_so_that_every_disk_takes_them() {
    let mut deck = deck(
        "spring.yaml",
        "- {id: one, quote: One, speaker: 'Å/../: é'}\n- {id: two, quote: Two, lang: de}\n",
    );
    let columns = |region: &str| BTreeMap::from([("Region".to_owned(), region.to_owned())]);
    deck.columns.insert("one".to_owned(), columns("CON"));
    deck.columns
        .insert("two".to_owned(), columns("nor\u{74}h sea"));
    let library = library();
    let case = |pattern: &str| {
        let options = Options {
            name: Some(Pattern::parse(pattern)?),
            ..asking_for(&["og"])
        };
        plan(std::slice::from_ref(&deck), &library, &options).map(|plan| names(&plan))
    };
    let of = |pattern: &str| case(pattern).expect("it is a pattern");
    assert_eq!(
        of("{article}/{card}--{platform}.png"),
        ["spring/one--og", "spring/two--og"]
    );
    assert_eq!(
        of("{Region}/{row}-{width}x{height}"),
        ["con-1/1-1200x630", "north-sea/2-1200x630"]
    );
    assert_eq!(
        of("{card}_{speaker}_{lang}"),
        ["one_a-e_none", "two_none_de"]
    );
    assert_eq!(
        of("{theme}/{template}/{card}"),
        ["newsprint/quote/one", "newsprint/quote/two"]
    );
    let told = |pattern: &str| case(pattern).expect_err("it is refused").to_string();
    assert_eq!(
        told("all"),
        "spring.yaml:2:3: the cards `one` and `two` would both be named `all`"
    );
    assert_eq!(
        told("{card}-{regoin}"),
        "the file name `{card}-{regoin}` asks for `regoin`, which cards do not have"
    );
    let long = "x".repeat(200);
    assert!(told(&format!("{long}{{card}}")).ends_with("has 203 characters"));
}

#[test]
fn images_of_a_card_need_names_of_their_own() {
    let deck = deck("a.yaml", "- quote: One\n");
    let library = library();
    let options = Options {
        name: Some(Pattern::parse("{card}").expect("it is a pattern")),
        ..asking_for(&["og", "square"])
    };
    let error = plan(std::slice::from_ref(&deck), &library, &options).expect_err("they clash");
    let expected = "a.yaml:1:3: the images of card `one` would all be named `one`";
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.hint(), Some("add `--{platform}` to --name"));
}
