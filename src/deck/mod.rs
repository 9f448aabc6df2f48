//! The list of cards: made from candidates, edited by people, read back.
//!
//! A deck is YAML that people keep in version control. What they see in it is what a card can
//! show: one key for each [`Field`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

mod carousel;
mod chart;
mod join;
mod merge;
mod nearest;
mod paths;
mod propose;
mod read;
mod shelf;
mod slug;
mod table;
mod write;
mod yaml;

pub use carousel::carousel;
pub use chart::{Bar, Chart, ChartKind, Value};
pub use join::join;
pub use merge::{Fit, Merged, merge};
pub use propose::propose;
pub use read::{load, read};
pub use table::{Cells, Format, Intake, Mapping, read_as, read_each};
pub use write::write;

pub(crate) use nearest::{nearest, suggestion};
pub(crate) use shelf::{BLOCK, Shelf, Shelved};
pub(crate) use slug::{NameKey, Names, is_file_name, name_key, slug};

pub use crate::extract::Reading;

use serde::{Deserialize, Serialize};

use crate::article::Span;

/// Cards to render, in order, and what they share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deck {
    /// Where it was read from; `None` for a deck made in memory.
    pub path: Option<PathBuf>,
    /// The theme of every card that names none.
    pub theme: Option<String>,
    /// The language of every card that names none, as a BCP 47 tag: quotation marks and fixed
    /// words follow it.
    pub lang: Option<String>,
    /// Fields that every card has which does not set its own: brand, title, byline.
    pub shared: BTreeMap<Field, String>,
    /// The cards.
    pub cards: Vec<Card>,
    /// Columns of a table that cards do not show, by the card's id: file names may use them.
    pub columns: BTreeMap<String, Cells>,
    /// The names of all such columns: one may be empty in every row but one.
    pub column_names: BTreeSet<String>,
}

/// One card: what it shows, where that came from, what people decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Unique in its deck, safe as a file name: `rescue-thousands`.
    pub id: String,
    /// What sort of card it is; the name of the family of templates that sets it.
    pub kind: Kind,
    /// What people decided.
    pub status: Status,
    /// Another theme than the deck's.
    pub theme: Option<String>,
    /// Another language than the deck's.
    pub lang: Option<String>,
    /// The family of templates that sets it, in place of the one that its kind and chart ask for.
    pub template: Option<String>,
    /// Which slide of a carousel it is; `None` for a card that stands alone.
    pub slide: Option<Slide>,
    /// Whether the card's first letter is set as a capital; the words themselves stay as they are.
    pub capitalize: bool,
    /// Whether the words of a quote card are somebody's, in quotation marks; not so for a key sentence
    /// of the article's own.
    pub quoted: bool,
    /// What it shows.
    pub fields: BTreeMap<Field, String>,
    /// How a number card shows its number; `None` leaves it to the template.
    pub chart: Option<ChartKind>,
    /// The values that bars compare, in order.
    pub values: Vec<Value>,
    /// Why the card no longer says what its article says; `None` while it does.
    pub stale: Option<String>,
    /// Where the words stand in an article; `None` for a card written by hand.
    pub origin: Option<Origin>,
    /// How strongly `extract` proposes it; `None` for a card written by hand.
    pub score: Option<f64>,
    /// Why, as codes with weights: `names-its-source +1.0`.
    pub reasons: Vec<String>,
    /// Line and column of the card in its deck, counted from 1; `None` in memory.
    pub position: Option<(usize, usize)>,
}

/// What sort of card it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Somebody's words.
    Quote,
    /// A number.
    Statistic,
    /// The headline of an article.
    Title,
    /// Three to five facts below one another.
    List,
}

/// The place of a card in a carousel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slide {
    /// From 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

/// What people decided about a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// By `extract`, not yet looked at; rendered.
    #[default]
    Proposed,
    /// Looked at and wanted; rendered.
    Approved,
    /// Not wanted; kept so that it is not proposed again, never rendered.
    Rejected,
}

/// Where a card's words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The article's path, relative to the deck's folder where the deck is a file.
    #[serde(with = "shelf::any_path")]
    pub article: PathBuf,
    /// For each field taken word for word, the bytes it stands in.
    pub spans: BTreeMap<Field, Vec<Span>>,
    /// The bytes of each value's figure and label, one behind the other; empty without values and
    /// where people wrote them.
    pub values: Vec<Span>,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a card can show. Templates bind to these names, decks have them as keys.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Field {
            $($(#[$doc])* $variant,)*
        }

        impl Field {
            /// Every field, in the order a deck writes them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in decks and templates.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

fields! {
    /// The words quoted, without their outer marks.
    Quote = "quote",
    /// The phrase of the quotation that is emphasised.
    Emphasis = "emphasis",
    /// Who said it.
    Speaker = "speaker",
    /// Who that is: "director of the clinic".
    Role = "role",
    /// "over", "nearly", "up to".
    Qualifier = "qualifier",
    /// The number as written, with sign and scale word: "4 billion".
    Figure = "figure",
    /// The words that complete the figure.
    Label = "label",
    /// A second, smaller sentence of a number card.
    Context = "context",
    /// Who says so.
    Source = "source",
    /// The time frame.
    Time = "time",
    /// The line above everything else.
    Kicker = "kicker",
    /// The article's headline.
    Title = "title",
    /// Who wrote the article.
    Byline = "byline",
    /// When the article was published, as it writes it.
    Date = "date",
    /// Who publishes the cards.
    Brand = "brand",
    /// What the last slide of a carousel asks for: "Will you join us?"
    Call = "call",
    /// Where to read on: "northlight.example".
    Link = "link",
    /// The file of a photograph: its path as seen from the deck's folder.
    Photo = "photo",
    /// The point of the photograph that must stay in sight: `0.6 0.3`, from its upper left corner.
    Focus = "focus",
    /// What the photograph shows, for people who do not see it.
    Alt = "alt",
    /// Who took the photograph: "Photo: Lena Odell".
    Credit = "credit",
}

impl Field {
    /// The field of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Quote, Self::Statistic, Self::Title, Self::List];

    /// The name in decks, and of the family of templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Statistic => "statistic",
            Self::Title => "title",
            Self::List => "list",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

impl Status {
    /// Every status.
    pub const ALL: &'static [Self] = &[Self::Proposed, Self::Approved, Self::Rejected];

    /// The name in decks.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
        }
    }

    /// The status of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|status| status.name() == name)
    }
}

impl Card {
    /// A proposed card without words, from which others are made.
    #[must_use]
    pub fn new(id: &str, kind: Kind) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            status: Status::default(),
            theme: None,
            lang: None,
            template: None,
            slide: None,
            capitalize: false,
            quoted: true,
            fields: BTreeMap::new(),
            chart: None,
            values: Vec::new(),
            stale: None,
            origin: None,
            score: None,
            reasons: Vec::new(),
            position: None,
        }
    }
}

impl Card {
    /// A quotation, without its outer marks, to be given a speaker with [`Self::with`].
    #[must_use]
    pub fn quote(words: &str) -> Self {
        Self::new(&propose::id(words), Kind::Quote).with(Field::Quote, words)
    }

    /// A number as it is to be written, and the words that complete it.
    #[must_use]
    pub fn statistic(figure: &str, label: &str) -> Self {
        let card = Self::new(&propose::id(&format!("{figure} {label}")), Kind::Statistic);
        card.with(Field::Figure, figure).with(Field::Label, label)
    }

    /// The same card, showing these words in a field.
    #[must_use]
    pub fn with(mut self, field: Field, words: &str) -> Self {
        self.fields.insert(field, words.to_owned());
        self
    }
}

impl Deck {
    /// What a card shows in a field: its own, or what the deck's cards share.
    #[must_use]
    pub fn field<'a>(&'a self, card: &'a Card, field: Field) -> Option<&'a str> {
        let value = card
            .fields
            .get(&field)
            .or_else(|| self.shared.get(&field))?;
        Some(value.as_str()).filter(|value| !value.trim().is_empty())
    }
}
