use pullquote::{compose, deck::*, design::Library, plan::Job, raster, text::Fonts};
use std::collections::BTreeMap;
fn main() {
    let lib = Library::built_in().unwrap();
    let fonts = Fonts::bundled();
    let mut shared = BTreeMap::new();
    shared.insert(Field::Brand, "Northlight".to_string());
    shared.insert(Field::Title, "The garden that fed a street".to_string());
    let q = |id: &str, f: &[(Field, &str)], kind| Card {
        id: id.into(),
        kind,
        status: Status::Proposed,
        theme: None, lang: None, capitalize: false,
        fields: f.iter().map(|(k, v)| (*k, v.to_string())).collect(),
        origin: None,
        score: None,
        reasons: vec![],
        position: None,
    };
    use Field::*;
    let cards = vec![
q("ar", &[(Quote, "العدالة للفقراء ممكنة، حين يقف الجيران معًا كل صباح أمام باب واحد."), (Speaker, "ليلى حداد"), (Role, "مديرة العيادة")], Kind::Quote),
q("he", &[(Quote, "צדק לעניים אפשרי, כשהשכנים עומדים יחד כל בוקר מול דלת אחת."), (Speaker, "רות לוי"), (Role, "מנהלת המרפאה")], Kind::Quote),
q("hi", &[(Quote, "गरीबों के लिए न्याय संभव है, जब पड़ोसी हर सुबह एक ही दरवाज़े के सामने साथ खड़े होते हैं।"), (Speaker, "मीरा शर्मा"), (Role, "निदेशक")], Kind::Quote),
q("th", &[(Quote, "ความยุติธรรมสำหรับคนจนเป็นไปได้ เมื่อเพื่อนบ้านยืนอยู่ด้วยกันทุกเช้าหน้าประตูเดียว"), (Speaker, "สมชาย"), (Role, "ผู้อำนวยการ")], Kind::Quote),
q("mix", &[(Quote, "We sent 🙏🏽 to 👩‍👩‍👧‍👦 in 🇩🇪 and العدالة came back as ❤️ with a note."), (Speaker, "Ines Okafor-Lind"), (Role, "Head gardener")], Kind::Quote),
q("ru", &[(Quote, "Мы не считали дни. Мы считали соседей, и с каждой весной их становилось больше."), (Speaker, "Анна Ковалёва"), (Role, "врач")], Kind::Quote),
q("el", &[(Quote, "Δεν μετρήσαμε τις μέρες. Μετρήσαμε τους γείτονες, και κάθε άνοιξη ήταν περισσότεροι."), (Speaker, "Ελένη"), (Role, "ιατρός")], Kind::Quote),
    ];
    let deck = Deck {
        shared,
        cards,
        ..Deck::default()
    };
    let want: Vec<String> = std::env::args().skip(1).collect();
    for card in &deck.cards {
        for theme in ["newsprint", "marigold"] {
            for p in lib.platforms() {
                let name = format!("{}-{}-{}", card.id, theme, p.id);
                if !want.is_empty() && !want.iter().any(|w| name.contains(w)) {
                    continue;
                }
                let job = Job {
                    deck: &deck,
                    card,
                    platform: p,
                    theme: theme.into(),
                    name: name.clone().into(),
                };
                let c = compose::compose(&job, &lib, &fonts);
                for d in &c.diagnostics {
                    println!("{name}: {d:?}");
                }
                if let Some(c) = c.composition {
                    std::fs::write(format!("/tmp/out2/{name}.svg"), &c.svg).unwrap();
                    let e = raster::raster(&c, &fonts).unwrap();
                    std::fs::write(format!("/tmp/out2/{name}.png"), e.bytes).unwrap();
                    for t in &c.texts {
                        println!(
                            "{name}: {:?} {:.1} {:?} ink {:.1}..{:.1}",
                            t.fields, t.size.0, t.lines, t.ink.top.0, t.ink.bottom.0
                        );
                    }
                }
            }
        }
    }
}
