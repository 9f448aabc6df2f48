//! The known name that a misspelt one was probably meant to be.

/// Less alike than this is another word, not a slip: `speakr` is 0.97 like `speaker`, `photo` 0.58
/// like `source`.
const ALIKE: f64 = 0.8;

/// The known name most like the given one, if one is like it at all; the first of equals.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let mut best = None;
    for candidate in known {
        let likeness = strsim::jaro_winkler(&name, candidate);
        if likeness >= best.map_or(ALIKE, |(most, _)| most)
            && best.is_none_or(|(m, _)| likeness > m)
        {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The way out for an unknown name: the nearest one, or all that are known.
pub(crate) fn suggestion(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("use one of `{}`", known.join("`, `")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        #[track_caller]
        fn case(name: &str, expected: &str) {
            assert_eq!(suggestion(name, &["quote", "speaker", "source"]), expected);
        }
        case("speakr", "did you mean `speaker`?");
        case("Quote", "did you mean `quote`?");
        case("sorce", "did you mean `source`?");
        case("photo", "use one of `quote`, `speaker`, `source`");
        case("", "use one of `quote`, `speaker`, `source`");
    }
}
