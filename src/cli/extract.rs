//! `pullquote extract`: articles in, a deck to edit out.

use std::path::{self, Path};
use std::{env, fs};

use rayon::prelude::*;

use super::args::{Extract, Format};
use super::console::Console;
use super::explain;
use super::inputs::{self, Kind};
use super::report::count;
use super::{Status, material};
use crate::article::Article;
use crate::deck::{self, Card, Deck, Fit, Merged};
use crate::error::{Error, Result};
use crate::{check, extract, publish};

/// Runs the command.
///
/// # Errors
///
/// No article could be read, the file to write is there already, or it cannot be written.
pub fn run(args: &Extract, console: &mut Console) -> Result<Status> {
    if args.rules {
        console.print(&explain::rules())?;
        return Ok(Status::of(false));
    }
    if let Some(out) = &args.out {
        refuse_existing(out, args.format)?;
    }
    let (files, mut errors) = inputs::find_all(&args.inputs.paths, args.inputs.request(None));
    let (mut articles, mut decks) = (Vec::new(), 0);
    let read = |file: &inputs::File| match file.kind {
        // In a folder, decks made from the articles stand beside them.
        Kind::Deck(_) => None,
        Kind::Article | Kind::Pipe => Some(material::article(file, args.inputs.from)),
    };
    // On all cores, in the order of the files.
    let read: Vec<_> = files.par_iter().map(read).collect();
    for article in read {
        match article {
            None => decks += 1,
            Some(Ok(mut article)) => {
                if args.lang.is_some() {
                    article.meta.lang.clone_from(&args.lang);
                }
                articles.push(article);
            }
            Some(Err(error)) => errors.push(error),
        }
    }
    console.errors(&errors);
    if articles.is_empty() {
        return match (errors.is_empty(), decks) {
            (true, 1..) => Err(
                Error::new("there is no article to extract from, only decks")
                    .with_hint("name the article, or make pictures of the deck with `render`"),
            ),
            _ => Ok(Status::Failed),
        };
    }
    let is_empty = match args.format {
        _ if args.explain => explained(&articles, console)? == 0,
        Format::Yaml => yaml(args, articles, console)? == 0,
        // Its line says that there is nothing.
        Format::Jsonl => jsonl(args, &articles, console).map(|()| false)?,
    };
    Ok(Status::of(!errors.is_empty() || is_empty))
}

/// A YAML deck that is there already is brought up to date; any other file is never replaced.
fn refuse_existing(out: &Path, format: Format) -> Result<()> {
    if out.is_dir() {
        let message = format!("cannot write `{}`: it is a folder", out.display());
        return Err(Error::new(message).with_hint("name a file in it: --out folder/deck.yaml"));
    }
    let is_yaml = out
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    if out.exists() && !(format == Format::Yaml && is_yaml) {
        let message = format!("`{}` is there already", out.display());
        return Err(Error::new(message).with_hint("give another name, or remove it first"));
    }
    Ok(())
}

fn absolute(path: &Path) -> Result<path::PathBuf> {
    path::absolute(path).map_err(|cause| Error::read(path, cause))
}

fn yaml(args: &Extract, mut articles: Vec<Article>, console: &mut Console) -> Result<usize> {
    let out = args.out.as_deref().map(absolute).transpose()?;
    let is_merge = out.as_ref().is_some_and(|out| out.exists());
    let mut unshared = Vec::new();
    let mut decks = Vec::new();
    for article in &mut articles {
        let candidates = extract::extract(article);
        let path = article.path.clone();
        if path != Path::new("-") {
            // From here it is found again, wherever the deck is.
            article.path = absolute(&path)?;
        }
        // To tell what is new, all that an article offers has to be known.
        let max = if is_merge {
            usize::MAX
        } else {
            args.inputs.max.get()
        };
        let deck = deck::propose(article, &args.inputs.chosen(candidates), max);
        match deck.cards.is_empty() {
            true => unshared.push(material::nothing_to_share(&path)),
            false => decks.push(deck),
        }
    }
    console.diagnostics(&unshared);
    // Without --out the deck is taken to be saved here.
    let folder = match &out {
        Some(out) => out.parent().map(Path::to_owned).unwrap_or_default(),
        None => env::current_dir().map_err(|cause| Error::read(Path::new("."), cause))?,
    };
    if let Some(out) = out.filter(|_| is_merge) {
        let decks: Vec<Deck> = decks
            .into_iter()
            .map(|deck| deck.relative_to(&folder))
            .collect();
        return update(args, &out, &decks, &articles, console);
    }
    let deck = deck::join(decks);
    if deck.cards.is_empty() {
        return Ok(0);
    }
    let deck: Deck = deck.relative_to(&folder);
    let cards = count(deck.cards.len(), "card");
    deliver(args, &deck::write(&deck), console)?;
    if let Some(out) = &args.out {
        let out = out.display();
        console.print(&format!(
            "{cards} in {out}\nedit it, then: pullquote render {out}\n"
        ))?;
    }
    Ok(deck.cards.len())
}

fn explained(articles: &[Article], console: &mut Console) -> Result<usize> {
    let mut found = 0;
    for article in articles {
        let candidates = extract::distinct(extract::extract(article));
        found += candidates.len();
        console.print(&explain::article(&article.path, &candidates))?;
    }
    Ok(found)
}

/// Brings the deck that is there up to date, and says what has changed in it.
fn update(
    args: &Extract,
    out: &Path,
    proposals: &[Deck],
    articles: &[Article],
    console: &mut Console,
) -> Result<usize> {
    let deck = deck::load(out)?;
    let text = fs::read_to_string(out).map_err(|cause| Error::read(out, cause))?;
    let read = |path: &Path| articles.iter().find(|article| article.path == path);
    let fit = |card: &Card| match deck.article_of(card).map(|path| read(&path)) {
        Some(Some(_)) => match check::stale(&deck, card, &read) {
            Some(why) => Fit::Stale(why),
            None => Fit::Fits,
        },
        _ => Fit::Unknown,
    };
    let max = args.inputs.max.get();
    let merged = deck::merge(&text, &deck, proposals, max, &fit)?;
    if merged.text != text {
        publish::write(out, merged.text.as_bytes())?;
    }
    let shown = args.out.as_deref().unwrap_or(out);
    console.print(&summary(&merged, shown))?;
    Ok(merged.kept + merged.added.len())
}

fn summary(merged: &Merged, out: &Path) -> String {
    let kept = count(merged.kept, "card");
    let mut lines = format!("{}: {kept} kept with all that was edited", out.display());
    let changes = [
        (&merged.added, "new"),
        (&merged.stale, "stale: the article has changed"),
        (&merged.restored, "no longer stale"),
    ];
    for (ids, what) in changes {
        if !ids.is_empty() {
            lines += &format!("\n  {} {what}: {}", ids.len(), ids.join(", "));
        }
    }
    lines + "\n"
}

fn jsonl(args: &Extract, articles: &[Article], console: &mut Console) -> Result<()> {
    let line = |article: &Article| {
        let found = extract::everything(article);
        let candidates = args.inputs.chosen(found.candidates);
        let record = extract::record(article, &candidates, &found.quantities);
        format!("{record}\n")
    };
    let lines: Vec<String> = articles.par_iter().map(line).collect();
    deliver(args, &lines.concat(), console)
}

fn deliver(args: &Extract, text: &str, console: &mut Console) -> Result<()> {
    match &args.out {
        Some(out) => publish::write(out, text.as_bytes()),
        None => console.print(text),
    }
}
