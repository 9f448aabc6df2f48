//! `pullquote extract`: articles in, a deck to edit out.

use std::env;
use std::path::{self, Path};

use rayon::prelude::*;

use super::args::{Extract, Format};
use super::console::Console;
use super::inputs::{self, Kind};
use super::report::count;
use super::{Status, material};
use crate::article::Article;
use crate::deck::{self, Deck};
use crate::error::{Error, Result};
use crate::{extract, publish};

/// Runs the command.
///
/// # Errors
///
/// No article could be read, the file to write is there already, or it cannot be written.
pub fn run(args: &Extract, console: &mut Console) -> Result<Status> {
    if let Some(out) = &args.out {
        refuse_existing(out)?;
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
            Some(Ok(article)) => articles.push(article),
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
        Format::Yaml => yaml(args, articles, console)? == 0,
        // Its line says that there is nothing.
        Format::Jsonl => jsonl(args, &articles, console).map(|()| false)?,
    };
    Ok(Status::of(!errors.is_empty() || is_empty))
}

/// A file that people may have edited is never replaced.
fn refuse_existing(out: &Path) -> Result<()> {
    if out.is_dir() {
        let message = format!("cannot write `{}`: it is a folder", out.display());
        return Err(Error::new(message).with_hint("name a file in it: --out folder/deck.yaml"));
    }
    if out.exists() {
        let message = format!(
            "`{}` is there already; it may have been edited",
            out.display()
        );
        return Err(Error::new(message).with_hint("give another name, or remove it first"));
    }
    Ok(())
}

fn absolute(path: &Path) -> Result<path::PathBuf> {
    path::absolute(path).map_err(|cause| Error::read(path, cause))
}

fn yaml(args: &Extract, articles: Vec<Article>, console: &mut Console) -> Result<usize> {
    let mut unshared = Vec::new();
    let mut decks = Vec::new();
    for mut article in articles {
        let candidates = extract::extract(&article);
        let path = article.path.clone();
        if path != Path::new("-") {
            // From here it is found again, wherever the deck is.
            article.path = absolute(&path)?;
        }
        let deck = deck::propose(&article, &candidates, args.inputs.max.get());
        match deck.cards.is_empty() {
            true => unshared.push(material::nothing_to_share(&path)),
            false => decks.push(deck),
        }
    }
    console.diagnostics(&unshared);
    let deck = deck::join(decks);
    if deck.cards.is_empty() {
        return Ok(0);
    }
    // Without --out the deck is taken to be saved here.
    let folder = match args.out.as_deref().map(absolute).transpose()? {
        Some(out) => out.parent().map(Path::to_owned).unwrap_or_default(),
        None => env::current_dir().map_err(|cause| Error::read(Path::new("."), cause))?,
    };
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

fn jsonl(args: &Extract, articles: &[Article], console: &mut Console) -> Result<()> {
    let line =
        |article: &Article| format!("{}\n", extract::record(article, &extract::extract(article)));
    let lines: Vec<String> = articles.par_iter().map(line).collect();
    deliver(args, &lines.concat(), console)
}

fn deliver(args: &Extract, text: &str, console: &mut Console) -> Result<()> {
    match &args.out {
        Some(out) => publish::write(out, text.as_bytes()),
        None => console.print(text),
    }
}
