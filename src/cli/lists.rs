//! `pullquote templates` and `pullquote platforms`: what there is to choose from.

use super::console::Console;
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

/// Columns two spaces apart, each as wide as its widest cell.
fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let all = || std::iter::once(&head).chain(rows);
    let width = |column: usize| all().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths);
        let cells: Vec<_> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    all().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_letters() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = [row(["1 × 1", "a"]), row(["longest", "b"])];
        assert_eq!(
            table(&["SIZE", "X"], &rows),
            "SIZE     X\n1 × 1    a\nlongest  b\n"
        );
    }
}
