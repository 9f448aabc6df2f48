//! `pullquote templates`: lists them, and helps to make one's own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{Export, Templates, TemplatesCommand};
use super::console::Console;
use super::report::count;
use super::{Status, licenses, lists};
use crate::authoring::{self, Options};
use crate::error::{Error, Result};
use crate::publish;
use crate::studio::Studio;

/// Runs the command.
///
/// # Errors
///
/// A name that nobody knows, or a file that cannot be read or written.
pub fn run(args: &Templates, console: &mut Console) -> Result<Status> {
    match &args.command {
        None | Some(TemplatesCommand::List) => lists::templates(console).map(|()| Status::Fine),
        Some(TemplatesCommand::Export(args)) => export(args, console),
    }
}

fn export(args: &Export, console: &mut Console) -> Result<Status> {
    let studio = match &args.brand {
        Some(path) => Studio::built_in()?.with_brand(path)?,
        None => Studio::built_in()?,
    };
    let mut dirs = args.font_dir.iter();
    let studio = dirs.try_fold(studio, |studio, dir| studio.with_font_dir(dir))?;
    let options = Options {
        theme: args.theme.clone(),
        has_fonts: !args.no_fonts,
    };
    let mut files = authoring::export(&studio, &args.family, &options)?;
    add_licences(&mut files);
    if !args.force {
        refuse_to_replace(&files, &args.folder)?;
    }
    for (name, bytes) in &files {
        publish::write(&args.folder.join(name), bytes)?;
    }
    console.print(&summary(&files, args))?;
    Ok(Status::Fine)
}

/// Whoever passes fonts on has to pass on their terms.
fn add_licences(files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let is_font = |file: &&PathBuf| file.extension().is_some_and(|ending| ending == "ttf");
    let folders = files
        .keys()
        .filter(is_font)
        .filter_map(|file| file.parent());
    let licences = folders.filter_map(|folder| {
        let text = licenses::of_fonts(folder.file_name()?.to_str()?)?;
        Some((folder.join("OFL.txt"), text.as_bytes().to_vec()))
    });
    let licences: Vec<_> = licences.collect();
    files.extend(licences);
}

/// Somebody's drawing may have a day of work in it; fonts are the same as ever.
fn refuse_to_replace(files: &BTreeMap<PathBuf, Vec<u8>>, folder: &Path) -> Result<()> {
    let is_other = |(name, bytes): &(&PathBuf, &Vec<u8>)| {
        let path = folder.join(name);
        path.exists() && std::fs::read(&path).ok().as_ref() != Some(*bytes)
    };
    let Some((name, _)) = files.iter().find(is_other) else {
        return Ok(());
    };
    let error = Error::new(format!(
        "`{}` is there already",
        folder.join(name).display()
    ));
    Err(error.with_hint("name another folder, or add --force to replace what is in it"))
}

fn summary(files: &BTreeMap<PathBuf, Vec<u8>>, args: &Export) -> String {
    let folder = args.folder.display();
    let drawings = files
        .keys()
        .filter(|name| name.extension().is_some_and(|it| it == "svg"));
    let mut text = String::new();
    for name in drawings.clone() {
        text += &format!("{}\n", args.folder.join(name).display());
    }
    let fonts = files
        .keys()
        .filter(|name| name.extension().is_some_and(|it| it == "ttf"));
    let fonts = match fonts.count() {
        0 => String::new(),
        number => format!(" and {} to install", count(number, "font")),
    };
    text + &format!(
        "{}{fonts}; check them with `pullquote templates check {folder}`, use them with \
         `--template {folder}`\n",
        count(drawings.count(), "drawing")
    )
}
