use png::ColorType;
use proptest::prelude::*;
use tiny_skia::{Color, Paint, PathBuilder, PremultipliedColorU8, Transform};

use super::*;

/// The pixels of a PNG file, expanded to RGBA, as the `png` crate decodes them.
fn decode(bytes: &[u8]) -> (Vec<u8>, ColorType) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().expect("it is a PNG");
    let colour = reader.info().color_type;
    let mut data = vec![0; reader.output_buffer_size().expect("it is small")];
    reader.next_frame(&mut data).expect("it has a frame");
    (data, colour)
}

fn disc(ground: Color, colour: Color) -> Pixmap {
    let mut pixels = Pixmap::new(40, 30).expect("it is small");
    pixels.fill(ground);
    let path = PathBuilder::from_circle(20.0, 15.0, 9.3).expect("it is a circle");
    let mut paint = Paint::default();
    paint.set_color(colour);
    let rule = tiny_skia::FillRule::Winding;
    pixels.fill_path(&path, &paint, rule, Transform::identity(), None);
    pixels
}

fn painted(width: u32, height: u32, mut colour: impl FnMut(u32, u32) -> [u8; 3]) -> Pixmap {
    let mut pixels = Pixmap::new(width, height).expect("it is small");
    for (at, pixel) in pixels.pixels_mut().iter_mut().enumerate() {
        let [red, green, blue] = colour(at as u32 % width, at as u32 / width);
        *pixel = PremultipliedColorU8::from_rgba(red, green, blue, 255).expect("it is opaque");
    }
    pixels
}

#[track_caller]
fn assert_decodes(bytes: &[u8], pixels: &Pixmap, colour: ColorType) {
    let (decoded, written) = decode(bytes);
    assert_eq!(written, colour);
    assert!(
        decoded == pixels.clone().take_demultiplied(),
        "other pixels"
    );
}

#[test]
fn what_is_written_decodes_to_the_same_pixels() {
    #[track_caller]
    fn case(pixels: &Pixmap, colour: ColorType) {
        assert_decodes(&encode(pixels, None).expect("it encodes"), pixels, colour);
    }
    case(&disc(Color::WHITE, Color::BLACK), ColorType::Indexed);
    case(&disc(Color::TRANSPARENT, Color::BLACK), ColorType::Rgba);
    case(&painted(1, 1, |_, _| [1, 2, 3]), ColorType::Indexed);
    case(
        &painted(16, 16, |x, y| [x as u8, y as u8, 0]),
        ColorType::Indexed,
    );
    case(
        &painted(257, 1, |x, _| [x as u8, (x >> 8) as u8, 7]),
        ColorType::Rgb,
    );
    // Rows wider than DEFLATE reaches back, and one colour over more than a longest match.
    case(
        &painted(11_000, 3, |x, y| {
            [(x % 251) as u8, (x / 251) as u8, y as u8]
        }),
        ColorType::Rgb,
    );
    case(&painted(5000, 90, |_, _| [9, 9, 9]), ColorType::Indexed);
    // A gradient, and noise that no code makes shorter.
    case(
        &painted(300, 200, |x, y| {
            [((x + y) / 2) as u8, (x / 3) as u8, y as u8]
        }),
        ColorType::Rgb,
    );
    let mut noise = 1_u32;
    let mut next = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    };
    case(
        &painted(200, 120, |_, _| [next(), next(), next()]),
        ColorType::Rgb,
    );
}

#[test]
fn a_palette_that_grows_too_large_becomes_rgb() {
    let ground = painted(64, 64, |_, _| [200, 190, 180]);
    let ground = Ground::of(ground).expect("it is opaque");
    let drawn = painted(64, 64, |x, y| [200, (x * 4) as u8, (y * 4) as u8]);
    let bytes = encode(&drawn, Some((&ground, &[true; 64]))).expect("it encodes");
    assert_decodes(&bytes, &drawn, ColorType::Rgb);
}

fn grounds() -> impl Strategy<Value = (Pixmap, ColorType)> {
    prop_oneof![
        Just((
            painted(90, 70, |_, y| [y as u8 / 64, 5, 6]),
            ColorType::Indexed
        )),
        Just((
            painted(90, 70, |x, y| [(x + y) as u8, y as u8, x as u8]),
            ColorType::Rgb
        )),
        Just((
            painted(4000, 12, |x, y| [(x / 9) as u8, (x / 300 + y) as u8, 0]),
            ColorType::Rgb
        )),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is drawn on a ground, the file has exactly the pixels.
    #[test]
    fn a_known_ground_changes_no_pixel(
        (ground, colour) in grounds(),
        spots in prop::collection::vec((0..90_u32, 0..70_u32, 1..30_u32, 1..20_u32, 0..9_u8), 0..12),
    ) {
        let mut drawn = ground.clone();
        let (width, height) = (ground.width(), ground.height());
        let mut is_drawn = vec![false; height as usize];
        for (left, top, wide, high, shade) in spots {
            for y in top..(top + high).min(height) {
                is_drawn[y as usize] = true;
                for x in left..(left + wide).min(width) {
                    let shade = shade + ((x * y) % 3) as u8;
                    let colour = PremultipliedColorU8::from_rgba(shade, 99, 77, 255);
                    drawn.pixels_mut()[(y * width + x) as usize] = colour.expect("it is opaque");
                }
            }
        }
        let known = Ground::of(ground).expect("it is opaque");
        let bytes = encode(&drawn, Some((&known, &is_drawn))).expect("it encodes");
        assert_decodes(&bytes, &drawn, colour);
        // Rows where something may have been drawn count only as far as it was.
        is_drawn.fill(true);
        let unsure = encode(&drawn, Some((&known, &is_drawn))).expect("it encodes");
        prop_assert!(unsure == bytes);
    }
}

#[test]
fn a_ground_on_which_nothing_was_drawn_is_written_as_it_was_parsed() {
    #[track_caller]
    fn case(ground: Pixmap) {
        let known = Ground::of(ground.clone()).expect("it is opaque");
        let bytes = encode(
            &ground,
            Some((&known, &vec![true; ground.height() as usize])),
        );
        assert!(bytes.expect("it encodes") == encode(&ground, None).expect("it encodes"));
    }
    case(painted(90, 70, |x, y| [(x + y) as u8, y as u8, x as u8]));
    case(painted(700, 50, |x, y| {
        [(x / 3 + y / 2) as u8, (y / 3) as u8, 40]
    }));
    case(painted(90, 70, |x, y| [(x / 30) as u8, (y / 30) as u8, 6]));
}
