//! Deck × templates × platforms: every image to be made, before any work.
//!
//! In: decks, the library, and what was asked for. Out: jobs in the order deck, card, platform, each
//! with a name that no other has. Names that nobody knows are errors here, before the first image.
//!
//! A card's theme is its own; without one it is the one asked for, then the deck's, then
//! [`DEFAULT_THEME`]. So `--theme` changes a whole campaign, but not the card that was given another
//! voice on purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::deck::{Card, Deck, Status, free, slug, suggestion};
use crate::design::{Library, Platform};
use crate::error::{Error, Result};

/// The theme of cards that neither they nor their deck nor anybody else gave one.
pub const DEFAULT_THEME: &str = "newsprint";

/// The platforms that images are made for when none are asked for.
pub const DEFAULT_PLATFORMS: &[&str] = &["og", "square", "portrait", "story"];

/// Characters a folder's or a file's name may have: with the longest platform and ending, paths
/// stay below the 260 that Windows allows.
const LONGEST_NAME: usize = 64;

/// One image to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Job<'a> {
    /// The deck of the card.
    pub deck: &'a Deck,
    /// The card.
    pub card: &'a Card,
    /// What it is made for.
    pub platform: &'a Platform,
    /// The theme's name.
    pub theme: String,
    /// The image's path below the output folder, without its ending: `<article>/<card>--<platform>`.
    pub name: PathBuf,
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The theme of every card that has none of its own, whatever its deck says.
    pub theme: Option<String>,
    /// The platforms to make images for, one or several to a string (`og,square`); empty for
    /// [`DEFAULT_PLATFORMS`].
    pub platforms: Vec<String>,
    /// The ids of the cards to make images of; empty for all.
    pub cards: Vec<String>,
}

/// Every image to be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan<'a> {
    /// In the order deck, card, platform.
    pub jobs: Vec<Job<'a>>,
    /// How many cards were left out because people rejected them.
    pub rejected: usize,
}

/// Lists the images to be made of decks.
///
/// # Errors
///
/// Platforms, themes and cards that nobody knows, with the nearest that are known.
pub fn plan<'a>(decks: &'a [Deck], library: &'a Library, options: &Options) -> Result<Plan<'a>> {
    let platforms = platforms(library, &options.platforms)?;
    check_cards(decks, &options.cards)?;
    let mut plan = Plan::default();
    let mut names = Names::default();
    for deck in decks {
        for card in &deck.cards {
            if !options.cards.is_empty() && !options.cards.contains(&card.id) {
                continue;
            }
            if card.status == Status::Rejected {
                plan.rejected += 1;
                continue;
            }
            let theme = theme(deck, card, library, options)?;
            let (folder, file) = names.of(deck, card);
            plan.jobs.extend(platforms.iter().map(|platform| Job {
                deck,
                card,
                platform,
                theme: theme.to_owned(),
                name: Path::new(&folder).join(format!("{file}--{}", platform.id)),
            }));
        }
    }
    Ok(plan)
}

/// The platforms asked for, in that order, each once.
fn platforms<'a>(library: &'a Library, asked: &[String]) -> Result<Vec<&'a Platform>> {
    let asked = asked.iter().flat_map(|names| names.split(','));
    let mut ids: Vec<&str> = asked.map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.is_empty() {
        ids = DEFAULT_PLATFORMS.to_vec();
    }
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    let all = library.platforms();
    let find = |id: &str| {
        let known: Vec<_> = all.iter().map(|platform| platform.id.as_str()).collect();
        let platform = all.iter().find(|platform| platform.id == id);
        platform.ok_or_else(|| unknown("platform", id, &known))
    };
    ids.into_iter().map(find).collect()
}

fn check_cards(decks: &[Deck], asked: &[String]) -> Result<()> {
    let known: BTreeSet<&str> = decks
        .iter()
        .flat_map(|deck| &deck.cards)
        .map(|card| card.id.as_str())
        .collect();
    match asked.iter().find(|id| !known.contains(id.as_str())) {
        Some(id) => Err(unknown("card", id, &known.into_iter().collect::<Vec<_>>())),
        None => Ok(()),
    }
}

/// The card's theme; asked for, its own or the deck's.
fn theme<'a>(
    deck: &'a Deck,
    card: &'a Card,
    library: &Library,
    options: &'a Options,
) -> Result<&'a str> {
    let own = card.theme.as_deref();
    let asked = options.theme.as_deref();
    let name = own
        .or(asked)
        .or(deck.theme.as_deref())
        .unwrap_or(DEFAULT_THEME);
    if library.theme(name).is_some() {
        return Ok(name);
    }
    let error = unknown("theme", name, &library.theme_names());
    let is_asked = own.is_none() && asked.is_some();
    let Some(path) = deck.path.as_deref().filter(|_| !is_asked) else {
        return Err(error);
    };
    let error = error.in_file(path);
    Err(match own.and(card.position) {
        Some((line, column)) => error.at(line, column),
        None => error,
    })
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Error {
    let error = Error::new(format!("there is no {what} `{name}`"));
    error.with_hint(suggestion(name, known))
}

/// The names given so far. All are in lower case, so that they differ on every file system.
#[derive(Default)]
struct Names {
    /// By the path of the article or deck.
    folders: BTreeMap<PathBuf, String>,
    taken_folders: BTreeSet<String>,
    files: BTreeSet<(String, String)>,
}

impl Names {
    /// The folder and the first part of the file name of a card.
    fn of(&mut self, deck: &Deck, card: &Card) -> (String, String) {
        let article = deck.article_of(card);
        let source = article.or_else(|| deck.path.clone()).unwrap_or_default();
        let folder = match self.folders.get(&source) {
            Some(folder) => folder.clone(),
            None => self.folder(source),
        };
        let file = free(&slug(&card.id, LONGEST_NAME), |name| {
            self.files.contains(&(folder.clone(), name.to_owned()))
        });
        self.files.insert((folder.clone(), file.clone()));
        (folder, file)
    }

    fn folder(&mut self, source: PathBuf) -> String {
        let stem = source.file_stem().unwrap_or_default().to_string_lossy();
        // A deck or an article that came through a pipe, or was made in memory, has no name.
        let stem = if matches!(stem.as_ref(), "" | "-") {
            "cards"
        } else {
            &stem
        };
        let folder = free(&slug(stem, LONGEST_NAME), |name| {
            self.taken_folders.contains(name)
        });
        self.taken_folders.insert(folder.clone());
        self.folders.insert(source, folder.clone());
        folder
    }
}

#[cfg(test)]
mod tests {
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
        let all = "use one of `og`, `square`, `portrait`, `story`";
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
}
