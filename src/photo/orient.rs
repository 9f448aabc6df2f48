//! Turns a photograph upright, as its EXIF data says the camera was held.
//!
//! Only one entry of EXIF matters here, so it is read here: a TIFF header, the first directory, tag
//! 0x0112 (<https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf>, 4.6.4). Data that is cut off or makes
//! no sense says nothing: the photograph stays as it is.

use super::Photo;

/// The tag of the orientation.
const ORIENTATION: u16 = 0x0112;

/// The orientation, 1 to 8; 1 where EXIF data says nothing.
pub(super) fn orientation(exif: &[u8]) -> u8 {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    read(exif).filter(|it| (1..=8).contains(it)).unwrap_or(1)
}

fn read(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let bytes: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let directory = if is_little {
        u32::from_le_bytes(bytes)
    } else {
        u32::from_be_bytes(bytes)
    } as usize;
    let count = usize::from(short(directory)?);
    let mut entries = (0..count).map(|index| directory + 2 + index * 12);
    let entry = entries.find(|at| short(*at) == Some(ORIENTATION))?;
    u8::try_from(short(entry + 8)?).ok()
}

/// The photograph as it was seen.
pub(super) fn upright(photo: Photo, orientation: u8) -> Photo {
    if !(2..=8).contains(&orientation) {
        return photo;
    }
    let (wide, high) = (photo.width as usize, photo.height as usize);
    let is_turned = orientation >= 5;
    let (width, height) = if is_turned {
        (high, wide)
    } else {
        (wide, high)
    };
    let mut pixels = Vec::with_capacity(photo.pixels.len());
    for y in 0..height {
        for x in 0..width {
            // Where the pixel stands in the file.
            let (column, row) = match orientation {
                2 => (wide - 1 - x, y),
                3 => (wide - 1 - x, high - 1 - y),
                4 => (x, high - 1 - y),
                5 => (y, x),
                6 => (y, high - 1 - x),
                7 => (wide - 1 - y, high - 1 - x),
                _ => (wide - 1 - y, x),
            };
            let at = (row * wide + column) * 3;
            pixels.extend_from_slice(&photo.pixels[at..at + 3]);
        }
    }
    Photo {
        width: width as u32,
        height: height as u32,
        pixels,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exif(is_little: bool, orientation: u16) -> Vec<u8> {
        let mut bytes = if is_little {
            b"Exif\0\0II\x2a\0".to_vec()
        } else {
            b"MM\0\x2a".to_vec()
        };
        let short = |value: u16| match is_little {
            true => value.to_le_bytes(),
            false => value.to_be_bytes(),
        };
        let long = |value: u32| match is_little {
            true => value.to_le_bytes(),
            false => value.to_be_bytes(),
        };
        bytes.extend(long(8));
        bytes.extend(short(2));
        for (tag, value) in [(0x0100, 640), (ORIENTATION, orientation)] {
            bytes.extend(short(tag));
            bytes.extend(short(3));
            bytes.extend(long(1));
            bytes.extend(short(value));
            bytes.extend([0, 0]);
        }
        bytes
    }

    #[test]
    fn the_orientation_is_read_in_both_orders_of_bytes() {
        for orientation in 1..=8 {
            for is_little in [true, false] {
                let bytes = exif(is_little, orientation);
                assert_eq!(u16::from(super::orientation(&bytes)), orientation);
            }
        }
    }

    #[test]
    fn data_that_is_cut_off_says_nothing() {
        let whole = exif(true, 6);
        for end in 0..whole.len() - 4 {
            assert_eq!(orientation(&whole[..end]), 1, "{end}");
        }
        assert_eq!(orientation(&exif(false, 99)), 1);
    }

    /// A photograph of 2 × 3 px; every pixel is called by its red.
    #[test]
    fn all_eight_ways_of_holding_a_camera_are_turned_upright() {
        #[track_caller]
        fn case(orientation: u8, expected: &str) {
            // As seen, row by row: `ab` `cd` `ef`. The file of each orientation is made by its
            // definition: where the first row and the first column of the file are on the picture.
            let seen = [b"ab", b"cd", b"ef"];
            let (rows, columns) = (3, 2);
            let is_turned = orientation >= 5;
            let (high, wide) = if is_turned {
                (columns, rows)
            } else {
                (rows, columns)
            };
            let mut pixels = Vec::new();
            for row in 0..high {
                for column in 0..wide {
                    let (along_row, along_column) = if is_turned {
                        (column, row)
                    } else {
                        (row, column)
                    };
                    // 2, 3, 6, 7: the first column of the file is at the right; 3, 4, 7, 8: below.
                    let is_right = matches!(orientation, 2 | 3 | 6 | 7);
                    let is_below = matches!(orientation, 3 | 4 | 7 | 8);
                    let y = if is_below {
                        rows - 1 - along_row
                    } else {
                        along_row
                    };
                    let x = if is_right {
                        columns - 1 - along_column
                    } else {
                        along_column
                    };
                    pixels.extend([seen[y][x], 0, 0]);
                }
            }
            let photo = Photo {
                width: wide as u32,
                height: high as u32,
                pixels,
            };
            let turned = upright(photo, orientation);
            assert_eq!((turned.width, turned.height), (2, 3), "{orientation}");
            let letters: String = turned
                .pixels
                .chunks(3)
                .map(|it| char::from(it[0]))
                .collect();
            assert_eq!(letters, expected, "{orientation}");
        }
        for orientation in 1..=8 {
            case(orientation, "abcdef");
        }
    }
}
