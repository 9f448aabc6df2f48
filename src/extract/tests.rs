use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::article::{self, BlockKind};

fn read(text: &str) -> Article {
    article::parse(Path::new("a.md"), text.as_bytes().to_vec()).unwrap()
}

fn quotations(text: &str) -> Vec<Quotation> {
    let mut found: Vec<_> = extract(&read(text))
        .into_iter()
        .filter_map(|candidate| match candidate.find {
            Find::Quotation(found) => (found.kind != QuotationKind::Sentence).then_some(found),
            Find::Statistic(_) => None,
        })
        .collect();
    found.sort_by_key(|quotation| quotation.marked.start);
    found
}

/// Words, speaker (the name, else the mention in brackets), role and rule of each quotation.
#[track_caller]
fn case(text: &str, expected: &[(&str, &str, &str, &str)]) {
    let found = quotations(text);
    let found: Vec<_> = found
        .iter()
        .map(|quotation| {
            let speaker = quotation.speaker.as_ref();
            let who = speaker.map_or(String::new(), |speaker| match &speaker.name {
                Some(name) => name.text().to_owned(),
                None => format!("({})", speaker.mention.text()),
            });
            let role = speaker
                .and_then(|speaker| speaker.role.as_ref())
                .map_or("", Verbatim::text);
            (quotation.words.text(), who, role, quotation.rule)
        })
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|(words, who, role, rule)| (*words, who.as_str(), *role, *rule))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn verbs_of_saying_name_the_speaker_on_either_side() {
    let words = "We plant what the street can eat";
    case(
        &format!("“{words},” said Ana Lund, director of the garden."),
        &[(
            "We plant what the street can eat,",
            "Ana Lund",
            "director of the garden",
            "verb-subject",
        )],
    );
    case(
        &format!("“{words},” Ana Lund said."),
        &[(
            "We plant what the street can eat,",
            "Ana Lund",
            "",
            "subject-verb",
        )],
    );
    case(
        &format!("“{words},” Ana Lund, director of the garden, told visitors."),
        &[(
            "We plant what the street can eat,",
            "Ana Lund",
            "director of the garden",
            "subject-verb",
        )],
    );
    case(
        &format!("Ana Lund said: “{words}.”"),
        &[(
            "We plant what the street can eat.",
            "Ana Lund",
            "",
            "before",
        )],
    );
}

#[test]
fn other_words_name_the_speaker_too() {
    let words = "We plant what the street can eat";
    case(
        &format!("Garden director Ana Lund often says that “{words}.”"),
        &[(
            "We plant what the street can eat.",
            "Ana Lund",
            "Garden director",
            "before",
        )],
    );
    case(
        &format!("“{words},” according to Ana Lund."),
        &[(
            "We plant what the street can eat,",
            "Ana Lund",
            "",
            "according-to",
        )],
    );
    case(
        &format!("As Ana Lund puts it, “{words}.”"),
        &[(
            "We plant what the street can eat.",
            "Ana Lund",
            "",
            "before",
        )],
    );
    case(
        &format!("“{words}.” — Ana Lund, gardener"),
        &[(
            "We plant what the street can eat.",
            "Ana Lund",
            "gardener",
            "dash",
        )],
    );
    case(
        &format!("Ana Lund: “{words}.”"),
        &[("We plant what the street can eat.", "Ana Lund", "", "colon")],
    );
    case(
        &format!("“{words},” said the director, Ana Lund."),
        &[(
            "We plant what the street can eat,",
            "Ana Lund",
            "the director",
            "verb-subject",
        )],
    );
    case(
        &format!("“{words},” said a neighbour from the third floor."),
        &[(
            "We plant what the street can eat,",
            "(a neighbour from the third floor)",
            "",
            "verb-subject",
        )],
    );
}

#[test]
fn missions_and_definitions_belong_to_their_owner() {
    case(
        "The Harbour Clinic (HC) opened in spring. Their mission is to “leave nobody waiting at the door.”",
        &[(
            "leave nobody waiting at the door.",
            "Harbour Clinic",
            "",
            "mission",
        )],
    );
    case(
        "The Harbour Clinic has one motto: “Come in, sit down, and tell us.”",
        &[(
            "Come in, sit down, and tell us.",
            "Harbour Clinic",
            "",
            "mission",
        )],
    );
    case(
        "The Harbour Clinic (HC) opened. Care is defined by HC as “what you do when nobody pays for it.”",
        &[(
            "what you do when nobody pays for it.",
            "Harbour Clinic",
            "",
            "defined-by",
        )],
    );
}

#[test]
fn short_names_and_pronouns_are_resolved_when_sure() {
    case(
        "“We came to listen first,” said Ana Lund, director of the garden. “Then we dug up the yard,” Lund added.",
        &[
            (
                "We came to listen first,",
                "Ana Lund",
                "director of the garden",
                "verb-subject",
            ),
            (
                "Then we dug up the yard,",
                "Ana Lund",
                "director of the garden",
                "subject-verb",
            ),
        ],
    );
    case(
        "Ana Lund runs the garden.\n\n“We came to listen first,” she said.",
        &[("We came to listen first,", "Ana Lund", "", "subject-verb")],
    );
    case(
        "Ana Lund met Eva Holm.\n\n“We came to listen first,” she said.",
        &[("We came to listen first,", "(she)", "", "subject-verb")],
    );
}

#[test]
fn relatives_and_second_trades_are_no_strangers() {
    case(
        "Wes Hallor lights the oven at two.\n\nHis daughter, Junie, stays in bed. “Nobody sleeps in this house any more,” she said.",
        &[(
            "Nobody sleeps in this house any more,",
            "Junie",
            "",
            "subject-verb",
        )],
    );
    case(
        "“People bring me what they miss,” says his wife and first partner, Lena Odell.",
        &[(
            "People bring me what they miss,",
            "Lena Odell",
            "his wife and first partner",
            "verb-subject",
        )],
    );
}

#[test]
fn words_of_the_headline_are_offered_once() {
    let text = "“Leave the door on the latch”: a mayor goes\n\nThe hall was full.\n\n\
                “Leave the door on the latch,” Edda Quist said.";
    let offered = distinct(extract(&read(text)));
    let speakers: Vec<_> = offered
        .iter()
        .filter_map(|candidate| match &candidate.find {
            Find::Quotation(found) => Some(found.speaker.is_some()),
            Find::Statistic(_) => None,
        })
        .collect();
    assert_eq!(speakers, [true]);
}

#[test]
fn words_that_go_on_keep_their_speaker() {
    case(
        "“We wait for the last bus,” Ana Lund said, “and then we walk home.”",
        &[(
            "We wait for the last bus, and then we walk home.",
            "Ana Lund",
            "",
            "subject-verb",
        )],
    );
    case(
        "“We wait for the last bus,” Ana Lund said. “It never comes on time.”",
        &[
            ("We wait for the last bus,", "Ana Lund", "", "subject-verb"),
            ("It never comes on time.", "Ana Lund", "", "same-paragraph"),
        ],
    );
    case(
        "“We wait for the last bus,” Ana Lund said.\n\n“It never comes on time. We walk.”",
        &[
            ("We wait for the last bus,", "Ana Lund", "", "subject-verb"),
            (
                "It never comes on time. We walk.",
                "Ana Lund",
                "",
                "next-paragraph",
            ),
        ],
    );
    case(
        "Ana Lund said: “We wait for the last bus.\n\n“It never comes on time.”",
        &[(
            "We wait for the last bus. It never comes on time.",
            "Ana Lund",
            "",
            "before",
        )],
    );
}

#[test]
fn block_quotations_name_who_signed_them() {
    case(
        "Words.\n\n> We wait for nobody, not even rain.\n>\n> — Ana Lund, driver",
        &[(
            "We wait for nobody, not even rain.",
            "Ana Lund",
            "driver",
            "dash",
        )],
    );
    case(
        "Ana Lund told the meeting:\n\n> We wait for nobody, not even rain.",
        &[(
            "We wait for nobody, not even rain.",
            "Ana Lund",
            "",
            "colon-above",
        )],
    );
}

#[test]
fn titles_and_words_at_arms_length_are_not_offered() {
    case(
        "Her book “The Garden at the End of the Line” sold out.",
        &[],
    );
    case("The so-called “night buses for all” never came.", &[]);
    case("They call it “help”.", &[]);
}

#[test]
fn other_languages_turn_the_sentence_round() {
    case(
        "„Wir warten auf niemanden mehr“, sagte Ana Lund, Leiterin der Werkstatt.",
        &[(
            "Wir warten auf niemanden mehr",
            "Ana Lund",
            "Leiterin der Werkstatt",
            "verb-subject",
        )],
    );
    case(
        "Ana Lund sagt: „Wir warten auf niemanden mehr.“",
        &[("Wir warten auf niemanden mehr.", "Ana Lund", "", "before")],
    );
}

/// Who speaks and by which rule, of an article with one quotation.
#[track_caller]
fn speaks(text: &str, who: &str, rule: &str) {
    let found = quotations(text);
    let [quotation] = found.as_slice() else {
        panic!("{} quotations in {text}: {found:?}", found.len());
    };
    let speaker = quotation.speaker.as_ref();
    let name = speaker.map_or("", |speaker| {
        speaker.name.as_ref().unwrap_or(&speaker.mention).text()
    });
    assert_eq!((name, quotation.rule), (who, rule), "{text}");
}

#[test]
fn the_clauses_of_a_sentence_say_whose_words_they_are() {
    speaks(
        "Ana Lund said she thinks that the harbour “belongs to whoever sweeps it.”",
        "Ana Lund",
        "before",
    );
    speaks(
        "Ana Lund says that the town wants a bridge but that the river “has not been asked yet.”",
        "Ana Lund",
        "before-clause",
    );
    speaks(
        "Ana Lund told the council, and Ola Vik answered that “nobody had asked the river.”",
        "Ola Vik",
        "before",
    );
    speaks(
        "Ana Lund waved to the ferry, saying “we will meet again in May.”",
        "Ana Lund",
        "main-clause",
    );
    speaks(
        "In a letter to the council, her deputy, Ola Vik, said, “We have run out of sand.”",
        "Ola Vik",
        "before",
    );
    speaks(
        "Ana Lund, 52, of Sandmere, who runs the ferry, said: “We have run out of sand.”",
        "Ana Lund",
        "before",
    );
    speaks(
        "“We have run out of sand,” said the ferry’s owner, Ola Vik.",
        "Ola Vik",
        "verb-subject",
    );
    speaks(
        "The bridge was “a promise with a toll” for thirty years, Ana Lund said.",
        "Ana Lund",
        "sentence-end",
    );
    speaks(
        "Ana Lund was asked by Ola Vik, “Have you run out of sand?”",
        "Ola Vik",
        "asked-by",
    );
}

#[test]
fn a_rule_that_is_mostly_wrong_names_nobody() {
    let found = quotations("Ana Lund says that the river rises. “We have run out of sand.”");
    assert_eq!(found[0].speaker, None);
    assert_eq!(
        found[0].doubted.as_ref().map(|who| who.mention.text()),
        Some("Ana Lund")
    );
    assert_eq!(found[0].rule, "sentence-before");
}

#[test]
fn german_dutch_and_romance_sentences_name_their_speakers() {
    let case = |text: &str, who: &str| speaks(text, who, "verb-subject");
    case(
        "Die Brücke ist zu. „Wir warten auf niemanden mehr“, erklärte die Leiterin Ana Lund.",
        "Ana Lund",
    );
    case(
        "Le pont est fermé pour un an. « Nous n’attendons plus personne ici », a déclaré Ana Lund.",
        "Ana Lund",
    );
    case(
        "El puente está cerrado y no se abre. «Ya no esperamos a nadie aquí», contó Ana Lund.",
        "Ana Lund",
    );
    case(
        "A ponte está fechada e não se abre. «Já não esperamos por ninguém», brincou Ana Lund.",
        "Ana Lund",
    );
    case(
        "Il ponte è chiuso e non si apre. «Non aspettiamo più nessuno qui», ha detto Ana Lund.",
        "Ana Lund",
    );
    case(
        "De brug is dicht en het blijft zo. “Wij wachten op niemand meer”, zei Ana Lund.",
        "Ana Lund",
    );
    speaks(
        "Die Brücke ist zu und bleibt es auch. „Wir warten auf niemanden mehr“, so Ana Lund.",
        "Ana Lund",
        "according-to",
    );
    speaks(
        "El puente está cerrado y no se abre.\n\n—Ya no esperamos a nadie aquí —dijo Ana Lund.",
        "Ana Lund",
        "verb-subject",
    );
}

#[test]
fn french_says_who_speaks_between_the_marks() {
    case(
        "« Nous avons perdu le toit », a déclaré Solène Garrigou. Elle est la libraire de la ville, et les gens sont là.\n\n« Les voisins sont venus avec des bâches, raconte-t-elle. Puis ils sont restés pour la nuit. »",
        &[
            (
                "Nous avons perdu le toit",
                "Solène Garrigou",
                "",
                "verb-subject",
            ),
            (
                "Les voisins sont venus avec des bâches,",
                "Solène Garrigou",
                "",
                "verb-subject",
            ),
            (
                "Puis ils sont restés pour la nuit.",
                "Solène Garrigou",
                "",
                "same-paragraph",
            ),
        ],
    );
}

#[test]
fn japanese_has_words_without_spaces() {
    let found = |text| {
        let found = quotations(text);
        let words = found.iter().map(|one| one.words.text().to_owned());
        words.collect::<Vec<_>>()
    };
    assert_eq!(
        found("「本は海を渡る舟です。」と田中さんは言った。"),
        ["本は海を渡る舟です。"]
    );
    assert_eq!(
        found("「本は海を渡る舟です」と言った。"),
        ["本は海を渡る舟です"]
    );
    assert_eq!(found("「灯台の図書館の物語」を読む。"), [""; 0]);
    assert_eq!(found("「はい。」と言った。"), [""; 0]);
}

#[test]
fn in_other_languages_nobody_is_said_to_speak() {
    let article = "Most jest zamknięty od roku i nikt nie wie, kiedy go otworzą, mówi burmistrz miasteczka nad rzeką. „Czekamy tutaj już za długo”, mówi Ana Lund.";
    speaks(article, "", "none");
}

#[test]
fn who_goes_on_in_a_transcript_has_the_word() {
    case(
        "The transcript:\n\n\"LUND: We wait for rain, and then we wait for the next rain after it.\n\n\
         \"And if there is none, we carry water, which is what our grandmothers did.\"",
        &[(
            "And if there is none, we carry water, which is what our grandmothers did.",
            "(LUND)",
            "",
            "turn",
        )],
    );
}

#[test]
fn a_name_behind_a_dash_needs_no_space_and_may_end_with_a_stop() {
    let words = "We plant what the street can eat.";
    for name in ["― Ana Lund", "— Ana Lund.", " ― Ana Lund."] {
        case(
            &format!("“{words}”{name}"),
            &[(words, "Ana Lund", "", "dash")],
        );
    }
}

#[test]
fn long_subjects_are_followed_to_their_verb() {
    let words = "We plant what the street can eat,";
    for (subject, who) in [
        ("Ana Lund, the Harbour Trust’s director,", "Ana Lund"),
        ("Ana Lund, head of parks, gardens, and ponds,", "Ana Lund"),
        (
            "Ana Lund, the head of the park, one of its founders,",
            "Ana Lund",
        ),
        ("Harbour Trust chair Ana Lund", "Ana Lund"),
        (
            "the senator and former candidate",
            "(the senator and former candidate)",
        ),
        ("9/11 widow Ana Lund", "Ana Lund"),
    ] {
        let found = quotations(&format!("“{words}” {subject} said in a statement."));
        let speaker = found[0].speaker.as_ref().expect(subject);
        let named = match &speaker.name {
            Some(name) => name.text().to_owned(),
            None => format!("({})", speaker.mention.text()),
        };
        assert_eq!(
            (named.as_str(), found[0].rule),
            (who, "subject-verb"),
            "{subject}"
        );
    }
}

#[test]
fn sentences_of_the_article_make_up_for_quotations() {
    let sentences = |text: &str| -> Vec<String> {
        let found = extract(&read(text)).into_iter();
        found
            .filter_map(|candidate| match candidate.find {
                Find::Quotation(found) if found.kind == QuotationKind::Sentence => {
                    Some(found.words.text().to_owned())
                }
                _ => None,
            })
            .collect()
    };
    let own = "Trust is a habit before it is a feeling.\n\n";
    assert_eq!(sentences(own), ["Trust is a habit before it is a feeling."]);
    assert_eq!(
        sentences(
            "It was 4 May. They met (again).\n\n“We wait,” she said. Ana Lund said nothing at all to us."
        ),
        Vec::<String>::new()
    );
    let said = "“We plant what the street can eat,” said Ana Lund.\n\n\
                “We water what the rain forgets,” said Ola Vik.\n\n\
                “We weed what nobody planted,” said Ines Bo.\n\n";
    assert_eq!(sentences(&format!("{said}{own}")), Vec::<String>::new());
}

#[test]
fn words_that_the_page_sets_large_are_preferred() {
    let text = "<article><p>One. “We plant what the street can eat,” said Ana Lund.</p>\
        <blockquote class=\"wp-block-pullquote pullquote\"><p>We plant what the street can eat</p></blockquote>\
        <p>“We water what the rain forgets,” said Ola Vik.</p></article>";
    let article = article::parse(Path::new("a.html"), text.as_bytes().to_vec()).unwrap();
    let reasons: Vec<bool> = extract(&article)
        .iter()
        .filter(is_named)
        .map(|candidate| {
            candidate
                .reasons
                .iter()
                .any(|reason| reason.code == "set-large-by-the-page")
        })
        .collect();
    let is_marked = article
        .blocks
        .iter()
        .any(|block| block.kind == BlockKind::PullQuote);
    assert_eq!(reasons, [is_marked, false]);
}

#[test]
fn marks_everywhere_take_linear_time() {
    // Marks alone, and sentences that never end or begin anew: everything on one line.
    let pieces = [
        "“",
        "\"",
        "'",
        "« ",
        "„",
        "’s ",
        "—",
        "(“",
        "\" ",
        "said ",
        "the dogs' ",
        "A B ",
        "1 ",
        "5/8-",
        "“We wait for rain here,” said Ana Lund, ",
        "“We wait for rain here,” she said. ",
        "“We wait for rain here” ",
        "\"Ana calls it “a word” \" ",
        "12% of 40 people in 2019, ",
        "Ana Lund met Ola Vik and ",
        "according to the council, from 5 ",
        "a.b.c@d.com/12 ",
    ];
    let taken = |piece: &str, length: usize| {
        let text = piece.repeat(length / piece.len());
        let start = std::time::Instant::now();
        let _ = extract(&read(&text));
        start.elapsed().as_secs_f64()
    };
    for piece in pieces {
        let (short, long) = (taken(piece, 50_000), taken(piece, 200_000));
        // Four times the text takes four times as long; squared, sixteen times.
        assert!(long < 10.0 * short + 1.0, "{piece:?}: {short} s, {long} s");
    }
    let pieces = [
        "<q>Nous attendons ici,</q> dit Ana Lund, ",
        "« Nous attendons, dit-elle, la pluie, ",
        "« Nous attendons ici, dit-elle. »<q>",
        "5 %<sup><a href='#a'>1</a></sup> ",
        "5 %.<sup><a href='#a'>1</a></sup><br id=a>",
    ];
    let taken = |piece: &str, length: usize| {
        let page = format!("<html lang=fr><p>{}", piece.repeat(length / piece.len()));
        let start = std::time::Instant::now();
        let article = article::parse(Path::new("a.html"), page.into_bytes()).unwrap();
        let _ = extract(&article);
        start.elapsed().as_secs_f64()
    };
    for piece in pieces {
        let (short, long) = (taken(piece, 50_000), taken(piece, 200_000));
        // Four times the text takes four times as long; squared, sixteen times.
        assert!(long < 10.0 * short + 1.0, "{piece:?}: {short} s, {long} s");
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Zé’']{1,8} ",
        2 => prop::sample::select(vec![
            "“", "”", "\"", "'", "‘", "’", "„", "«", "»", ", ", ". ", ": ", "? ", "\n\n", "> ", "— ", "said ", "she ", "Ana Lund ",
            "(AL) ", "according to ", "their mission is to ", "is defined by ", "as ", "the director ", "of ", "’s ", "4 billion ",
            "one in five ", "over ", "12%", " ", "…", "Dr. ", "told ", "\n",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_found_stands_in_the_article(text in text(), is_plain in any::<bool>()) {
        let name = if is_plain { "a.txt" } else { "a.md" };
        let Ok(article) = article::parse(Path::new(name), text.into_bytes()) else {
            return Ok(());
        };
        let Extracted { candidates, quantities } = everything(&article);
        let _ = record(&article, &candidates, &quantities);
        for candidate in &candidates {
            for words in verbatims(candidate) {
                let pieces: Vec<_> = words.pieces().iter().map(|span| article.text.get(span.start..span.end)).collect();
                prop_assert!(pieces.iter().all(Option::is_some), "{:?}", words);
                if is_plain {
                    let fold = |text: &str| text.split(|c: char| c.is_whitespace() && c != '\u{a0}' || c == '\u{feff}').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                    let joined: Vec<_> = pieces.into_iter().flatten().map(fold).collect();
                    prop_assert_eq!(fold(words.text()), fold(&joined.join(" ")));
                }
            }
        }
    }
}

fn verbatims(candidate: &Candidate) -> Vec<&Verbatim> {
    match &candidate.find {
        Find::Quotation(quotation) => {
            let speaker = quotation.speaker.iter().flat_map(|speaker| {
                [
                    Some(&speaker.mention),
                    speaker.name.as_ref(),
                    speaker.role.as_ref(),
                ]
            });
            let own = [
                Some(&quotation.words),
                quotation.cue.as_ref(),
                quotation.emphasis.as_ref(),
            ];
            own.into_iter().chain(speaker).flatten().collect()
        }
        Find::Statistic(found) => {
            let own = [
                Some(&found.figure),
                Some(&found.claim),
                found.label.as_ref(),
                found.source.as_ref(),
                found.time.as_ref(),
            ];
            own.into_iter().flatten().collect()
        }
    }
}
