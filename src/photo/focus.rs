//! The point of a photograph that must stay in sight.

/// A place in a photograph, in shares of its width and height from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focus {
    /// From the left, 0 to 1.
    pub x: f64,
    /// From the top, 0 to 1.
    pub y: f64,
}

impl Focus {
    /// Where the subject of a photograph is if nobody says it: in the middle, somewhat above it.
    ///
    /// People who hold a camera put a face or a horizon there. What finds edges or skin instead was
    /// not taken: it is wrong with confidence, and two lines in the deck (`focus: 0.6 0.3`) are right.
    pub const UNKNOWN: Self = Self { x: 0.5, y: 0.4 };

    /// Reads `0.6 0.3`, `0.6, 0.3` or `60% 30%`.
    ///
    /// `None` for anything else, and outside the photograph.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_between = |c: char| c == ',' || c == ';' || c.is_whitespace();
        let parts = text.split(is_between).filter(|part| !part.is_empty());
        let shares: Option<Vec<f64>> = parts.map(share).collect();
        match shares?[..] {
            [x, y] => Some(Self { x, y }),
            _ => None,
        }
    }
}

fn share(text: &str) -> Option<f64> {
    let number = match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()? / 100.0,
        None => text.parse::<f64>().ok()?,
    };
    (0.0..=1.0).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_focus_is_two_shares() {
        #[track_caller]
        fn case(text: &str, expected: Option<(f64, f64)>) {
            assert_eq!(Focus::parse(text).map(|focus| (focus.x, focus.y)), expected);
        }
        case("0.6 0.3", Some((0.6, 0.3)));
        case("0.6, 0.3", Some((0.6, 0.3)));
        case(" 60%  25% ", Some((0.6, 0.25)));
        case("0 1", Some((0.0, 1.0)));
        case("0.6", None);
        case("0.6 0.3 0.1", None);
        case("640 300", None);
        case("-0.1 0.5", None);
        case("NaN 0.5", None);
        case("left top", None);
    }
}
