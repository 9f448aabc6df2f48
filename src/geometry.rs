//! Lengths that do not add up by accident, and rectangles on the artboard.
//!
//! An artboard is measured in [`Px`], y downwards. Type is measured in [`Em`] until its size is
//! known: one shaped paragraph then holds at every size the fitter tries.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

macro_rules! length {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(pub f64);

        impl $name {
            /// No length at all.
            pub const ZERO: Self = Self(0.0);

            /// The larger of the two.
            #[must_use]
            pub fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }

            /// The smaller of the two.
            #[must_use]
            pub fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl Mul<f64> for $name {
            type Output = Self;
            fn mul(self, factor: f64) -> Self {
                Self(self.0 * factor)
            }
        }

        impl Div<f64> for $name {
            type Output = Self;
            fn div(self, divisor: f64) -> Self {
                Self(self.0 / divisor)
            }
        }

        /// How many times the other fits into this.
        impl Div for $name {
            type Output = f64;
            fn div(self, other: Self) -> f64 {
                self.0 / other.0
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                Self(items.map(|item| item.0).sum())
            }
        }
    };
}

length!(
    /// A length on the artboard, in its own pixels (user units of the template).
    Px
);
length!(
    /// A length relative to the size of the type.
    Em
);

impl Em {
    /// This length in type of the given size.
    #[must_use]
    pub fn at(self, size: Px) -> Px {
        Px(self.0 * size.0)
    }
}

/// A rectangle: `left <= right`, `top <= bottom`, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// x of the left edge.
    pub left: Px,
    /// y of the upper edge.
    pub top: Px,
    /// x of the right edge.
    pub right: Px,
    /// y of the lower edge.
    pub bottom: Px,
}

impl Rect {
    /// From the numbers an SVG `<rect>` has.
    #[must_use]
    pub fn from_xywh(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            left: Px(x),
            top: Px(y),
            right: Px(x + width),
            bottom: Px(y + height),
        }
    }

    /// Distance between the left and right edges.
    #[must_use]
    pub fn width(&self) -> Px {
        self.right - self.left
    }

    /// Distance between the upper and lower edges.
    #[must_use]
    pub fn height(&self) -> Px {
        self.bottom - self.top
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether the other lies inside, give or take `tolerance` on every side.
    #[must_use]
    pub fn contains(&self, other: &Self, tolerance: Px) -> bool {
        other.left.0 >= self.left.0 - tolerance.0
            && other.top.0 >= self.top.0 - tolerance.0
            && other.right.0 <= self.right.0 + tolerance.0
            && other.bottom.0 <= self.bottom.0 + tolerance.0
    }

    /// Moved by the given distances.
    #[must_use]
    pub fn shifted(&self, x: Px, y: Px) -> Self {
        Self {
            left: self.left + x,
            top: self.top + y,
            right: self.right + x,
            bottom: self.bottom + y,
        }
    }
}
