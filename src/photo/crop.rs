//! Cuts the part of a photograph that is shown and takes it to the pixels it is shown in.
//!
//! The filter is Catmull–Rom's cubic (Keys 1981), stretched to the size of the pixels when a photograph
//! becomes smaller, so that nothing aliases. Light is added up, not the numbers that stand for it:
//! dark and bright detail keep their weight. Weights are whole numbers that sum up to one exactly.

use std::sync::OnceLock;

use super::{Focus, Photo};

/// How far a photograph may be enlarged to bring its subject to where the template wants it.
const MOST_ZOOM: f64 = 1.5;

/// The fewest pixels of a photograph to one that is shown, if it is enlarged for its subject: softness
/// that nobody sees on a telephone.
const COARSEST: f64 = 0.8;

/// One, as weights are counted.
const ONE: i32 = 1 << 14;

/// The part of a photograph that is shown, in its px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// From the left.
    pub left: f64,
    /// From the top.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Window {
    /// The part of a photograph of `size` that fills an area of `shown` px, so that the focal point
    /// comes as near as can be to `subject`, a place in shares of the area.
    ///
    /// The photograph covers the area on every side. Where that leaves too little play for a focal point
    /// that somebody gave, it is enlarged by up to a half, but never so far that its pixels show.
    #[must_use]
    pub fn new(size: (u32, u32), shown: (u32, u32), focus: Option<Focus>, subject: Focus) -> Self {
        let zoom = if focus.is_some() { MOST_ZOOM } else { 1.0 };
        let focus = focus.unwrap_or(Focus::UNKNOWN);
        let (wide, high) = (f64::from(size.0), f64::from(size.1));
        let (across, down) = (f64::from(shown.0), f64::from(shown.1));
        // Pixels of the photograph to one that is shown.
        let most = (wide / across).min(high / down);
        let least = (most / zoom).max(most.min(COARSEST));
        let scale = most
            .min(fitting(focus.x * wide, wide, subject.x * across, across))
            .min(fitting(focus.y * high, high, subject.y * down, down))
            .max(least);
        let (width, height) = (across * scale, down * scale);
        let place = |focus: f64, subject: f64, part: f64, whole: f64| {
            (focus * whole - subject * part).min(whole - part).max(0.0)
        };
        Self {
            left: place(focus.x, subject.x, width, wide),
            top: place(focus.y, subject.y, height, high),
            width,
            height,
        }
    }

    /// How much larger than it is a photograph is shown in so many px of width.
    #[must_use]
    pub fn enlargement(&self, shown: u32) -> f64 {
        f64::from(shown) / self.width
    }
}

/// The largest scale at which the focal point can be at the subject's place on one side.
fn fitting(focus: f64, whole: f64, subject: f64, shown: f64) -> f64 {
    let room = |before: f64, shown: f64| {
        if shown > 0.0 {
            before / shown
        } else {
            f64::INFINITY
        }
    };
    room(focus, subject).min(room(whole - focus, shown - subject))
}

impl Photo {
    /// The window at `width` × `height` px: red, green, blue of each pixel, row by row.
    #[must_use]
    pub fn cropped(&self, window: &Window, (width, height): (u32, u32)) -> Vec<u8> {
        let across = taps(window.left, window.width, width, self.width);
        let down = taps(window.top, window.height, height, self.height);
        let first = down.iter().map(|tap| tap.start).min().unwrap_or(0);
        let last = down.iter().map(Taps::end).max().unwrap_or(0);
        let tables = tables();
        let row = 3 * width as usize;
        let mut narrow = vec![0_u16; (last - first) * row];
        for (y, out) in (first..last).zip(narrow.chunks_exact_mut(row.max(1))) {
            let stride = 3 * self.width as usize;
            let source = &self.pixels[y * stride..(y + 1) * stride];
            for (tap, pixel) in across.iter().zip(out.chunks_exact_mut(3)) {
                pixel.copy_from_slice(&tap.sum(source, tables));
            }
        }
        let mut out = Vec::with_capacity(row * height as usize);
        let mut sums = vec![0_i32; row];
        for tap in &down {
            sums.fill(ONE / 2);
            for (index, weight) in tap.weights.iter().enumerate() {
                let start = (tap.start + index - first) * row;
                for (sum, light) in sums.iter_mut().zip(&narrow[start..start + row]) {
                    *sum += weight * i32::from(*light);
                }
            }
            out.extend(
                sums.iter()
                    .map(|sum| tables.encode[usize::from(light(*sum))]),
            );
        }
        out
    }
}

/// The pixels that one is made of, and how much of each.
struct Taps {
    start: usize,
    weights: Vec<i32>,
}

impl Taps {
    fn end(&self) -> usize {
        self.start + self.weights.len()
    }

    fn sum(&self, row: &[u8], tables: &Tables) -> [u16; 3] {
        let mut sums = [ONE / 2; 3];
        let pixels = row[3 * self.start..3 * self.end()].chunks_exact(3);
        for (pixel, weight) in pixels.zip(&self.weights) {
            for (sum, level) in sums.iter_mut().zip(pixel) {
                *sum += weight * i32::from(tables.decode[usize::from(*level)]);
            }
        }
        sums.map(light)
    }
}

/// The light of a sum of weighted lights.
fn light(sum: i32) -> u16 {
    (sum / ONE).clamp(0, 65535) as u16
}

/// For each of `count` pixels along one side of a window, what it is made of.
fn taps(start: f64, length: f64, count: u32, whole: u32) -> Vec<Taps> {
    let scale = length / f64::from(count);
    let reach = scale.max(1.0);
    let last = f64::from(whole) - 1.0;
    let tap = |index: u32| {
        let middle = start + (f64::from(index) + 0.5) * scale - 0.5;
        let from = (middle - 2.0 * reach).ceil().clamp(0.0, last);
        let to = (middle + 2.0 * reach).floor().clamp(from, last);
        let count = (to - from) as usize + 1;
        let weights: Vec<f64> = (0..count)
            .map(|step| cubic((from + step as f64 - middle) / reach))
            .collect();
        Taps {
            start: from as usize,
            weights: whole_numbers(&weights),
        }
    };
    (0..count).map(tap).collect()
}

/// Weights as whole numbers that sum up to [`ONE`]; what rounding leaves over goes to the heaviest.
fn whole_numbers(weights: &[f64]) -> Vec<i32> {
    let sum: f64 = weights.iter().sum();
    let sum = if sum.abs() < 1e-9 { 1.0 } else { sum };
    let mut whole: Vec<i32> = weights
        .iter()
        .map(|weight| (weight / sum * f64::from(ONE)).round() as i32)
        .collect();
    let left = ONE - whole.iter().sum::<i32>();
    let heaviest = (0..whole.len()).max_by_key(|index| (whole[*index], usize::MAX - index));
    if let Some(heaviest) = heaviest {
        whole[heaviest] += left;
    }
    whole
}

/// Catmull–Rom's cubic at a distance in pixels.
fn cubic(distance: f64) -> f64 {
    let d = distance.abs();
    if d < 1.0 {
        (1.5 * d - 2.5) * d * d + 1.0
    } else if d < 2.0 {
        ((-0.5 * d + 2.5) * d - 4.0) * d + 2.0
    } else {
        0.0
    }
}

/// From sRGB to light and back.
struct Tables {
    /// Light of a level, 0 to 65535.
    decode: [u16; 256],
    /// The level nearest to a light.
    encode: Vec<u8>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        // IEC 61966-2-1. The exponent is the only step that machines may round differently, in the
        // sixteenth digit; five are kept here, and a test holds their sum.
        let light = |level: f64| {
            let level = level / 255.0;
            let light = match level <= 0.04045 {
                true => level / 12.92,
                false => ((level + 0.055) / 1.055).powf(2.4),
            };
            light * 65535.0
        };
        let mut decode = [0; 256];
        for (level, entry) in (0_u8..=255).zip(&mut decode) {
            *entry = light(f64::from(level)).round() as u16;
        }
        let mut encode = Vec::with_capacity(1 << 16);
        for level in 0_u8..=255 {
            let next = match level {
                255 => 1 << 16,
                _ => light(f64::from(level) + 0.5).round() as usize,
            };
            encode.resize(next, level);
        }
        Tables { decode, encode }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(width: u32, height: u32, level: impl Fn(u32, u32) -> u8) -> Photo {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Photo {
            width,
            height,
            pixels: places.flat_map(|(x, y)| [level(x, y); 3]).collect(),
        }
    }

    fn whole(photo: &Photo) -> Window {
        Window {
            left: 0.0,
            top: 0.0,
            width: f64::from(photo.width),
            height: f64::from(photo.height),
        }
    }

    #[test]
    fn every_level_survives_and_the_tables_are_those_of_every_machine() {
        let tables = tables();
        for level in 0..=255_u8 {
            let light = tables.decode[usize::from(level)];
            assert_eq!(tables.encode[usize::from(light)], level);
        }
        let decoded: u64 = tables.decode.iter().map(|light| u64::from(*light)).sum();
        let encoded: u64 = tables.encode.iter().map(|level| u64::from(*level)).sum();
        assert_eq!((decoded, encoded), (5_217_863, 11_526_663));
    }

    #[test]
    fn a_photograph_at_its_own_size_is_what_it_was() {
        let photo = photo(7, 5, |x, y| (x * 31 + y * 17) as u8);
        assert_eq!(photo.cropped(&whole(&photo), (7, 5)), photo.pixels);
    }

    #[test]
    fn fine_detail_becomes_its_light_not_a_pattern() {
        // Lines of black and white, one pixel each: half of the light is level 188.
        let photo = photo(600, 40, |x, _| if x % 2 == 0 { 0 } else { 255 });
        let small = photo.cropped(&whole(&photo), (73, 5));
        let inner = small.chunks_exact(3 * 73).flat_map(|row| &row[9..3 * 70]);
        assert!(
            inner.clone().all(|level| (186..=190).contains(level)),
            "{small:?}"
        );
    }

    #[test]
    fn an_even_ground_stays_even_at_every_size() {
        let photo = photo(64, 48, |_, _| 77);
        for size in [(1, 1), (10, 7), (64, 48), (200, 150)] {
            let shown = photo.cropped(&whole(&photo), size);
            assert!(shown.iter().all(|level| *level == 77), "{size:?}");
        }
    }

    #[test]
    fn the_focus_comes_to_the_subject_as_far_as_the_photograph_covers() {
        #[track_caller]
        fn case(size: (u32, u32), shown: (u32, u32), focus: (f64, f64), expected: [f64; 4]) {
            let at = |(x, y): (f64, f64)| Focus { x, y };
            let window = Window::new(size, shown, Some(at(focus)), at((0.5, 0.25)));
            let Window {
                left,
                top,
                width,
                height,
            } = window;
            assert_eq!([left, top, width, height].map(f64::round), expected);
        }
        // A small photograph is hardly enlarged to move it.
        case(
            (300, 100),
            (200, 100),
            (0.5, 0.5),
            [70.0, 20.0, 160.0, 80.0],
        );
        case(
            (300, 100),
            (200, 100),
            (1.0, 0.5),
            [140.0, 20.0, 160.0, 80.0],
        );
        case((300, 100), (200, 100), (0.0, 0.25), [0.0, 5.0, 160.0, 80.0]);
        // A large one is, by up to a half.
        case(
            (3000, 3000),
            (1000, 1000),
            (0.5, 0.5),
            [500.0, 1000.0, 2000.0, 2000.0],
        );
        case(
            (3000, 3000),
            (1000, 1000),
            (0.5, 0.4),
            [300.0, 600.0, 2400.0, 2400.0],
        );
        case(
            (3000, 3000),
            (1000, 1000),
            (0.5, 0.25),
            [0.0, 0.0, 3000.0, 3000.0],
        );
        case(
            (3000, 3000),
            (1000, 1000),
            (0.5, 0.0),
            [500.0, 0.0, 2000.0, 2000.0],
        );
    }
}
