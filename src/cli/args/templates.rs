//! What may be written behind `pullquote templates`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Of `templates` alone.
pub const EXAMPLES: &str = "Examples:
  pullquote templates                          what there is
  pullquote templates export quote my/         drawings to start your own from
  pullquote templates check my/                what is wrong with them, with line and column
  pullquote templates show my/                 all of them on one sheet
  pullquote render deck.yaml --template my/    pictures made with them";

const CHECK_EXAMPLES: &str = "Examples:
  pullquote templates check my/
  pullquote templates check card.svg --font-dir fonts/

Every drawing is read, and sample words are set in it, short, medium and long. Exit codes: 0 nothing is
wrong, 1 there are errors, 2 nothing could be read.";

const SHOW_EXAMPLES: &str = "Examples:
  pullquote templates show my/
  pullquote templates show quote --theme marigold --text short -o quote.png

A path that is there comes before the name of a template.";

const EXPORT_EXAMPLES: &str = "Examples:
  pullquote templates export quote my/                    the drawings of all artboards
  pullquote templates export statistic my/ --theme cedar
  pullquote render deck.yaml --template my/               as they are, or as you changed them

Open the drawings in Inkscape or a browser. Each shows sample words as they are set; what a text shows
is what its data-bind says. To have drawings of several templates, give each a folder of its own:
my/quote, my/statistic, and render with --template my/.";

/// `templates`.
#[derive(Debug, Args)]
pub struct Templates {
    /// What to do with them.
    #[command(subcommand)]
    pub command: Option<TemplatesCommand>,
}

/// What to do with templates.
#[derive(Debug, Subcommand)]
pub enum TemplatesCommand {
    /// List the templates and themes
    List,
    /// Write a template as drawings to start your own from
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Say what is wrong with templates of your own, with line and column
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Draw a sheet with every artboard of templates, in short, medium and long text
    #[command(after_help = SHOW_EXAMPLES)]
    Show(Show),
}

/// What drawings wear: a theme, a brand over it, and faces beside those of the program.
#[derive(Debug, Args)]
pub struct Wear {
    /// Theme of drawings that wear one [default: newsprint]
    #[arg(short, long, value_name = "NAME")]
    pub theme: Option<String>,

    /// Your brand: CSS that comes after the theme
    #[arg(long, value_name = "CSS")]
    pub brand: Option<PathBuf>,

    /// Folder of more fonts (TTF, OTF); may be given several times
    #[arg(long, value_name = "FOLDER")]
    pub font_dir: Vec<PathBuf>,
}

/// `templates export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The template: see `pullquote templates`
    #[arg(value_name = "TEMPLATE")]
    pub family: String,

    /// Folder for the drawings, made if it is missing
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,

    /// What the drawings wear.
    #[command(flatten)]
    pub wear: Wear,

    /// Leave out the fonts, which a browser needs to show the drawings as they are
    #[arg(long)]
    pub no_fonts: bool,

    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
}

/// `templates check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Drawings, folders of them, or folders of such folders and themes/
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// What the drawings wear.
    #[command(flatten)]
    pub wear: Wear,

    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub quiet: bool,
}

/// `templates show`.
#[derive(Debug, Args)]
pub struct Show {
    /// A drawing, a folder of them, or the name of a template: see `pullquote templates`
    #[arg(value_name = "TEMPLATE")]
    pub target: PathBuf,

    /// Length of the words; may be given several times [default: all three]
    #[arg(long, value_enum, value_name = "LENGTH", value_delimiter = ',')]
    pub text: Vec<Length>,

    /// What the drawings wear.
    #[command(flatten)]
    pub wear: Wear,

    /// The picture to write [default: TEMPLATE-specimen.png in this folder]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// How long the words of a specimen are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Length {
    /// Up to 8 words
    Short,
    /// Up to 32 words
    Medium,
    /// More
    Long,
}
