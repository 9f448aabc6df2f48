//! tmp
use super::Platform;
use crate::error::Result;
use crate::geometry::Rect;
pub fn built_in() -> Result<Vec<Platform>> {
    let p = |id: &str, w: u32, h: u32, a: &str| Platform {
        id: id.into(),
        name: id.into(),
        width: w,
        height: h,
        artboard: a.into(),
        safe_area: Rect::from_xywh(0.0, 0.0, f64::from(w), f64::from(h)),
        max_bytes: None,
        max_alt: None,
        source: String::new(),
        as_of: String::new(),
    };
    Ok(vec![
        p("og", 1200, 630, "landscape"),
        p("square", 1080, 1080, "square"),
        p("portrait", 1080, 1350, "portrait"),
        p("story", 1080, 1920, "story"),
    ])
}
