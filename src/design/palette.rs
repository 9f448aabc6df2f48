//! Holds a brand's colours to the contrast that words need, and moves those that fail, keeping hue.
//!
//! In: the variables of a theme with a brand's on top, and which of them the brand set. Out: variables
//! that meet every floor, and what was moved. The floors are WCAG 2.2 contrast ratios
//! <https://www.w3.org/TR/WCAG22/#contrast-minimum>: 4.5 for text, 3 for shapes of charts, 7 for the
//! words that are the picture. Lightness is moved in OKLCH <https://www.w3.org/TR/css-color-4/#ok-lab>,
//! where equal hue looks equal.

use std::collections::BTreeMap;

/// What an accent on photographs needs with the bare scrim, so that enough is left on a bright photograph.
const ON_PHOTOS: f64 = 8.0;

/// A pair of colours that stand on each other, and the ratio they need.
const FLOORS: &[(&str, &str, f64)] = &[
    ("ink", "bg", 7.0),
    ("ink", "surface", 7.0),
    ("muted", "bg", 4.5),
    ("muted", "surface", 4.5),
    ("accent", "bg", 4.5),
    ("accent", "surface", 4.5),
    ("on-accent", "accent", 4.5),
    ("quiet", "bg", 3.0),
    ("tint", "accent", 3.0),
    ("tint-long", "accent", 4.5),
    ("on-quiet", "quiet", 4.5),
    ("photo-accent", "scrim", ON_PHOTOS),
];

/// A colour that was moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The variable, without dashes.
    pub name: &'static str,
    /// As it was given.
    pub from: String,
    /// As it is used.
    pub to: String,
    /// What it has to be read on, or what has to be read on it.
    pub against: &'static str,
    /// The contrast ratio as given.
    pub had: f64,
    /// The contrast ratio as used.
    pub has: f64,
    /// The ratio it needs.
    pub floor: f64,
}

/// sRGB, each part from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rgb([f64; 3]);

/// Lightness, chroma, hue in radians.
#[derive(Clone, Copy, Debug)]
struct Oklch {
    l: f64,
    c: f64,
    h: f64,
}

/// Makes the variables of a theme meet the floors after a brand changed some of them.
///
/// What the brand set is moved in lightness only; what it left to the theme is chosen anew where the
/// brand's colours ask for it. Colours in another notation than `#rrggbb` or `#rgb` are left alone.
pub fn settle(
    variables: &mut BTreeMap<String, String>,
    is_brands: impl Fn(&str) -> bool,
) -> Vec<Moved> {
    derive(variables, &is_brands);
    let mut moved = Vec::new();
    for &(name, against, floor) in FLOORS {
        let Some((front, back)) = colour(variables, name).zip(colour(variables, against)) else {
            continue;
        };
        let had = ratio(front, back);
        if had >= floor || !(is_brands(name) || is_brands(against)) {
            continue;
        }
        let new = reached(front, back, floor);
        let from = variables.get(name).cloned().unwrap_or_default();
        variables.insert(name.to_owned(), new.hex());
        if is_brands(name) {
            moved.push(Moved {
                name,
                from,
                to: new.hex(),
                against,
                had,
                has: ratio(new, back),
                floor,
            });
        }
    }
    once(moved, variables)
}

/// One entry for each colour: from what was given to what is used in the end.
fn once(moved: Vec<Moved>, variables: &BTreeMap<String, String>) -> Vec<Moved> {
    let mut all: Vec<Moved> = Vec::new();
    for step in moved {
        match all.iter_mut().find(|first| first.name == step.name) {
            Some(first) => first.to = step.to,
            None => all.push(step),
        }
    }
    for step in &mut all {
        let pair = colour(variables, step.name).zip(colour(variables, step.against));
        step.has = pair.map_or(step.has, |(front, back)| ratio(front, back));
    }
    all
}

/// What follows from the brand's colours where it does not say otherwise.
fn derive(variables: &mut BTreeMap<String, String>, is_brands: &impl Fn(&str) -> bool) {
    let (light, dark) = (Rgb([1.0; 3]), Rgb([0.07, 0.07, 0.08]));
    if let Some(bg) = colour(variables, "bg").filter(|_| is_brands("bg")) {
        let ink = colour(variables, "ink").unwrap_or(dark);
        if !is_brands("ink") && ratio(ink, bg) < 7.0 {
            let ink = if ratio(light, bg) > ratio(dark, bg) {
                light
            } else {
                dark
            };
            variables.insert("ink".to_owned(), ink.hex());
        }
        let ink = colour(variables, "ink").unwrap_or(dark);
        if !is_brands("surface") {
            variables.insert("surface".to_owned(), bg.mixed(ink, 0.1).hex());
        }
        let skin = if bg.luminance() > ink.luminance() {
            bg
        } else {
            ink
        };
        variables.insert("skin".to_owned(), skin.hex());
    }
    let Some(accent) = colour(variables, "accent").filter(|_| is_brands("accent")) else {
        return;
    };
    // Moved first: what stands on the accent follows it.
    let mut settled = accent;
    for &(name, against, floor) in FLOORS {
        if let Some(back) = colour(variables, against).filter(|_| name == "accent") {
            settled = reached(settled, back, floor);
        }
    }
    if !is_brands("on-accent") {
        let on = colour(variables, "on-accent").filter(|on| ratio(*on, settled) >= 4.5);
        let best = if ratio(light, settled) >= ratio(dark, settled) {
            light
        } else {
            dark
        };
        variables.insert("on-accent".to_owned(), on.unwrap_or(best).hex());
    }
    if let Some(scrim) = colour(variables, "scrim").filter(|_| !is_brands("photo-accent")) {
        let on_photos = reached(accent, scrim, ON_PHOTOS);
        variables.insert("photo-accent".to_owned(), on_photos.hex());
    }
    if variables.contains_key("tint-long") && !is_brands("tint-long") {
        let on = colour(variables, "on-accent").unwrap_or(light);
        let tint = reached(settled.mixed(on, 0.8), settled, 4.5);
        variables.insert("tint-long".to_owned(), tint.hex());
    }
    if variables.contains_key("tint") && !is_brands("tint") {
        let on = colour(variables, "on-accent").unwrap_or(light);
        variables.insert("tint".to_owned(), settled.mixed(on, 0.66).hex());
    }
}

/// The colour nearest in lightness that reaches a ratio on another; the farthest there is where none
/// does.
fn reached(front: Rgb, back: Rgb, floor: f64) -> Rgb {
    if ratio(front, back) >= floor {
        return front;
    }
    let own = front.oklch();
    let toward = |end: f64| {
        let (mut near, mut far) = (own.l, end);
        let at = |l: f64| Rgb::from(Oklch { l, ..own });
        // Eight bits a part: the last step is far below one of them.
        for _ in 0..24 {
            let middle = (near + far) / 2.0;
            // As it will be written: rounding must not take it below the floor.
            if ratio(at(middle).written(), back) >= floor {
                far = middle;
            } else {
                near = middle;
            }
        }
        (at(far).written(), (far - own.l).abs())
    };
    let (lighter, darker) = (toward(1.0), toward(0.0));
    let reaches = |(colour, _): &(Rgb, f64)| ratio(*colour, back) >= floor;
    match (reaches(&lighter), reaches(&darker)) {
        (true, true) if lighter.1 < darker.1 => lighter.0,
        (true, false) => lighter.0,
        (_, true) => darker.0,
        (false, false) if ratio(lighter.0, back) > ratio(darker.0, back) => lighter.0,
        (false, false) => darker.0,
    }
}

fn colour(variables: &BTreeMap<String, String>, name: &str) -> Option<Rgb> {
    Rgb::parse(variables.get(name)?)
}

/// Contrast of two colours, from 1 to 21.
fn ratio(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Rgb {
    fn parse(written: &str) -> Option<Self> {
        let digits = written.trim().strip_prefix('#')?;
        if !digits.is_ascii() {
            return None;
        }
        let part = |digits: &str| u8::from_str_radix(digits, 16).ok();
        let bytes = match digits.len() {
            6 => [
                part(&digits[0..2])?,
                part(&digits[2..4])?,
                part(&digits[4..6])?,
            ],
            3 => [
                part(&digits[0..1])? * 17,
                part(&digits[1..2])? * 17,
                part(&digits[2..3])? * 17,
            ],
            _ => return None,
        };
        Some(Self(bytes.map(|byte| f64::from(byte) / 255.0)))
    }

    fn bytes(self) -> [u8; 3] {
        self.0
            .map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
    }

    fn written(self) -> Self {
        Self(self.bytes().map(|byte| f64::from(byte) / 255.0))
    }

    fn hex(self) -> String {
        let [r, g, b] = self.bytes();
        format!("#{r:02X}{g:02X}{b:02X}")
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|part| {
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |index: usize| self.0[index] + (other.0[index] - self.0[index]) * share;
        Self([mix(0), mix(1), mix(2)])
    }

    fn oklch(self) -> Oklch {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Oklch {
            l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            c: a.hypot(b),
            h: b.atan2(a),
        }
    }
}

impl From<Oklch> for Rgb {
    /// With as much chroma as sRGB has at this lightness and hue.
    fn from(colour: Oklch) -> Self {
        let is_inside = |c: f64| {
            let parts = linear(Oklch { c, ..colour });
            parts.iter().all(|part| (-1e-4..=1.0 + 1e-4).contains(part))
        };
        let (mut inside, mut outside) = (0.0, colour.c);
        if is_inside(outside) {
            inside = outside;
        }
        for _ in 0..20 {
            let middle = (inside + outside) / 2.0;
            if is_inside(middle) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        let parts = linear(Oklch {
            c: inside,
            ..colour
        });
        Self(parts.map(|part| {
            let part = part.clamp(0.0, 1.0);
            if part <= 0.003_130_8 {
                part * 12.92
            } else {
                1.055 * part.powf(1.0 / 2.4) - 0.055
            }
        }))
    }
}

/// Linear sRGB of an OKLCH colour, perhaps outside the gamut.
fn linear(Oklch { l, c, h }: Oklch) -> [f64; 3] {
    let (a, b) = (c * h.cos(), c * h.sin());
    let long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
    ]
}

#[cfg(test)]
mod tests;
