use super::*;

#[test]
fn lists_are_sorted_so_that_they_can_be_searched() {
    for list in [HARD, SOFT, BACK, MAGNITUDES, UNITS, NUMBERS, TITLES] {
        assert!(list.is_sorted_by(|one, other| one < other), "{list:?}");
    }
}

#[test]
fn words_lean_whatever_their_capitals() {
    #[track_caller]
    fn case(word: &str, expected: Lean) {
        assert_eq!(lean(word), expected);
    }
    case("The", Lean::Hard);
    case("I", Lean::Hard);
    case("НЕ", Lean::Hard);
    case("because", Lean::Soft);
    case("में", Lean::Back);
    case("river", Lean::None);
    case("counterrevolutionaries", Lean::None);
    case("", Lean::None);
}
