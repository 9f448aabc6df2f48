//! The same laws for every family of templates, in five scripts and three lengths, on every platform
//! and in every theme.
//!
//! What an eye needs (contrast, size, the safe area) is measured on pixels, of every eleventh card;
//! `EVERY_CARD=1 cargo test --release --test family_laws` measures all.

mod laws;

use laws::{job, look};
use pullquote::Studio;
use pullquote::deck::{Card, ChartKind, Deck, Field, Kind, Slide, Value};
use pullquote::design::{Library, Platform};
use pullquote::text::Fonts;
use rayon::prelude::*;

/// Words in one script.
struct Script {
    lang: &'static str,
    /// Quotations, headlines and facts of 6, 13 and 42 words or thereabouts.
    words: [&'static str; 3],
    name: &'static str,
    role: &'static str,
    /// The words that complete a number.
    label: &'static str,
    source: &'static str,
    /// What values are the numbers of.
    values: [&'static str; 3],
}

const SCRIPTS: &[Script] = &[
    Script {
        lang: "en",
        words: [
            "Count the beds, not the donors.",
            "The first spring we grew nothing but good neighbours, and that was plenty.",
            "People ask what we needed most in the first year and they expect me to say money. What we needed was somebody with a van on Tuesdays, somebody who could read the lease, and a neighbour who did not mind the noise.",
        ],
        name: "Ines Okafor-Lind",
        role: "Head gardener and treasurer",
        label: "households on the river have a boat of their own",
        source: "City transport office, annual report",
        values: ["in the first year", "last spring", "so far this year"],
    },
    Script {
        lang: "ru",
        words: [
            "Считайте кровати, а не спонсоров, пожалуйста.",
            "В первую весну мы вырастили только хороших соседей, и это был весь наш урожай.",
            "Меня спрашивают, чего нам больше всего не хватало в первый год, и ждут, что я скажу: денег. Нам нужен был человек с фургоном по вторникам, человек, который умеет читать договор аренды, и сосед, которому не мешает шум за стеной.",
        ],
        name: "Вера Орлова-Линд",
        role: "Главный садовник и казначей",
        label: "семей у реки имеют собственную лодку",
        source: "Городское управление транспорта",
        values: ["в первый год", "прошлой весной", "в этом году"],
    },
    Script {
        lang: "ar",
        words: [
            "عدّوا الأسرّة لا المتبرعين من فضلكم.",
            "في الربيع الأول لم نزرع إلا جيرانا طيبين، وكان ذلك حصادا يكفينا جميعا كل يوم.",
            "يسألني الناس عما كنا نحتاج إليه في السنة الأولى، وينتظرون أن أقول المال. كنا نحتاج إلى من يملك شاحنة يوم الثلاثاء، وإلى من يستطيع أن يقرأ عقد الإيجار، وإلى جار لا تزعجه أصواتنا خلف الجدار كل مساء.",
        ],
        name: "نور القاسمي",
        role: "كبيرة البستانيين",
        label: "من البيوت على النهر لها قارب خاص بها",
        source: "مكتب النقل في المدينة",
        values: ["في السنة الأولى", "في الربيع الماضي", "حتى الآن هذا العام"],
    },
    Script {
        lang: "he",
        words: [
            "תספרו את המיטות ולא את התורמים.",
            "באביב הראשון לא גידלנו אלא שכנים טובים, וזה היה יבול שהספיק לכולנו.",
            "אנשים שואלים אותי מה היה חסר לנו יותר מכול בשנה הראשונה, ומצפים שאגיד כסף. היינו צריכים מישהו עם משאית ביום שלישי, מישהו שיודע לקרוא חוזה שכירות, ושכנה אחת שהרעש שמעבר לקיר לא מפריע לה בכלל.",
        ],
        name: "נועה כרמל",
        role: "הגננת הראשית",
        label: "מהבתים על הנהר יש סירה משלהם",
        source: "משרד התחבורה העירוני",
        values: ["בשנה הראשונה", "באביב שעבר", "עד כה השנה"],
    },
    Script {
        lang: "hi",
        words: [
            "दाताओं को नहीं, बिस्तरों को गिनो।",
            "पहले वसंत में हमने केवल अच्छे पड़ोसी उगाए, और वही हमारी सबसे बड़ी फसल थी।",
            "लोग पूछते हैं कि पहले साल हमें सबसे ज़्यादा किस चीज़ की ज़रूरत थी, और सोचते हैं कि मैं पैसा कहूँगी। हमें मंगलवार को गाड़ी वाला कोई चाहिए था, कोई जो किराए का काग़ज़ पढ़ सके, और एक पड़ोसी जिसे शोर से परेशानी न हो।",
        ],
        name: "मीरा जोशी",
        role: "मुख्य माली",
        label: "नदी के घरों के पास अपनी नाव है",
        source: "नगर परिवहन कार्यालय",
        values: ["पहले साल में", "पिछले वसंत में", "इस साल अब तक"],
    },
];

fn card(script: &Script, kind: Kind, fields: &[(Field, &str)]) -> Card {
    let own = fields
        .iter()
        .map(|(field, words)| (*field, (*words).to_owned()));
    let shared = [(Field::Brand, "Northlight".to_owned())];
    Card {
        lang: Some(script.lang.to_owned()),
        fields: own.chain(shared).collect(),
        ..Card::new("card", kind)
    }
}

fn statistic(script: &Script, figure: &str) -> Card {
    let fields = [
        (Field::Figure, figure),
        (Field::Label, script.label),
        (Field::Source, script.source),
    ];
    card(script, Kind::Statistic, &fields)
}

fn values(script: &Script, figures: &[&str]) -> Vec<Value> {
    let labels = script.values.iter();
    let values = figures.iter().zip(labels).map(|(figure, label)| Value {
        figure: (*figure).to_owned(),
        label: (*label).to_owned(),
    });
    values.collect()
}

/// Cards of every family in one script, each with its family.
fn cards(script: &Script) -> Vec<(String, Card)> {
    let said = script.words.iter().flat_map(|words| said(script, words));
    let headed = script.words[..2]
        .iter()
        .flat_map(|words| headed(script, words));
    let cards = said.chain(headed).chain(counted(script));
    cards
        .map(|(family, card)| (family.to_owned(), card))
        .collect()
}

/// The card as a slide of seven.
fn slide(number: u32, card: Card) -> Card {
    Card {
        slide: Some(Slide { number, of: 7 }),
        ..card
    }
}

/// The card with a photograph of people and sky.
fn pictured(card: Card) -> Card {
    let photo = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/photos/corners.png"
    );
    card.with(Field::Photo, photo)
        .with(Field::Credit, "Photo: Lena Odell")
        .with(Field::Alt, "Four corners")
}

fn said(script: &Script, words: &str) -> [(&'static str, Card); 3] {
    let said = [
        (Field::Quote, words),
        (Field::Speaker, script.name),
        (Field::Role, script.role),
    ];
    let quote = card(script, Kind::Quote, &said);
    [
        ("carousel-quote", slide(3, quote.clone())),
        ("photo-quote", pictured(quote.clone())),
        ("quote", quote),
    ]
}

fn headed(script: &Script, words: &str) -> [(&'static str, Card); 5] {
    let headline = [(Field::Title, words)];
    let list = Card {
        values: values(script, &["12%", "31%", "7"]),
        ..card(script, Kind::List, &headline)
    };
    let title = card(script, Kind::Title, &headline);
    let end = title.clone().with(Field::Call, script.words[0]);
    let title = title.with(Field::Byline, script.name);
    [
        ("list", list),
        ("carousel-cover", slide(1, title.clone())),
        (
            "carousel-end",
            slide(7, end.with(Field::Link, "northlight.example")),
        ),
        ("photo-title", pictured(title.clone())),
        ("title", title),
    ]
}

fn counted(script: &Script) -> Vec<(&'static str, Card)> {
    let number = statistic(script, "1,340");
    let mut cards = vec![
        ("carousel-statistic", slide(4, number.clone())),
        ("statistic", number),
    ];
    let charts = [
        ("1 in 4", ChartKind::Ratio),
        ("3 in 10", ChartKind::Ratio),
        ("45%", ChartKind::Ring),
    ];
    for (figure, chart) in charts {
        let card = Card {
            chart: Some(chart),
            ..statistic(script, figure)
        };
        cards.push((chart.name(), card));
    }
    for figures in [&["12%", "31%"][..], &["5,600", "3,300", "640"]] {
        let card = Card {
            chart: Some(ChartKind::Bars),
            values: values(script, figures),
            ..statistic(script, figures[0])
        };
        cards.push(("bars", card));
    }
    cards
}

/// A card, its family, and where it is to be seen.
type Place<'a> = (&'a Card, &'a str, (&'a Platform, &'a str));

/// Every card on every platform that its family has a drawing for, in every theme.
fn places<'a>(library: &'a Library, cards: &'a [(String, Card)]) -> Vec<Place<'a>> {
    let mut all = Vec::new();
    for platform in library.platforms() {
        for theme in library.theme_names() {
            let drawn = cards.iter().filter(|(family, _)| {
                library
                    .drawing(family, platform)
                    .is_ok_and(|drawing| drawing.is_some())
            });
            all.extend(drawn.map(|(family, card)| (card, family.as_str(), (platform, theme))));
        }
    }
    all
}

#[track_caller]
fn none(found: &[String], all: usize) {
    let first: Vec<_> = found.iter().take(400).cloned().collect();
    let first = first.join("\n");
    assert!(
        found.is_empty(),
        "{} faults of {all}:\n{first}",
        found.len()
    );
}

#[test]
fn every_family_holds_the_laws_in_every_script() {
    let library = Library::built_in().expect("the built-in library loads");
    let fonts = Fonts::bundled();
    let cards: Vec<_> = SCRIPTS.iter().flat_map(cards).collect();
    let all = places(&library, &cards);
    let looked = all
        .par_iter()
        .flat_map_iter(|(card, family, place)| look((&library, &fonts), card, family, *place));
    none(&looked.collect::<Vec<_>>(), all.len());
}

#[test]
fn every_family_can_be_read_everywhere() {
    let studio = Studio::built_in().expect("the built-in library loads");
    let cards: Vec<_> = SCRIPTS.iter().flat_map(cards).collect();
    let all = places(studio.library(), &cards);
    // A step that shares no factor with the numbers of cards and themes comes past all of them.
    let step = if std::env::var_os("EVERY_CARD").is_some() {
        1
    } else {
        11
    };
    let some: Vec<_> = all.iter().step_by(step).collect();
    let measured = some
        .par_iter()
        .flat_map_iter(|(card, family, (platform, theme))| {
            let deck = Deck::default();
            let job = job((&deck, card), family, (platform, theme));
            let told = studio.check(&job).expect("it is drawn");
            let told = told.into_iter().filter(|it| it.code != "photo-small");
            let place = format!(
                "{family} {} in {theme} for {}",
                card.lang.as_deref().unwrap_or(""),
                platform.id
            );
            told.map(|it| format!("{place}: {}: {}", it.code, it.message))
                .collect::<Vec<_>>()
        });
    none(&measured.collect::<Vec<_>>(), some.len());
}
