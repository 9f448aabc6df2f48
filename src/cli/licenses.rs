//! `pullquote --licenses`: the terms of the program and of the fonts it carries.

/// File names and texts, in the order they are printed.
const TEXTS: &[(&str, &str)] = &[
    ("NOTICE", include_str!("../../NOTICE")),
    ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
    ("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")),
    (
        "Noto Serif Display",
        include_str!("../../fonts/noto-serif-display/OFL.txt"),
    ),
    (
        "Source Serif 4",
        include_str!("../../fonts/source-serif-4/OFL.txt"),
    ),
    (
        "Commissioner",
        include_str!("../../fonts/commissioner/OFL.txt"),
    ),
    (
        "Sofia Sans Extra Condensed",
        include_str!("../../fonts/sofia-sans-extra-condensed/OFL.txt"),
    ),
    (
        "Noto Serif Hebrew",
        include_str!("../../fonts/noto-serif-hebrew/OFL.txt"),
    ),
    (
        "Noto Naskh Arabic",
        include_str!("../../fonts/noto-naskh-arabic/OFL.txt"),
    ),
    (
        "Noto Serif Devanagari",
        include_str!("../../fonts/noto-serif-devanagari/OFL.txt"),
    ),
    (
        "Noto Sans Thai",
        include_str!("../../fonts/noto-sans-thai/OFL.txt"),
    ),
    (
        "Twemoji Mozilla",
        include_str!("../../fonts/twemoji/LICENSE.txt"),
    ),
];

/// The licence of the font files in a folder of `fonts/`, by the folder's name: `source-serif-4`.
#[must_use]
pub fn of_fonts(folder: &str) -> Option<&'static str> {
    let slug = |name: &str| name.to_lowercase().replace(' ', "-");
    let found = TEXTS.iter().find(|(name, _)| {
        let own = slug(name);
        own == folder || own.split('-').next() == Some(folder)
    });
    found.map(|(_, text)| *text)
}

/// All of them, each below its name.
#[must_use]
pub fn licenses() -> String {
    let text = |(name, text): &(&str, &str)| format!("== {name}\n\n{}\n\n", text.trim());
    TEXTS.iter().map(text).collect()
}
