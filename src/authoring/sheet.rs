//! A sheet of specimens: every artboard of templates in words of several lengths, on one picture.

use std::fmt::Write as _;

use rayon::prelude::*;
use tiny_skia::Pixmap;

use super::specimen::{self, Length, Specimens};
use crate::compose::Composition;
use crate::design::Platform;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::{Error, Result};
use crate::photo::{Focus, Photo, Window};
use crate::raster;
use crate::studio::Studio;

/// Cards are shown at this share of their size: small type can be judged still.
const SHRUNK: f64 = 0.5;

/// Around the sheet and between cards, in px.
const MARGIN: u32 = 64;
const GAP: u32 = 40;

/// Room for a template's name and for the caption of a row, in px.
const HEADING: u32 = 96;
const CAPTION: u32 = 44;

/// A higher sheet is more than anybody looks at, and than some viewers open.
const HIGHEST: u32 = 16_000;

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// A PNG file.
    pub png: Vec<u8>,
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// How many cards are on it.
    pub cards: usize,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
}

/// A card and where it stands.
struct Cell<'a> {
    family: &'a str,
    platform: &'a Platform,
    length: Length,
    /// Whether it looks as the theme says.
    wears_theme: bool,
    left: u32,
    top: u32,
}

impl Cell<'_> {
    fn size(&self) -> (u32, u32) {
        shrunk(self.platform)
    }
}

fn shrunk(platform: &Platform) -> (u32, u32) {
    let side = |whole: u32| (f64::from(whole) * SHRUNK).round() as u32;
    (side(platform.width), side(platform.height))
}

/// Draws families of templates in a theme.
///
/// # Errors
///
/// No family, more of them than have room on a sheet, or a theme that nobody knows.
pub fn sheet(
    studio: Studio,
    (families, theme): (&[String], &str),
    lengths: &[Length],
) -> Result<Sheet> {
    let studio = specimen::with_photo(studio)?.with_type("png")?;
    let library = studio.library();
    if library.theme(theme).is_none() {
        let error = Error::new(format!("there is no theme `{theme}`"));
        return Err(error.with_hint(crate::deck::suggestion(theme, &library.theme_names())));
    }
    let specimens = Specimens::read()?;
    let (cells, (width, height)) = arrange(&studio, families, lengths)?;
    let drawn: Vec<Drawn> = cells
        .par_iter()
        .map(|cell| draw(&studio, &specimens, cell, theme))
        .collect::<Result<_>>()?;
    let svg = ground(&cells, &drawn, theme, (width, height));
    let ground = Composition {
        svg,
        width,
        height,
        ..Composition::default()
    };
    let mut pixels = raster::draw(&ground, studio.fonts())?;
    for (cell, drawn) in cells.iter().zip(&drawn) {
        if let Some(shown) = &drawn.shown {
            put(&mut pixels, cell, shown);
        }
    }
    Ok(Sheet {
        png: raster::encode(&pixels)?,
        width,
        height,
        cards: cells.len(),
        diagnostics: drawn
            .into_iter()
            .flat_map(|drawn| drawn.diagnostics)
            .collect(),
    })
}

/// A card at the size that it is shown in, row by row; `None` for one that cannot be made.
struct Drawn {
    shown: Option<Vec<u8>>,
    diagnostics: Vec<Diagnostic>,
}

/// A row for each artboard, a column for each length, one family below the other.
fn arrange<'a>(
    studio: &'a Studio,
    families: &'a [String],
    lengths: &[Length],
) -> Result<(Vec<Cell<'a>>, (u32, u32))> {
    let library = studio.library();
    let mut cells = Vec::new();
    let mut top = MARGIN;
    let rows = families.iter().flat_map(|family| {
        let artboards = library.artboards(family).into_iter();
        artboards.filter_map(|name| specimen::platform(library, name))
    });
    let column = rows
        .map(|platform| shrunk(platform).0)
        .max()
        .unwrap_or_default();
    for family in families {
        top += HEADING;
        for artboard in library.artboards(family) {
            let Some(platform) = specimen::platform(library, artboard) else {
                continue;
            };
            top += CAPTION;
            for (index, length) in (0_u32..).zip(lengths) {
                cells.push(Cell {
                    family,
                    platform,
                    length: *length,
                    wears_theme: library
                        .template(family, artboard)
                        .is_some_and(|template| template.has_theme),
                    left: MARGIN + index * (column + GAP),
                    top,
                });
            }
            top += shrunk(platform).1 + GAP;
        }
    }
    let (width, height) = (
        2 * MARGIN + lengths.len() as u32 * (column + GAP) - GAP.min(column),
        top - GAP + MARGIN,
    );
    if cells.is_empty() {
        return Err(Error::new("there is nothing to show"));
    }
    if height > HIGHEST {
        let error = Error::new(format!(
            "{} templates have no room on one sheet",
            families.len()
        ));
        return Err(error.with_hint("show one of them: give its folder, or its drawing"));
    }
    Ok((cells, (width, height)))
}

fn draw(studio: &Studio, specimens: &Specimens, cell: &Cell<'_>, theme: &str) -> Result<Drawn> {
    let card = specimens.card(cell.family, cell.length)?;
    let job = specimens.job(&card, (cell.family, theme), cell.platform);
    let rendered = studio.render_job(&job)?;
    let shown = match &rendered.image {
        Some(image) => {
            let photo = Photo::decode(&image.bytes)?;
            let whole = (photo.width, photo.height);
            let middle = Focus { x: 0.5, y: 0.5 };
            let window = Window::new(whole, cell.size(), None, middle);
            Some(photo.cropped(&window, cell.size()))
        }
        None => None,
    };
    let of_card = rendered.diagnostics.into_iter();
    Ok(Drawn {
        shown,
        diagnostics: of_card.filter(|it| it.code != "photo-small").collect(),
    })
}

/// The sheet without its cards: names, captions, outlines.
fn ground(cells: &[Cell<'_>], drawn: &[Drawn], theme: &str, (width, height): (u32, u32)) -> String {
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'><style>\
         text {{ font-family: Commissioner; font-size: 22px; font-weight: 500; fill: #5B5B58 }}\
         .name {{ font-size: 40px; font-weight: 700; fill: #1B1B1A }}\
         .fault {{ fill: #A32A16; font-weight: 700 }}</style>\
         <rect width='{width}' height='{height}' fill='#F3F3F1'/>"
    );
    let mut last = None;
    for (cell, drawn) in cells.iter().zip(drawn) {
        let (wide, high) = cell.size();
        let (left, top) = (cell.left, cell.top);
        if last != Some(cell.family) {
            let y = top - CAPTION - 40;
            let mut name = cell.family.to_owned();
            if cell.wears_theme {
                name += &format!(" · {}", escape(theme));
            }
            let _ = write!(svg, "<text class='name' x='{MARGIN}' y='{y}'>{name}</text>");
            last = Some(cell.family);
        }
        let Platform {
            width,
            height,
            artboard,
            ..
        } = cell.platform;
        let caption = format!(
            "{artboard}, {width} × {height}, {} text",
            cell.length.name()
        );
        let _ = write!(svg, "<text x='{left}' y='{}'>{caption}</text>", top - 16);
        let _ = write!(
            svg,
            "<rect x='{}' y='{}' width='{}' height='{}' fill='#FFFFFF' stroke='#C9C9C4' stroke-width='2'/>",
            left - 1,
            top - 1,
            wide + 2,
            high + 2,
        );
        if drawn.shown.is_none() {
            let is_error = |it: &&Diagnostic| it.severity == Severity::Error;
            let why = drawn.diagnostics.iter().find(is_error);
            let why = why.map_or("not made", |it| it.code);
            let (x, y) = (left + 24, top + 48);
            let _ = write!(svg, "<text class='fault' x='{x}' y='{y}'>{why}</text>");
        }
    }
    svg + "</svg>"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Copies a card to its place.
fn put(pixels: &mut Pixmap, cell: &Cell<'_>, shown: &[u8]) {
    let stride = 4 * pixels.width() as usize;
    let (wide, _) = cell.size();
    let rows = shown.chunks_exact(3 * wide as usize);
    let data = pixels.data_mut();
    for (y, row) in (cell.top as usize..).zip(rows) {
        let start = y * stride + 4 * cell.left as usize;
        let out = data[start..start + 4 * wide as usize].chunks_exact_mut(4);
        for (to, from) in out.zip(row.chunks_exact(3)) {
            to[..3].copy_from_slice(from);
            to[3] = u8::MAX;
        }
    }
}
