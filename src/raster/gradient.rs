//! Gradients as resvg gives them to tiny-skia.

use tiny_skia::{Color, GradientStop, LinearGradient, RadialGradient, Shader, SpreadMode};
use usvg::{BaseGradient, Opacity, SpreadMethod};

/// A gradient along a line; `None` if it draws nothing.
pub fn linear(gradient: &usvg::LinearGradient, opacity: Opacity) -> Option<Shader<'_>> {
    LinearGradient::new(
        (gradient.x1(), gradient.y1()).into(),
        (gradient.x2(), gradient.y2()).into(),
        stops(gradient, opacity),
        mode(gradient),
        gradient.transform(),
    )
}

/// A gradient around a point; `None` if it draws nothing.
pub fn radial(gradient: &usvg::RadialGradient, opacity: Opacity) -> Option<Shader<'_>> {
    RadialGradient::new(
        (gradient.fx(), gradient.fy()).into(),
        gradient.fr().get(),
        (gradient.cx(), gradient.cy()).into(),
        gradient.r().get(),
        stops(gradient, opacity),
        mode(gradient),
        gradient.transform(),
    )
}

fn stops(gradient: &BaseGradient, opacity: Opacity) -> Vec<GradientStop> {
    let stop = |stop: &usvg::Stop| {
        let alpha = stop.opacity() * opacity;
        let colour = stop.color();
        let colour = Color::from_rgba8(colour.red, colour.green, colour.blue, alpha.to_u8());
        GradientStop::new(stop.offset().get(), colour)
    };
    gradient.stops().iter().map(stop).collect()
}

fn mode(gradient: &BaseGradient) -> SpreadMode {
    match gradient.spread_method() {
        SpreadMethod::Pad => SpreadMode::Pad,
        SpreadMethod::Reflect => SpreadMode::Reflect,
        SpreadMethod::Repeat => SpreadMode::Repeat,
    }
}
