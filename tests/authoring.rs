//! Faults in templates of one's own are told with their place and a way out, and sound ones pass.

use std::fs;
use std::path::{Path, PathBuf};

use pullquote::Studio;
use pullquote::authoring::{self, Length, Options};
use pullquote::diagnostic::{Diagnostic, Severity};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/templates")
        .join(name)
}

fn checked(path: &Path) -> Vec<Diagnostic> {
    let checked = authoring::check(&Studio::built_in, path, None);
    checked
        .unwrap_or_else(|error| panic!("{error}"))
        .diagnostics
}

/// What is told of a drawing whose inside this is: line 2 is its first line.
fn told(inside: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("square.svg");
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1080'>\n{inside}\n</svg>"
    );
    fs::write(&path, svg).expect("it is written");
    let line = |it: &Diagnostic| {
        let (line, column) = (it.place.line.unwrap_or(0), it.place.column.unwrap_or(0));
        let hint = it.hint.as_deref().unwrap_or_default();
        assert_eq!(it.place.file.as_deref(), Some(path.as_path()));
        format!(
            "{line}:{column} {}[{}]: {} ({hint})",
            it.severity.name(),
            it.code,
            it.message
        )
    };
    checked(&path).iter().map(line).collect()
}

/// A drawing that nothing is wrong with, to put faults into.
const GROUND: &str = "<rect width='1080' height='1080' fill='#fff'/>\
    <rect id='quote-box' x='90' y='200' width='900' height='500' fill='none'/>\
    <text id='quote' x='90' y='300' font-family='Commissioner' font-weight='700' font-size='80' \
    data-min-size='40'>q</text>";

/// A fault put on line 3 is all that is told, and begins so.
#[track_caller]
fn case(fault: &str, expected: &str) {
    let told = told(&format!("{GROUND}\n{fault}"));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with(expected), "{}", told[0]);
}

const SPEAKER: &str = "x='90' y='800' font-family='Commissioner' font-weight='500' font-size='40'";

#[test]
fn a_sound_drawing_passes() {
    assert_eq!(told(GROUND), [""; 0]);
    for name in ["figma.svg", "illustrator.svg", "inkscape.svg", "hand.svg"] {
        let found = checked(&fixture(name));
        let errors: Vec<_> = found
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn names_that_mean_nothing_come_with_the_nearest() {
    case(
        &format!("<text data-bind='speeker' {SPEAKER}>a</text>"),
        "3:1 error[name-unknown]: `speeker` is not a field of a card (did you mean `speaker`?",
    );
    case(
        &format!("<text {SPEAKER}>{{{{rol}}}}</text>"),
        "3:1 error[name-unknown]: `rol` is not a field of a card (did you mean `role`?",
    );
    case(
        &format!("<text id='speakr' {SPEAKER}>a</text>"),
        "3:1 warning[name-unknown]: the text `speakr` shows its own words on every card (call it `speaker`",
    );
    case(
        "<g data-show='kiker'/>",
        "3:1 error[name-unknown]: `kiker` is not a field of a card (did you mean `kicker`?",
    );
    case(
        "<rect data-follow='qoute.bottom' width='9' height='9'/>",
        "3:1 error[name-unknown]: no text is called `qoute`, which this follows (did you mean `quote`?)",
    );
    case(
        "<rect data-follow='quote.botom' width='9' height='9'/>",
        "3:1 error[name-unknown]: `quote.botom` names no edge of the text `quote` (write `quote.top`",
    );
    case(
        "<rect data-bind='speaker' width='9' height='9'/>",
        "3:1 error[name-unknown]: a <rect> binds `speaker`, and only texts show words",
    );
    case(
        "<g data-chart='rings'><rect width='9' height='9'/></g>",
        "3:1 error[name-unknown]: there is no chart `rings` (did you mean `ring`?)",
    );
}

#[test]
fn boxes_that_are_missing_or_in_the_way_are_told() {
    case(
        &format!(
            "<text id='role' data-box='pannel' {SPEAKER}>a</text><rect id='panel' width='9' height='9'/>"
        ),
        "3:1 error[box-missing]: the text `role` asks for the box `pannel`, and there is none (did you mean `panel`?)",
    );
    case(
        "<text id='role' font-family='Commissioner' font-weight='500' font-size='40'>a</text>",
        "3:1 error[box-missing]: the text `role` has no place (draw a rectangle called `role-box`",
    );
    case(
        &format!("<text id='context' {SPEAKER}>a</text>"),
        "3:1 warning[box-missing]: the text `context` has no box: its words have to fit on one line",
    );
    case(
        "<g data-chart='ring'/>",
        "3:1 error[box-missing]: the chart `ring` has no box",
    );
    case(
        "<rect data-box='qoute' width='9' height='9' fill='none'/>",
        "3:1 warning[box-unused]: this is the box of `qoute`, and no text is called so (did you mean `quote`?)",
    );
    case(
        &format!(
            "<rect id='role-box' x='90' y='760' width='1010' height='60' fill='none'/><text id='role' {SPEAKER}>a</text>"
        ),
        "3:1 warning[outside-safe-area]: the box of `role` reaches 20 px over the artboard (right)",
    );
}

#[test]
fn a_box_in_what_a_story_covers_is_told_with_the_safe_area() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("story.svg");
    let ground = GROUND.replace("y='200'", "y='300'");
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1920'>{ground}\n\
         <rect id='role-box' x='90' y='1700' width='600' height='60' fill='none'/>\
         <text id='role' {SPEAKER}>a</text></svg>"
    );
    fs::write(&path, svg).expect("it is written");
    let found = checked(&path);
    let outside = found
        .iter()
        .find(|it| it.code == "outside-safe-area")
        .expect("it is told");
    assert!(
        outside
            .message
            .contains("into what `story` covers or crops (below)"),
        "{outside:?}"
    );
    assert!(
        outside
            .hint
            .as_deref()
            .is_some_and(|hint| hint.contains("y 269 and")),
        "{outside:?}"
    );
}

#[test]
fn fonts_that_are_not_there_come_with_the_nearest() {
    case(
        "<text x='90' y='900' font-family='Comissioner' font-weight='600' font-size='40'>ours</text>",
        "3:1 error[font-unknown]: there is no font `Comissioner` 600 (add the font's folder with `--font-dir`, or use Commissioner",
    );
}

#[test]
fn words_that_nobody_reads_are_told() {
    case(
        "<text x='90' y='900' font-family='Commissioner' font-weight='500' font-size='14'>Fine print</text>",
        "3:1 warning[text-too-small]: “Fine print” is set at 14 px; smaller than 21 px",
    );
    case(
        "<rect id='role-box' x='90' y='760' width='600' height='60' fill='#eee'/>\
         <text id='role' fill='#ddd' x='90' y='800' font-family='Commissioner' font-weight='500' font-size='40'>a</text>",
        "3:73 warning[contrast-low]: the role has a contrast of 1.",
    );
}

#[test]
fn pictures_and_references_that_lead_nowhere_are_told() {
    case(
        "<image href='texture.png' width='100' height='100'/>",
        "3:1 warning[image-unreachable]: `texture.png` is not drawn",
    );
    case(
        "<rect width='9' height='9' fill='url(#sunset)'/>",
        "3:1 warning[reference-missing]: a <rect> names `#sunset`, and nothing has that id",
    );
}

#[test]
fn settings_that_mean_nothing_are_told_in_styles_too() {
    case(
        "<style>\n  .q { --maxlines: 3; }\n</style>",
        "4:8 warning[setting-unknown]: `--maxlines` is no setting (did you mean `--max-lines`?)",
    );
    case(
        &format!("<text id='role' data-valign='centre' {SPEAKER}>a</text>"),
        "3:1 warning[setting-unknown]: `data-valign` has no value `centre` (there are top, middle, bottom)",
    );
    case(
        "<style>.q { fill: var(--ink) }</style>",
        "3:13 error[template-broken]: `--ink` is not defined on `:root`",
    );
}

#[test]
fn a_drawing_without_the_words_of_its_cards_is_told() {
    let told = told("<rect width='9' height='9'/>");
    assert!(
        told[0].starts_with(
            "1:1 error[nothing-shown]: the drawing has no text (save its text as text"
        ),
        "{told:?}"
    );
}

#[test]
fn long_words_that_do_not_fit_are_a_warning_and_short_ones_an_error() {
    let drawing = |size: u32| {
        format!(
            "<rect width='1080' height='1080' fill='#fff'/>\
             <rect id='quote-box' x='90' y='200' width='700' height='420' fill='none'/>\
             <text id='quote' data-fit='none' x='90' y='300' font-family='Commissioner' font-weight='700' font-size='{size}'>q</text>"
        )
    };
    let found = told(&drawing(48));
    assert!(
        found
            .iter()
            .all(|line| line.contains("warning[text-overflow]")),
        "{found:#?}"
    );
    assert!(found[0].contains("with the long sample"), "{found:#?}");
    let found = told(&drawing(160));
    assert!(found[0].contains("error[text-overflow]"), "{found:#?}");
}

#[test]
fn one_broken_file_does_not_hide_the_others() {
    let folder = tempfile::tempdir().expect("there is room");
    fs::copy(
        fixture("old-inkscape.svg"),
        folder.path().join("square.svg"),
    )
    .expect("it is copied");
    let ground = GROUND
        .replace("y='200'", "y='300'")
        .replace("height='1080'", "height='1920'");
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='1920'>{ground}<image href='a.png'/></svg>"
    );
    fs::write(folder.path().join("story.svg"), svg).expect("it is written");
    let found = checked(folder.path());
    let codes: Vec<_> = found.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["template-broken", "image-unreachable"]);
    assert!(
        found[0]
            .hint
            .as_deref()
            .is_some_and(|hint| hint.contains("Inkscape 1.0"))
    );
}

#[test]
fn a_theme_of_ones_own_is_looked_at_too() {
    let folder = tempfile::tempdir().expect("there is room");
    let case = |css: &str, expected: &str| {
        fs::create_dir_all(folder.path().join("themes")).expect("it is made");
        fs::write(folder.path().join("themes/dusk.css"), css).expect("it is written");
        let found = checked(folder.path());
        assert_eq!(found.len(), 1, "{found:#?}");
        let place = &found[0].place;
        let (line, column) = (place.line.unwrap_or(0), place.column.unwrap_or(0));
        let told = format!("{line}:{column} {}: {}", found[0].code, found[0].message);
        assert_eq!(told, expected);
    };
    case(
        ".quote {\n  fill: var(--dusk);\n}",
        "2:3 template-broken: `--dusk` is not defined on `:root`",
    );
    case(
        ".quote { --min-szie: 40px; }",
        "1:10 setting-unknown: `--min-szie` is no setting",
    );
}

#[test]
fn what_is_exported_has_no_errors() {
    let studio = Studio::built_in().expect("it loads");
    for family in studio.library().families() {
        let folder = tempfile::tempdir().expect("there is room");
        let files = authoring::export(&studio, &family.name, &Options::default());
        for (name, bytes) in files.expect("it is exported") {
            fs::write(folder.path().join(name), bytes).expect("it is written");
        }
        let found = checked(folder.path());
        let is_known = |it: &&Diagnostic| matches!(it.code, "text-overflow" | "text-left-out");
        let other: Vec<_> = found.iter().filter(|it| !is_known(it)).collect();
        assert!(other.is_empty(), "{}: {other:#?}", family.name);
    }
}

#[test]
fn a_sheet_has_every_artboard_in_every_length() {
    let studio = || Studio::built_in().expect("it loads");
    let families = ["quote".to_owned()];
    let sheet = authoring::sheet(studio(), (&families, "cedar"), Length::ALL).expect("it is drawn");
    assert_eq!((sheet.cards, sheet.diagnostics.len()), (12, 0));
    let photo = pullquote::photo::Photo::decode(&sheet.png).expect("it is a PNG file");
    assert_eq!((photo.width, photo.height), (sheet.width, sheet.height));
    // The upper left corner of the first card: the ground of the theme, not of the sheet.
    let at = 3 * ((64 + 96 + 44 + 8) * photo.width as usize + 64 + 8);
    let theme = studio()
        .library()
        .theme("cedar")
        .expect("it is there")
        .css
        .clone();
    let [red, green, blue] = [photo.pixels[at], photo.pixels[at + 1], photo.pixels[at + 2]];
    assert!(
        theme
            .to_uppercase()
            .contains(&format!("--BG: #{red:02X}{green:02X}{blue:02X}"))
    );
    let one = authoring::sheet(studio(), (&families, "cedar"), &[Length::Short]);
    assert!(one.expect("it is drawn").width < sheet.width / 2);
    let error = authoring::sheet(studio(), (&families, "cedr"), Length::ALL).expect_err("unknown");
    assert_eq!(error.hint(), Some("did you mean `cedar`?"));
}
