//! Takes pixels from the colour space that their file names to sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Pixels in sRGB.
///
/// A profile that is broken, or is for another kind of picture, says nothing: browsers take the pixels
/// as sRGB then, and so do we.
pub(super) fn to_srgb(pixels: Vec<u8>, icc: Option<&[u8]>) -> Vec<u8> {
    let converted = icc.and_then(|icc| convert(&pixels, icc));
    converted.unwrap_or(pixels)
}

fn convert(pixels: &[u8], icc: &[u8]) -> Option<Vec<u8>> {
    let profile = ColorProfile::new_from_slice(icc).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile
        .create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, options)
        .ok()?;
    let mut converted = vec![0; pixels.len()];
    transform.transform(pixels, &mut converted).ok()?;
    Some(converted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_of_a_wide_space_are_those_people_saw() {
        let profile = ColorProfile::new_display_p3();
        let icc = profile.encode().expect("it can be written");
        // sRGB red, green and grey as Display P3 writes them (CSS Color 4, to three digits).
        let p3 = vec![234, 51, 35, 117, 251, 76, 128, 128, 128];
        let srgb = to_srgb(p3, Some(&icc));
        let near = |index: usize, expected: u8| {
            assert!(srgb[index].abs_diff(expected) <= 3, "{srgb:?}");
        };
        for (index, expected) in [255, 0, 0, 0, 255, 0, 128, 128, 128]
            .into_iter()
            .enumerate()
        {
            near(index, expected);
        }
    }

    #[test]
    fn a_broken_profile_changes_nothing() {
        assert_eq!(to_srgb(vec![1, 2, 3], Some(b"no profile")), [1, 2, 3]);
        let srgb = ColorProfile::new_srgb()
            .encode()
            .expect("it can be written");
        let grey: Vec<u8> = (0..=255).flat_map(|level| [level; 3]).collect();
        assert_eq!(to_srgb(grey.clone(), Some(&srgb)), grey);
    }
}
