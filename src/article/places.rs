//! Where the characters of a text stand in a file that is not UTF-8.
//!
//! In: the bytes of the file, its encoding, and the text that they become. Out: a map from the text to
//! the bytes, in which characters of one size that follow each other take one entry.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_16BE, UTF_16LE};

use super::decode::Foreign;
use super::{OffsetMap, Span};

/// The first byte of the three that change how ISO-2022-JP is read.
const ESCAPE: u8 = 0x1B;
const ESCAPE_LEN: usize = 3;

/// From the text of a file back to its bytes.
///
/// The text is what the file becomes without its byte order mark; nothing in it was malformed.
pub(super) fn of(file: &Foreign, text: &str) -> OffsetMap {
    let start = Encoding::for_bom(&file.bytes).map_or(0, |(_, length)| length);
    let encoding = file.encoding;
    if encoding == UTF_16LE || encoding == UTF_16BE {
        sized(text, start, |character| 2 * character.len_utf16())
    } else if encoding.is_single_byte() {
        sized(text, start, |_| 1)
    } else {
        read(&file.bytes, start, encoding)
    }
}

/// Where the character itself tells how many bytes it takes.
fn sized(text: &str, mut at: usize, size: impl Fn(char) -> usize) -> OffsetMap {
    let mut places = OffsetMap::default();
    for character in text.chars() {
        let end = at + size(character);
        places.push(character.len_utf8(), Span { start: at, end });
        at = end;
    }
    places
}

/// Where only reading the bytes tells: one after the other, until they are a character.
fn read(bytes: &[u8], mut at: usize, encoding: &'static Encoding) -> OffsetMap {
    let mut places = OffsetMap::default();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // Two characters at most, of two bytes each: Big5 has such.
    let mut character = [0; 16];
    while at < bytes.len() {
        let letters = &bytes[at..];
        let plain = letters.iter().take_while(|byte| byte.is_ascii()).count();
        if encoding.is_ascii_compatible() && plain > 0 {
            let end = at + plain;
            places.push(plain, Span { start: at, end });
            at = end;
            continue;
        }
        let is_escape = encoding == ISO_2022_JP && bytes[at] == ESCAPE;
        let mut end = at;
        let length = loop {
            let Some(byte) = bytes.get(end..=end) else {
                break 0;
            };
            let (_, _, written, _) = decoder.decode_to_utf8(byte, &mut character, false);
            end += 1;
            if written > 0 || is_escape && end == at + ESCAPE_LEN {
                break written;
            }
        };
        places.push(length, Span { start: at, end });
        at = end;
    }
    places
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GB18030, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252,
    };
    use proptest::prelude::*;

    use super::super::{Article, builder, parse};
    use super::*;

    /// An encoding, and words that it has.
    const SCRIPTS: &[(&Encoding, &str)] = &[
        (UTF_16LE, "aé“”„ «»—…ж語😀 "),
        (UTF_16BE, "aé“”„ «»—…ж語😀 "),
        (WINDOWS_1252, "aäöé“”„«»—… \u{a0}"),
        (WINDOWS_1251, "aжщЯ“”„«»—… "),
        (KOI8_R, "aжщЯ═ "),
        (SHIFT_JIS, "a表ソ本「」語ｱ。 "),
        (EUC_JP, "a表ソ本「」語ｱ。 "),
        (EUC_KR, "a말글한“”。 "),
        (BIG5, "a許功蓋「」言。 "),
        (GBK, "a汉字「」“”语。 "),
        (GB18030, "a汉字「」“”语。ü😀 "),
        (ISO_2022_JP, "a表ソ本「」語。 "),
    ];

    /// The file of a text; UTF-16 with its mark.
    fn encode(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let units = || "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
        if encoding == UTF_16LE {
            units().flat_map(u16::to_le_bytes).collect()
        } else if encoding == UTF_16BE {
            units().flat_map(u16::to_be_bytes).collect()
        } else {
            let (bytes, _, is_broken) = encoding.encode(text);
            assert!(!is_broken, "{} has not all of {text}", encoding.name());
            bytes.into_owned()
        }
    }

    /// What a reader sees of a stretch of a file.
    fn fold(text: &str) -> String {
        let text = text
            .replace("&amp;", "&")
            .replace("<b>", "")
            .replace("</b>", "");
        let words = text.split(builder::is_folded);
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }

    /// What a reader of the file up to a byte has read.
    fn read_until(bytes: &[u8], end: usize, encoding: &'static Encoding) -> String {
        encoding.decode(&bytes[..end]).0.into_owned()
    }

    /// Holds a range of every block to the file.
    fn holds(article: &Article, encoding: &'static Encoding, from: f64, to: f64) {
        let bytes = article.bytes();
        for block in &article.blocks {
            let at = |share: f64| {
                let at = (block.text.len() as f64 * share) as usize;
                block.text.floor_char_boundary(at)
            };
            let (start, end) = (at(from.min(to)), at(from.max(to)));
            let words = block.verbatim(start..end);
            let span = words.outer_span();
            let before = read_until(bytes, span.start, encoding);
            let all = read_until(bytes, span.end, encoding);
            let read = all.strip_prefix(&before).expect("it goes on");
            assert_eq!(fold(read), fold(words.text()), "{}", encoding.name());
            if encoding != ISO_2022_JP {
                let slice = &bytes[span.start..span.end];
                let (alone, is_broken) = encoding.decode_without_bom_handling(slice);
                assert!(!is_broken, "{span:?} cuts a character");
                assert_eq!(fold(&alone), fold(words.text()), "{}", encoding.name());
            }
            if start < end {
                assert_eq!(block.range(span), Some(start..end));
                assert_eq!(
                    article.line(span.start),
                    Some(before.matches('\n').count() + 1)
                );
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(600), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bytes_at_a_span_decoded_are_the_words(
            script in 0..SCRIPTS.len(),
            pieces in prop::collection::vec((0..30usize, 1..6usize), 1..60),
            from in 0.0..1.0f64,
            to in 0.0..1.0f64,
        ) {
            let (encoding, letters) = SCRIPTS[script];
            let letters: Vec<char> = letters.chars().chain("\n\r b,.".chars()).collect();
            // The page names what its letters cannot tell.
            let head = format!("<meta charset={}>\n<article><p>", encoding.name());
            let pieces = pieces.iter().map(|(letter, times)| {
                let markup = ["</p>\n<p>", "<b>", "&amp;", "\n\n"];
                match letters.get(*letter) {
                    Some(letter) => String::from(*letter).repeat(*times),
                    None => markup[letter % markup.len()].to_owned(),
                }
            });
            let body: String = pieces.collect();
            let is_plain = encoding == UTF_16LE || encoding == UTF_16BE;
            let files = [("a.html", format!("{head}{body}")), ("a.txt", body)];
            for (name, text) in &files[..1 + usize::from(is_plain)] {
                let Ok(article) = parse(Path::new(name), encode(text, encoding)) else {
                    continue;
                };
                // What has no letters but those of ASCII is UTF-8 as well.
                prop_assert!(article.meta.encoding.is_none_or(|found| found == encoding.name()));
                if article.meta.encoding.is_some() {
                    holds(&article, encoding, from, to);
                }
            }
        }
    }

    #[test]
    fn characters_of_one_size_take_one_entry() {
        let places = |text: &str, encoding| {
            let bytes = encode(text, encoding);
            let places = of(&Foreign { encoding, bytes }, text);
            (0..text.len())
                .filter(|at| text.is_char_boundary(*at))
                .map(|at| places.span(at..at).start)
                .collect::<Vec<_>>()
        };
        assert_eq!(places("aж😀b", UTF_16LE), [2, 4, 6, 10]);
        assert_eq!(places("a表b", SHIFT_JIS), [0, 1, 3]);
        // The escapes around two letters belong to neither.
        assert_eq!(places("a表本b", ISO_2022_JP), [0, 4, 6, 11]);
    }
}
