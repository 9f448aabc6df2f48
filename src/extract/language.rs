//! The language of an article: what it says of itself, else what its small words say.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::article::Article;

/// The languages whose verbs of saying we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Portuguese,
    Italian,
    Dutch,
    /// Marks are read; nobody is said to speak, but where a line signs a quotation.
    Other,
}

/// Small words that are frequent in one of the languages and not in the others.
const SMALL_WORDS: &[(Language, &str)] = &[
    (
        Language::English,
        "the and of to that is was with for it on this have from they which were are not said he she his who by has their would its",
    ),
    (
        Language::German,
        "der die das und ist nicht ein eine mit den von zu dem sich auf für im auch wir werden wurde sagt",
    ),
    (
        Language::French,
        "le les des est et une dans du pour que qui pas sur nous avec au il elle sont cette était",
    ),
    (
        Language::Spanish,
        "el los las y es una del por con para que se lo su al más pero como fue está dijo",
    ),
    (
        Language::Portuguese,
        "o os as e é uma do da dos não para com em que se no na por mais foi são disse",
    ),
    (
        Language::Italian,
        "il lo gli e è una di che non per con del della dei le sono si nel ha più anche ma",
    ),
    (
        Language::Dutch,
        "de het een en van is niet dat op te zijn met voor die er aan wij werd naar ook zei",
    ),
];

/// Words of the article looked at.
const SAMPLE: usize = 600;

/// Fewest small words that tell a language.
const ENOUGH: usize = 3;

impl Language {
    /// The language of an article.
    pub(super) fn of(article: &Article) -> Self {
        match article.meta.lang.as_deref() {
            Some(tag) if !tag.trim().is_empty() => Self::of_tag(tag),
            _ => Self::of_words(
                article
                    .main_text()
                    .flat_map(|block| block.text.split_whitespace()),
            ),
        }
    }

    /// By a BCP 47 tag.
    pub(super) fn of_tag(tag: &str) -> Self {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        match primary.to_lowercase().as_str() {
            "en" | "eng" => Self::English,
            "de" | "deu" | "ger" => Self::German,
            "fr" | "fra" | "fre" => Self::French,
            "es" | "spa" | "ca" | "gl" => Self::Spanish,
            "pt" | "por" => Self::Portuguese,
            "it" | "ita" => Self::Italian,
            "nl" | "nld" | "dut" => Self::Dutch,
            _ => Self::Other,
        }
    }

    /// By counting small words; the first of equals.
    fn of_words<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut counts = [0_usize; SMALL_WORDS.len()];
        let mut seen = 0;
        for word in words.take(SAMPLE) {
            let word = word.trim_matches(|c: char| !c.is_alphabetic());
            seen += 1;
            let Some(languages) = languages_of(word) else {
                continue;
            };
            for language in languages {
                counts[*language] += 1;
            }
        }
        let best = (0..counts.len()).rev().max_by_key(|&at| counts[at]);
        match best {
            Some(at) if counts[at] >= ENOUGH && counts[at] * 8 >= seen => SMALL_WORDS[at].0,
            // A few words tell nothing: most of what is read is English.
            _ if seen < 25 => Self::English,
            _ => Self::Other,
        }
    }

    /// Whether a dash at the start of a paragraph opens a dialogue.
    pub(super) fn has_dialogue_dashes(self) -> bool {
        !matches!(self, Self::English | Self::German | Self::Dutch)
    }
}

/// The languages that a word is a small word of, as it is or at the start of a sentence.
fn languages_of(word: &str) -> Option<&'static [usize]> {
    static LANGUAGES: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
        let mut languages: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, (_, list)) in SMALL_WORDS.iter().enumerate() {
            for word in list.split_ascii_whitespace() {
                languages.entry(word).or_default().push(index);
            }
        }
        languages
    });
    let found = match word.chars().next()?.is_uppercase() {
        true => LANGUAGES.get(word.to_lowercase().as_str()),
        false => LANGUAGES.get(word),
    };
    found.map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_the_language() {
        #[track_caller]
        fn case(text: &str, expected: Language) {
            assert_eq!(Language::of_words(text.split_whitespace()), expected);
        }
        case(
            "The bridge was closed for a year, and the town did not mind that it was.",
            Language::English,
        );
        case(
            "Die Brücke war ein Jahr gesperrt, und das Dorf hat sich nicht beschwert.",
            Language::German,
        );
        case(
            "Le pont est resté fermé pendant un an, et les gens du village ne s’en plaignent pas.",
            Language::French,
        );
        case(
            "El puente estuvo cerrado un año y los vecinos del pueblo no se quejaron por ello.",
            Language::Spanish,
        );
        case(
            "A ponte esteve fechada um ano e os vizinhos não se queixaram, porque o rio dá para nadar.",
            Language::Portuguese,
        );
        case(
            "Il ponte è rimasto chiuso per un anno e gli abitanti non si sono lamentati del rumore.",
            Language::Italian,
        );
        case(
            "De brug was een jaar dicht en het dorp heeft er niet over geklaagd, zei de burgemeester.",
            Language::Dutch,
        );
        case(
            "Most zamknięto na rok, lecz mieszkańcy wsi wcale nie narzekali na ciszę ani na objazdy przez las, mówiąc że tak lepiej dla dzieci i ptaków nad rzeką.",
            Language::Other,
        );
        case("Ana Lund", Language::English);
    }

    #[test]
    fn a_tag_is_believed() {
        assert_eq!(Language::of_tag("de-AT"), Language::German);
        assert_eq!(Language::of_tag("pt_BR"), Language::Portuguese);
        assert_eq!(Language::of_tag("pl"), Language::Other);
    }
}
