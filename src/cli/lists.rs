//! `pullquote templates` and `pullquote platforms`: what there is to choose from.

use super::console::Console;
use super::report::table;
use crate::design::{Library, Platform};
use crate::error::Result;
use crate::plan::DEFAULT_THEME;

/// Lists families of templates and themes.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn templates(console: &mut Console) -> Result<()> {
    let library = Library::built_in()?;
    let families = library.families();
    let rows: Vec<Vec<String>> = families
        .into_iter()
        .map(|family| vec![family.name, family.artboards.join(", "), family.about])
        .collect();
    console.print(&table(&["TEMPLATE", "ARTBOARDS", "FOR"], &rows))?;
    let mut text = "\nTHEME\n".to_owned();
    for theme in library.theme_names() {
        let note = if theme == DEFAULT_THEME {
            "  (unless you choose another)"
        } else {
            ""
        };
        text += &format!("{theme}{note}\n");
    }
    console.print(&text)
}

/// Lists platforms with their sizes and limits.
///
/// # Errors
///
/// Standard output cannot be written.
pub fn platforms(console: &mut Console) -> Result<()> {
    let library = Library::built_in()?;
    let rows: Vec<Vec<String>> = library.platforms().iter().map(platform).collect();
    let head = [
        "NAME",
        "SIZE",
        "SAFE FOR WORDS",
        "MOST BYTES",
        "MOST ALT TEXT",
        "AS OF",
        "GROUPS",
        "FOR",
    ];
    console.print(&table(&head, &rows))
}

fn platform(platform: &Platform) -> Vec<String> {
    let safe = &platform.safe_area;
    let limit = |limit: Option<u64>| limit.map_or_else(|| "-".to_owned(), |n| n.to_string());
    vec![
        platform.id.clone(),
        format!("{} × {}", platform.width, platform.height),
        format!(
            "x {} to {}, y {} to {}",
            safe.left.0, safe.right.0, safe.top.0, safe.bottom.0
        ),
        limit(platform.max_bytes),
        limit(platform.max_alt.map(|most| most as u64)),
        platform.as_of.clone(),
        platform.groups.join(","),
        platform.name.clone(),
    ]
}
