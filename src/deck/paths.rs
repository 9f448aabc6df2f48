//! Where a card's article is, seen from the deck.

use std::path::{Component, Path, PathBuf};

use super::{Card, Deck, Field};

/// The article was read from standard input: there is no file to go back to.
const STDIN: &str = "-";

impl Deck {
    /// The path of the article that a card's words stand in, from where the deck's path counts;
    /// `None` for a card written by hand and for an article that came through a pipe.
    #[must_use]
    pub fn article_of(&self, card: &Card) -> Option<PathBuf> {
        let article = &card.origin.as_ref()?.article;
        if article.as_os_str().is_empty() || article == Path::new(STDIN) {
            return None;
        }
        let folder = self.path.as_deref().and_then(Path::parent);
        Some(tidy(&folder.unwrap_or(Path::new("")).join(article)))
    }

    /// The path of a card's photograph, from where the deck's path counts; `None` for a card without
    /// one. An address stays as it is.
    #[must_use]
    pub fn photo_of(&self, card: &Card) -> Option<PathBuf> {
        let photo = self.field(card, Field::Photo)?.trim();
        if photo.contains("://") {
            return Some(PathBuf::from(photo));
        }
        let folder = self.path.as_deref().and_then(Path::parent);
        Some(tidy(&folder.unwrap_or(Path::new("")).join(photo)))
    }

    /// The same deck with the paths of its articles and photographs counted from a folder, for a deck that is about
    /// to be written there.
    ///
    /// Both must count from the same place. An article on another drive, or one that cannot be
    /// reached without knowing the name of a parent folder, keeps its path; give absolute paths
    /// where that may happen.
    #[must_use]
    pub fn relative_to(mut self, folder: &Path) -> Self {
        for card in &mut self.cards {
            if let Some(origin) = &mut card.origin
                && origin.article != Path::new(STDIN)
                && let Some(path) = relative(&origin.article, folder)
            {
                origin.article = path;
            }
            if let Some(photo) = card.fields.get_mut(&Field::Photo) {
                *photo = photo_from(photo, folder);
            }
        }
        if let Some(photo) = self.shared.get_mut(&Field::Photo) {
            *photo = photo_from(photo, folder);
        }
        self
    }
}

/// A photograph's path counted from a folder, the same on every system; an address as it is.
fn photo_from(photo: &str, folder: &Path) -> String {
    if photo.contains("://") {
        return photo.to_owned();
    }
    let path = relative(Path::new(photo), folder);
    let path = path.map(|path| path.to_string_lossy().into_owned());
    let path = path.unwrap_or_else(|| photo.to_owned());
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path
    }
}

/// The way from a folder to a file, by their names alone.
fn relative(file: &Path, folder: &Path) -> Option<PathBuf> {
    let (file, folder) = (tidy(file), tidy(folder));
    if file.is_absolute() != folder.is_absolute() {
        return None;
    }
    let same = file
        .components()
        .zip(folder.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up: Vec<_> = folder.components().skip(same).collect();
    if up.iter().any(|part| !matches!(part, Component::Normal(_))) {
        return None;
    }
    let down = file.components().skip(same);
    Some(
        up.iter()
            .map(|_| Component::ParentDir)
            .chain(down)
            .collect(),
    )
}

/// A path without `.` and without `name/..`.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(parts.last(), Some(Component::Normal(_))) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_a_folder_to_a_file_goes_through_what_they_share() {
        #[track_caller]
        fn case(file: &str, folder: &str, expected: Option<&str>) {
            let actual = relative(Path::new(file), Path::new(folder));
            assert_eq!(actual.as_deref(), expected.map(Path::new));
        }
        case("articles/river.txt", "", Some("articles/river.txt"));
        case("./articles/river.txt", ".", Some("articles/river.txt"));
        case("articles/river.txt", "decks", Some("../articles/river.txt"));
        case("articles/river.txt", "articles", Some("river.txt"));
        case("/news/a/river.txt", "/news/b/c", Some("../../a/river.txt"));
        case("../river.txt", "decks", Some("../../river.txt"));
        case("../a/river.txt", "../b", Some("../a/river.txt"));
        case("/news/river.txt", "decks", None);
        case("river.txt", "../decks", None);
    }
}
