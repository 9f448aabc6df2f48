use proptest::prelude::*;
use tiny_skia::{Paint, PathBuilder, Shader, Transform};

use super::*;

/// One outline: where it begins, and what follows.
type Outline = ((f32, f32), Vec<(u8, (f32, f32), (f32, f32))>, bool);

fn outlines() -> impl Strategy<Value = Vec<Outline>> {
    let point = || (3_f32..90.0, 3_f32..70.0);
    let part = (0..4_u8, point(), point());
    let outline = (point(), prop::collection::vec(part, 1..12), any::<bool>());
    prop::collection::vec(outline, 1..5)
}

fn path(outlines: &[Outline]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for ((x, y), parts, is_closed) in outlines {
        path.move_to(*x, *y);
        for (kind, one, other) in parts {
            match kind {
                // Upright and level lines, there and back, as letters have them.
                0 => {
                    path.line_to(one.0.round(), one.1);
                    path.line_to(one.0.round(), other.1);
                    path.line_to(one.0.round(), one.1.round());
                }
                1 => path.line_to(one.0, one.1),
                _ => path.quad_to(one.0, one.1, other.0, other.1),
            }
        }
        if *is_closed {
            path.close();
        }
    }
    path.finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn pixels_are_those_of_tiny_skia(
        outlines in outlines(),
        is_even_odd in any::<bool>(),
        alpha in prop_oneof![Just(255_u8), any::<u8>()],
    ) {
        let rule = if is_even_odd { FillRule::EvenOdd } else { FillRule::Winding };
        let mut theirs = Pixmap::new(96, 76).expect("it is small");
        for (at, pixel) in theirs.pixels_mut().iter_mut().enumerate() {
            let shade = (at % 251) as u8;
            *pixel = PremultipliedColorU8::from_rgba(shade, 255 - shade, 9, 255).expect("opaque");
        }
        let mut ours = theirs.clone();
        let Some(path) = path(&outlines) else {
            return Ok(());
        };
        let mut paint = Paint::default();
        paint.set_color_rgba8(200, 40, 13, alpha);
        let Shader::SolidColor(colour) = paint.shader else {
            unreachable!("it was set");
        };
        let colour = colour.premultiply().to_color_u8();
        theirs.fill_path(&path, &paint, rule, Transform::identity(), None);
        if fill(&path, rule, colour, &mut ours) {
            prop_assert!(ours == theirs);
        }
    }
}
