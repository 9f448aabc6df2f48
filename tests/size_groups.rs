//! Texts of a group are set at one size: on an image, over the images of a card, in a campaign.

use std::fs;

use pullquote::Studio;
use pullquote::deck::{self, Deck, Field};
use pullquote::plan::{self, Options};
use tempfile::TempDir;

const DECK: &str = "cards:
  - id: short
    kind: quote
    quote: Count the beds.
    speaker: Ines Okafor-Lind
    role: Head gardener at the allotments behind the old tram depot on Wharf Lane
  - id: long
    kind: quote
    quote: The first spring we grew nothing but good neighbours, and that was harvest enough for \
all of us who had come with seeds and no idea what to do with them.
    speaker: Tarek Moss
    role: Beekeeper
";

/// Two artboards whose quotation and attribution are in groups that reach so far.
fn template(scope: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for (name, height) in [("square", 1080), ("portrait", 1350)] {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='1080' height='{height}' \
             font-family='Commissioner' font-weight='700'>\
             <rect id='quote-box' x='90' y='100' width='900' height='{quote}' fill='none'/>\
             <rect id='speaker-box' x='90' y='{top}' width='900' height='60' fill='none'/>\
             <rect id='role-box' x='90' y='{foot}' width='900' height='60' fill='none'/>\
             <text id='quote' x='90' y='200' font-size='160' data-size-group='quote' \
             data-size-scope='{scope}'>Sample</text>\
             <text id='speaker' x='90' y='{top}' font-size='60' data-min-size='12' data-size-group='foot'>A</text>\
             <text id='role' x='90' y='{foot}' font-size='60' data-max-lines='1' data-min-size='12' \
             data-size-group='foot'>B</text></svg>",
            quote = height - 400,
            top = height - 200,
            foot = height - 120,
        );
        fs::write(folder.path().join(format!("{name}.svg")), svg).expect("it is written");
    }
    folder
}

/// The sizes of a field's text: by card, then platform.
fn sizes(scope: &str, field: Field) -> Vec<f64> {
    let template = template(scope);
    let file = template.path().join("deck.yaml");
    fs::write(&file, DECK).expect("it is written");
    let decks: [Deck; 1] = [deck::load(&file).expect("the deck reads")];
    let studio = Studio::built_in().expect("the built-in library loads");
    let studio = studio.with_templates(template.path());
    let studio = studio.expect("the templates read");
    let plan = plan::plan(&decks, studio.library(), &Options::default()).expect("it is planned");
    let shared = studio.shared_sizes(&plan.jobs);
    let size = |job| {
        let rendered = studio.render_at(job, &shared).expect("it is drawn");
        assert_eq!(rendered.diagnostics, []);
        let composition = rendered.composition.expect("it is set");
        let mut texts = composition.texts.iter();
        let text = texts.find(|text| text.fields == [field]);
        text.expect("the field is shown").size.0
    };
    plan.jobs.iter().map(size).collect()
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn texts_of_an_image_take_the_smallest_size_of_their_group() {
    let (speakers, roles) = (sizes("image", Field::Speaker), sizes("image", Field::Role));
    for (speaker, role) in speakers.iter().zip(&roles) {
        assert!(is_same(*speaker, *role), "{speaker} and {role}");
    }
    assert!(speakers[0] < 60.0, "the long role shrinks the speaker");
    assert!(is_same(speakers[2], 60.0), "other images are not concerned");
}

#[test]
fn images_of_a_card_share_a_size() {
    let [a, b, c, d] = sizes("card", Field::Quote)[..] else {
        panic!("two cards on two platforms are four images");
    };
    assert!(is_same(a, b) && is_same(c, d), "{a} {b} {c} {d}");
    assert!(c < a, "the cards differ");
}

#[test]
fn cards_of_a_campaign_share_a_size_on_each_platform() {
    let [a, b, c, d] = sizes("campaign", Field::Quote)[..] else {
        panic!("two cards on two platforms are four images");
    };
    assert!(is_same(a, c) && is_same(b, d), "{a} {b} {c} {d}");
    assert!(a < b, "the platforms differ");
}

#[test]
fn a_brand_may_ask_for_one_size_in_a_campaign() {
    let folder = tempfile::tempdir().expect("there is room");
    let (brand, file) = (
        folder.path().join("brand.css"),
        folder.path().join("d.yaml"),
    );
    let css = ".quote { --size-group: words; --size-scope: campaign; }";
    fs::write(&brand, css).expect("it is written");
    fs::write(&file, DECK).expect("it is written");
    let decks: [Deck; 1] = [deck::load(&file).expect("the deck reads")];
    let studio = Studio::built_in().expect("the built-in library loads");
    let studio = studio.with_brand(&brand).expect("the brand reads");
    let options = Options {
        platforms: vec!["square".to_owned()],
        ..Options::default()
    };
    let plan = plan::plan(&decks, studio.library(), &options).expect("it is planned");
    let shared = studio.shared_sizes(&plan.jobs);
    let mut sizes = plan.jobs.iter().map(|job| {
        let rendered = studio.render_at(job, &shared).expect("it is drawn");
        let composition = rendered.composition.expect("it is set");
        let mut texts = composition.texts.iter();
        let quote = texts.find(|text| text.fields.contains(&Field::Quote));
        quote.expect("the quotation is shown").size.0
    });
    let (short, long) = (sizes.next().expect("a card"), sizes.next().expect("a card"));
    // Short texts are no smaller than the least size of their setting.
    assert!((short - 90.0).abs() < 0.1 && long < short, "{short} {long}");
}
