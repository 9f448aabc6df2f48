use super::*;

#[test]
fn marks_pair_within_a_block() {
    #[track_caller]
    fn case(text: &str, expected: &[&str]) {
        let found: Vec<_> = pair(text, true)
            .into_iter()
            .map(|pair| text[pair.words].to_owned())
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    case(
        "“We wait,” she said, “for nobody.”",
        &["We wait,", "for nobody."],
    );
    case(
        "\"We wait,\" she said. \"For nobody.\"",
        &["We wait,", "For nobody."],
    );
    case("”Wrong way” is read too.", &["Wrong way"]);
    case(
        "Er sagte: „Wir warten nicht“ und ging.",
        &["Wir warten nicht"],
    );
    case(
        "Elle a dit : «\u{a0}Nous n’attendons pas\u{a0}».",
        &["Nous n’attendons pas"],
    );
    case("»Wir warten nicht«, sagte er.", &["Wir warten nicht"]);
    case(
        "“They told us ‘no’ twice,” she said.",
        &["They told us ‘no’ twice,"],
    );
    case(
        "‘We don’t wait for anybody here,’ she said.",
        &["We don’t wait for anybody here,"],
    );
    case("The gardeners’ day isn’t 'tis the season.", &[]);
    case("The wall is 6' 2\" high.", &[]);
    case("An “open end", &["open end"]);
    case("He said, “ we wait.” She left.", &["we wait."]);
    case("\"They say 'no,' \" she said.", &["They say 'no,'"]);
    case("\u{202a}”We wait,” she said.", &["We wait,"]);
    case("<i id=\"bus stop\">“We wait here.”</i>", &["We wait here."]);
    case("Er rief: »Wir warten hier.«", &["Wir warten hier."]);
    case("« Nous attendons », dit-elle.", &["Nous attendons"]);
    case("Hon sade: ”Vi väntar här.”", &["Vi väntar här."]);
    case("Powiedział: „Czekamy tutaj”.", &["Czekamy tutaj"]);
    case("‹ Nous attendons ici ›", &["Nous attendons ici"]);
    case("『待つよ』と言った。", &["待つよ"]);
    case("“” and \" \" are empty.", &[]);
    case("She said “yes” (and “no”).", &["yes", "no"]);
    case(
        "\"She called it “a rant,” they say, “or less.” That was all.\" We left.",
        &["She called it “a rant,” they say, “or less.” That was all."],
    );
    case(
        "\"Paul asked for “a bench.” The council went on.",
        &["Paul asked for “a bench.” The council went on."],
    );
}
