//! `pullquote templates`: lists them, and helps to make one's own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{self, CheckTemplates, Export, Show, Templates, TemplatesCommand, Wear};
use super::console::Console;
use super::report::count;
use super::{Status, licenses, lists, outcome};
use crate::authoring::{self, Length, Options};
use crate::deck::suggestion;
use crate::error::{Error, Result};
use crate::plan::DEFAULT_THEME;
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
        Some(TemplatesCommand::Check(args)) => check(args, console),
        Some(TemplatesCommand::Show(args)) => show(args, console),
    }
}

/// A studio with a brand and more fonts.
fn studio(wear: &Wear) -> Result<Studio> {
    let studio = match &wear.brand {
        Some(path) => Studio::built_in()?.with_brand(path)?,
        None => Studio::built_in()?,
    };
    let mut dirs = wear.font_dir.iter();
    dirs.try_fold(studio, |studio, dir| studio.with_font_dir(dir))
}

fn check(args: &CheckTemplates, console: &mut Console) -> Result<Status> {
    let base = || studio(&args.wear);
    let mut drawings = 0;
    let mut diagnostics = Vec::new();
    for path in &args.paths {
        let checked = authoring::check(&base, path, args.wear.theme.as_deref())?;
        drawings += checked.drawings;
        diagnostics.extend(checked.diagnostics);
    }
    console.diagnostics(&diagnostics);
    let has_problems = outcome::has_errors(&diagnostics);
    if !args.quiet && !has_problems {
        console.print(&format!("no errors in {}\n", count(drawings, "drawing")))?;
    }
    Ok(Status::of(has_problems))
}

fn show(args: &Show, console: &mut Console) -> Result<Status> {
    let studio = studio(&args.wear)?;
    let target = args.target.as_path();
    let (studio, families) = match target.exists() {
        true => {
            let studio = studio.with_templates(target)?;
            let own = studio.library().own_families().map(str::to_owned);
            let own: Vec<String> = own.collect();
            (studio, own)
        }
        false => {
            let families = vec![family(&studio, target)?];
            (studio, families)
        }
    };
    let theme = args.wear.theme.as_deref().unwrap_or(DEFAULT_THEME);
    let lengths = lengths(&args.text);
    let sheet = authoring::sheet(studio, (&families, theme), &lengths)?;
    let out = args.out.clone().unwrap_or_else(|| {
        let name = target.file_stem().unwrap_or_default().to_string_lossy();
        PathBuf::from(format!("{name}-specimen.png"))
    });
    publish::write(&out, &sheet.png)?;
    console.diagnostics(&sheet.diagnostics);
    console.print(&format!(
        "{}: {}, {} × {} px\n",
        out.display(),
        count(sheet.cards, "card"),
        sheet.width,
        sheet.height
    ))?;
    Ok(Status::of(outcome::has_errors(&sheet.diagnostics)))
}

/// The family that a name stands for, where it is no path.
fn family(studio: &Studio, target: &Path) -> Result<String> {
    let name = target.to_string_lossy();
    let families = studio.library().families();
    let known: Vec<&str> = families.iter().map(|family| family.name.as_str()).collect();
    if known.contains(&name.as_ref()) {
        return Ok(name.into_owned());
    }
    let error = Error::new(format!("there is no file, folder or template `{name}`"));
    Err(error.with_hint(suggestion(&name, &known)))
}

/// The lengths that are asked for, each once and the shortest first; all where none is.
fn lengths(asked: &[args::Length]) -> Vec<Length> {
    let is_asked = |length: &Length| {
        let name = match length {
            Length::Short => args::Length::Short,
            Length::Medium => args::Length::Medium,
            Length::Long => args::Length::Long,
        };
        asked.is_empty() || asked.contains(&name)
    };
    Length::ALL.iter().copied().filter(is_asked).collect()
}

fn export(args: &Export, console: &mut Console) -> Result<Status> {
    let studio = studio(&args.wear)?;
    let options = Options {
        theme: args.wear.theme.clone(),
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
