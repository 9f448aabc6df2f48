//! What may be written on the command line, and its help.

mod templates;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::extract::{Candidate, Find};

use super::inputs::Request;
pub use templates::{
    Check as CheckTemplates, Export, Length, Show, Templates, TemplatesCommand, Wear,
};

const ABOUT: &str = "Turns articles into share graphics";

const LONG_ABOUT: &str = "Turns articles into share graphics.\n\n\
    Reads an article, finds the quotations and numbers worth sharing, word for word and with who \
    said so, and makes a finished picture of each for every platform.";

const EXAMPLES: &str = "Examples:
  pullquote render story.txt                  pictures of one article, in output/
  pullquote render articles/ --out campaign   of every article in a folder
  pullquote extract story.txt --out deck.yaml the words it would use, for you to edit
  pullquote render deck.yaml                  pictures of what you chose

Exit codes: 0 all is well, 1 there are problems (they are listed), 2 nothing could be done, 130 ended
by Ctrl-C.";

const RENDER_EXAMPLES: &str = "Examples:
  pullquote render story.txt
  pullquote render story.txt --theme marigold --platform square,story
  pullquote render story.txt --template my-card.svg
  cat story.txt | pullquote render -
  pullquote render quotes.csv --map quote=Zitat,speaker=Name
  pullquote render campaign.xlsx --platform square

Everything goes below the folder given with --out: the pictures, index.html with all of them on one
page, and manifest.json with their words, alt texts and origins. Files with the same names are
replaced; other files are left alone. A second run makes only what has changed since the first; a run
that was stopped at any moment is continued by the same command.";

const MERGE_EXAMPLES: &str = "Examples:
  pullquote render campaign.csv --out shared --shard 1/2     on one machine
  pullquote render campaign.csv --out shared --shard 2/2     on another
  pullquote merge campaign.csv --out shared                  manifest and contact sheet of both

Give it the inputs and options that the shards were given. Nothing is drawn: a picture that is
missing is an error.";

const EXTRACT_EXAMPLES: &str = "Examples:
  pullquote extract story.txt --out deck.yaml   then edit deck.yaml and render it
  pullquote extract articles/ --out deck.yaml   one deck for all articles of a folder
                                                 again: new cards are added, those that the article
                                                 no longer bears out are marked, yours stay as they are
  pullquote extract story.txt --format jsonl    for programs: every find, with byte offsets
  pullquote extract story.txt --explain         why each was found, and who is named by which rule
  pullquote extract --rules                     how often each of those rules was right";

const CHECK_EXAMPLES: &str = "Examples:
  pullquote check deck.yaml     do the words still match the articles? does everything fit?
  pullquote check articles/     what would `render` have to say?";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, about = ABOUT, long_about = LONG_ABOUT)]
#[command(after_help = EXAMPLES, arg_required_else_help = true, max_term_width = 100)]
pub struct Arguments {
    /// Print the licences of the program and of the fonts in it
    #[arg(long)]
    pub licenses: bool,

    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make pictures of articles and decks
    #[command(after_help = RENDER_EXAMPLES)]
    Render(Render),
    /// Join what several machines have made with `render --shard`
    #[command(after_help = MERGE_EXAMPLES)]
    Merge(Merge),
    /// List the words worth sharing as a deck to edit
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),
    /// Say what is wrong, without making pictures
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// List the templates and themes, and make your own
    #[command(after_help = templates::EXAMPLES)]
    Templates(Templates),
    /// List the sizes pictures are made in
    Platforms,
}

/// `render`.
#[derive(Debug, Args)]
pub struct Render {
    /// What to make pictures of.
    #[command(flatten)]
    pub inputs: Inputs,

    /// What the pictures look like.
    #[command(flatten)]
    pub look: Look,

    /// Make one numbered set of slides of each article: a cover, its cards, an end
    #[arg(long)]
    pub carousel: bool,

    /// Folder for the pictures, made if it is missing; or s3://, gs:// and az:// in a program built
    /// with object stores
    #[arg(short, long, value_name = "FOLDER", default_value = "output")]
    pub out: PathBuf,

    /// How files are named: {article}, {card}, {platform}, {theme}, {template}, {row}, {lang},
    /// {width}, {height}, any field or column [default: {article}/{card}--{platform}]
    #[arg(long, value_name = "PATTERN")]
    pub name: Option<String>,

    /// Show what would be made and what could not, without making it
    #[arg(long)]
    pub dry_run: bool,

    /// Make all pictures again, also those that are as they should be
    #[arg(long)]
    pub force: bool,

    /// Remove pictures of earlier runs that are no longer wanted
    #[arg(long)]
    pub prune: bool,

    /// Make only a part: 3/8, or auto and auto/8 in an array of jobs (Kubernetes, Slurm, AWS Batch)
    #[arg(long, value_name = "K/N")]
    pub shard: Option<String>,

    /// Write pictures only, without documents, manifest, contact sheet and records: several runs may
    /// then write into one folder, each pictures of its own
    #[arg(long, conflicts_with_all = ["prune", "shard"])]
    pub no_index: bool,

    /// How to tell what is made
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Told::Text)]
    pub format: Told,

    /// How many pictures to work on at once [default: one for each core]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,

    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// `merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// What the shards were given.
    #[command(flatten)]
    pub render: Render,

    /// Folder that a shard wrote into, if not the one of --out; may be given several times
    #[arg(long = "part", value_name = "FOLDER")]
    pub parts: Vec<PathBuf>,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// What to check.
    #[command(flatten)]
    pub inputs: Inputs,

    /// What the pictures would look like.
    #[command(flatten)]
    pub look: Look,

    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// `extract`.
#[derive(Debug, Args)]
pub struct Extract {
    /// What to read.
    #[command(flatten)]
    pub inputs: Inputs,

    /// What to write
    #[arg(short, long, value_enum, default_value_t = Format::Yaml)]
    pub format: Format,

    /// File to write instead of printing; an edited deck that is there is brought up to date
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Say of every find why it is offered, and which rule names its speaker, instead of a deck
    #[arg(long, conflicts_with_all = ["format", "out"])]
    pub explain: bool,

    /// Print the rules that name speakers with how often each was right, and read nothing
    #[arg(long, exclusive = true)]
    pub rules: bool,

    /// Language of the articles, as a BCP 47 tag (`de`), if it is not what they say or look like
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// Articles, decks and folders of them.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Articles (.txt, .md, .html), decks (.yaml, .toml, .json), tables (.csv, .xlsx, .json, .jsonl) or
    /// folders of them; `-` is what comes through a pipe
    #[arg(value_name = "INPUT", required = true)]
    pub paths: Vec<PathBuf>,

    /// What the inputs are, whatever their names end in; for a pipe [default: an article]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<From>,

    /// Columns of tables that are called otherwise: quote=Zitat,speaker=Name
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,

    /// Make nothing if a row of a table is faulty, instead of leaving it out
    #[arg(long)]
    pub strict: bool,

    /// Most cards to make of one article
    #[arg(long, value_name = "N", default_value = "6")]
    pub max: NonZeroUsize,

    /// Only cards of articles that score as much or more: see `score` in a deck
    #[arg(long, value_name = "SCORE", allow_negative_numbers = true)]
    pub min_score: Option<f64>,

    /// Only cards of this kind from articles
    #[arg(long, value_enum)]
    pub kind: Option<Choice>,

    /// Only what somebody says whose name, role or organisation has these words; may be given
    /// several times
    #[arg(long, value_name = "WORDS")]
    pub speaker: Vec<String>,
}

impl Inputs {
    /// The candidates of an article that are wanted.
    #[must_use]
    pub fn chosen(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        let is_chosen = |candidate: &Candidate| {
            let is_quotation = matches!(candidate.find, Find::Quotation(_));
            let is_kind = match self.kind {
                None => true,
                Some(Choice::Quote) => is_quotation,
                Some(Choice::Statistic) => !is_quotation,
            };
            let is_voice =
                self.speaker.is_empty() || self.speaker.iter().any(|words| candidate.is_by(words));
            is_kind && is_voice && self.min_score.is_none_or(|least| candidate.score >= least)
        };
        candidates.into_iter().filter(is_chosen).collect()
    }
}

/// Kinds of cards to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    /// Somebody's words
    Quote,
    /// A number
    Statistic,
}

impl Inputs {
    /// What files to look for.
    #[must_use]
    pub fn request<'a>(&self, out: Option<&'a Path>) -> Request<'a> {
        Request {
            out,
            from: self.from,
        }
    }
}

/// What pictures look like.
#[derive(Debug, Args)]
pub struct Look {
    /// Theme of all cards that have none of their own: see `pullquote templates`
    #[arg(short, long, value_name = "NAME")]
    pub theme: Option<String>,

    /// Sizes to make, separated by commas: see `pullquote platforms` [default: all]
    #[arg(
        short,
        long,
        visible_alias = "for",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub platform: Vec<String>,

    /// Your own template: an SVG file, a folder of them, or a folder of such folders and themes/;
    /// may be given several times
    #[arg(long, visible_alias = "templates", value_name = "PATH")]
    pub template: Vec<PathBuf>,

    /// Your brand: CSS that comes after the theme, such as `:root { --accent: #0B6E4F; }`
    #[arg(long, value_name = "CSS")]
    pub brand: Option<PathBuf>,

    /// Your logo, as SVG or PNG: it stands in for the name of the brand
    #[arg(long, value_name = "FILE")]
    pub logo: Option<PathBuf>,

    /// Your logo for dark grounds
    #[arg(long, value_name = "FILE", requires = "logo")]
    pub logo_dark: Option<PathBuf>,

    /// Type of all files: png, jpeg or webp; pdf binds the pictures of each deck to one document
    /// [default: what each platform wants]
    #[arg(long = "type", value_name = "TYPE")]
    pub file_type: Option<String>,

    /// Folder of more fonts (TTF, OTF); may be given several times
    #[arg(long, value_name = "FOLDER")]
    pub font_dir: Vec<PathBuf>,
}

/// How to tell what is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Told {
    /// In words
    Text,
    /// Every step as a line of JSON
    Json,
    /// A line of JSON for each row of the input, in its order
    Rows,
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// A table of comma-separated values
    Csv,
    /// The first sheet of an Excel workbook
    Xlsx,
    /// A JSON array of rows, or a deck as JSON
    Json,
    /// A row as JSON in each line
    Jsonl,
    /// A deck
    Yaml,
    /// A deck as TOML
    Toml,
    /// An article as plain text
    Txt,
    /// An article as Markdown
    Md,
    /// An article as HTML
    Html,
}

/// What `extract` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A deck for people to edit
    Yaml,
    /// One line of JSON for each article, with every find
    Jsonl,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_does_not_contradict_itself() {
        Arguments::command().debug_assert();
    }
}
