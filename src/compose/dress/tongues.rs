//! What each language puts around words: a table.
//!
//! Marks are those of CLDR 48, `delimiters` <https://cldr.unicode.org/>. It leaves out the no-break
//! spaces inside « », which French has; and where both of its levels are alike, so that a quotation in
//! a quotation could not be told, or print does otherwise as a rule, this follows print: the inner
//! marks of French, Dutch, Bulgarian, Lithuanian and Armenian, both of Canadian French, Swiss German.

/// A language's row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tongue {
    /// BCP 47 tag, or its beginning.
    pub(super) tag: &'static str,
    pub(super) outer: Marks,
    pub(super) inner: Marks,
    /// What introduces a source.
    pub(super) source: &'static str,
    /// What stands before the title that words are taken from.
    pub(super) from: &'static str,
}

/// A pair of quotation marks, with the no-break spaces that belong to them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
}

type Pair = (&'static str, &'static str);

const fn tongue(
    tag: &'static str,
    outer: Pair,
    inner: Pair,
    source: &'static str,
    from: &'static str,
) -> Tongue {
    Tongue {
        tag,
        outer: Marks {
            open: outer.0,
            close: outer.1,
        },
        inner: Marks {
            open: inner.0,
            close: inner.1,
        },
        source,
        from,
    }
}

const CURLY: Pair = ("“", "”");
const SINGLE: Pair = ("‘", "’");
const LOW: Pair = ("„", "“");
const LOW_SINGLE: Pair = ("‚", "‘");
const POLISH: Pair = ("„", "”");
const ANGLE: Pair = ("«", "»");
const ANGLE_SINGLE: Pair = ("‹", "›");
const FRENCH: Pair = ("«\u{a0}", "\u{a0}»");
const NORDIC: Pair = ("”", "”");
const NORDIC_SINGLE: Pair = ("’", "’");
const ARABIC: Pair = ("”", "“");
const ARABIC_SINGLE: Pair = ("’", "‘");
const CORNER: Pair = ("「", "」");
const WHITE_CORNER: Pair = ("『", "』");

/// Longer tags before the shorter ones that they begin with; English last, for all others.
pub(super) static TONGUES: &[Tongue] = &[
    tongue("af", CURLY, SINGLE, "Bron:", "Uit "),
    tongue("am", ANGLE, ANGLE_SINGLE, "ምንጭ፦", ""),
    tongue("ar", ARABIC, ARABIC_SINGLE, "المصدر:", "من "),
    tongue("az", CURLY, SINGLE, "Mənbə:", ""),
    tongue("be", ANGLE, LOW, "Крыніца:", "З: "),
    tongue("bg", LOW, LOW_SINGLE, "Източник:", "От "),
    tongue("bn", CURLY, SINGLE, "সূত্র:", ""),
    tongue("bs", POLISH, SINGLE, "Izvor:", "Iz: "),
    tongue("ca", ANGLE, CURLY, "Font:", "De "),
    tongue("cs", LOW, LOW_SINGLE, "Zdroj:", "Z: "),
    tongue("cy", CURLY, SINGLE, "Ffynhonnell:", "O "),
    tongue("da", CURLY, SINGLE, "Kilde:", "Fra "),
    tongue("de-ch", ANGLE, ANGLE_SINGLE, "Quelle:", "Aus "),
    tongue("de-li", ANGLE, ANGLE_SINGLE, "Quelle:", "Aus "),
    tongue("de", LOW, LOW_SINGLE, "Quelle:", "Aus "),
    tongue("el", ANGLE, CURLY, "Πηγή:", "Από: "),
    tongue("es", CURLY, SINGLE, "Fuente:", "De "),
    tongue("et", LOW, LOW_SINGLE, "Allikas:", ""),
    tongue("eu", ANGLE, CURLY, "Iturria:", ""),
    tongue("fa", ANGLE, ANGLE_SINGLE, "منبع:", "از "),
    tongue("fi", NORDIC, NORDIC_SINGLE, "Lähde:", "Jutusta "),
    tongue("fil", CURLY, SINGLE, "Pinagmulan:", "Mula sa "),
    tongue("fr-ch", ANGLE, ANGLE_SINGLE, "Source:", "Extrait de "),
    tongue("fr", FRENCH, CURLY, "Source\u{a0}:", "Extrait de "),
    tongue("ga", CURLY, SINGLE, "Foinse:", "Ó "),
    tongue("gl", CURLY, SINGLE, "Fonte:", "De "),
    tongue("he", NORDIC, NORDIC_SINGLE, "מקור:", "מתוך "),
    tongue("hi", CURLY, SINGLE, "स्रोत:", ""),
    tongue("hr", LOW, LOW_SINGLE, "Izvor:", "Iz: "),
    tongue("hu", POLISH, ("»", "«"), "Forrás:", ""),
    tongue("hy", ANGLE, CURLY, "Աղբյուր՝", ""),
    tongue("id", CURLY, SINGLE, "Sumber:", "Dari "),
    tongue("is", LOW, LOW_SINGLE, "Heimild:", "Úr "),
    tongue("it", ANGLE, CURLY, "Fonte:", "Da "),
    tongue("ja", CORNER, WHITE_CORNER, "出典：", ""),
    tongue("ka", LOW, ANGLE, "წყარო:", ""),
    tongue("kk", ANGLE, CURLY, "Дереккөз:", ""),
    tongue("ko", CURLY, SINGLE, "출처:", ""),
    tongue("lt", LOW, LOW_SINGLE, "Šaltinis:", "Iš "),
    tongue("lv", CURLY, SINGLE, "Avots:", "No "),
    tongue("mk", LOW, LOW_SINGLE, "Извор:", "Од "),
    tongue("mr", CURLY, SINGLE, "स्रोत:", ""),
    tongue("ms", CURLY, SINGLE, "Sumber:", "Daripada "),
    tongue("mt", CURLY, SINGLE, "Sors:", "Minn "),
    tongue("nb", ANGLE, SINGLE, "Kilde:", "Fra "),
    tongue("ne", CURLY, SINGLE, "स्रोत:", ""),
    tongue("nl", SINGLE, CURLY, "Bron:", "Uit "),
    tongue("nn", ANGLE, SINGLE, "Kjelde:", "Frå "),
    tongue("no", ANGLE, SINGLE, "Kilde:", "Fra "),
    tongue("pl", POLISH, ANGLE, "Źródło:", "Z: "),
    tongue("pt-pt", ANGLE, CURLY, "Fonte:", "De "),
    tongue("pt", CURLY, SINGLE, "Fonte:", "De "),
    tongue("ro", POLISH, ANGLE, "Sursa:", "Din "),
    tongue("ru", ANGLE, LOW, "Источник:", "Из: "),
    tongue("sk", LOW, LOW_SINGLE, "Zdroj:", "Z: "),
    tongue("sl", LOW, LOW_SINGLE, "Vir:", "Iz: "),
    tongue("sq", CURLY, SINGLE, "Burimi:", "Nga "),
    tongue("sr-latn", POLISH, NORDIC_SINGLE, "Izvor:", "Iz: "),
    tongue("sr", POLISH, NORDIC_SINGLE, "Извор:", "Из: "),
    tongue("sv", NORDIC, NORDIC_SINGLE, "Källa:", "Ur "),
    tongue("sw", CURLY, SINGLE, "Chanzo:", "Kutoka "),
    tongue("ta", CURLY, SINGLE, "ஆதாரம்:", ""),
    tongue("te", CURLY, SINGLE, "మూలం:", ""),
    tongue("th", CURLY, SINGLE, "ที่มา:", "จาก "),
    tongue("tr", CURLY, SINGLE, "Kaynak:", ""),
    tongue("uk", ANGLE, LOW, "Джерело:", "З: "),
    tongue("ur", ARABIC, ARABIC_SINGLE, "ماخذ:", ""),
    tongue("vi", CURLY, SINGLE, "Nguồn:", "Trích từ "),
    tongue("zh-hant", CORNER, WHITE_CORNER, "來源：", ""),
    tongue("zh-hk", CORNER, WHITE_CORNER, "來源：", ""),
    tongue("zh-tw", CORNER, WHITE_CORNER, "來源：", ""),
    tongue("zh", CURLY, SINGLE, "来源：", ""),
    tongue("", CURLY, SINGLE, "Source:", "From "),
];

impl Tongue {
    /// The row of a tag in small letters.
    pub(super) fn of(tag: &str) -> &'static Self {
        let fits = |tongue: &&Self| {
            let rest = tag.strip_prefix(tongue.tag);
            rest.is_some_and(|rest| {
                tongue.tag.is_empty() || rest.is_empty() || rest.starts_with('-')
            })
        };
        let found = TONGUES.iter().find(fits);
        found.unwrap_or(&TONGUES[TONGUES.len() - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_hides_a_longer_tag_behind_it() {
        for (index, tongue) in TONGUES.iter().enumerate() {
            assert_eq!(Tongue::of(tongue.tag).tag, tongue.tag, "row {index}");
        }
        assert!(TONGUES.len() >= 60);
    }

    #[test]
    fn levels_can_be_told_apart() {
        for tongue in TONGUES {
            assert_ne!(tongue.outer, tongue.inner, "{}", tongue.tag);
        }
    }
}
