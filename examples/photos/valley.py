"""Paints examples/photos/valley.jpg: a valley at dawn, so that no photograph of anybody is needed.

    pip install numpy pillow
    python3 examples/photos/valley.py examples/photos/valley.jpg
"""

import sys

import numpy
from PIL import Image

WIDTH, HEIGHT = 1800, 1500
SUN = (0.63, 0.36)
# Of each ridge: where it stands, how high it rises, its colour.
RIDGES = [
    (0.44, 0.050, (0.60, 0.50, 0.47)),
    (0.52, 0.050, (0.45, 0.40, 0.43)),
    (0.62, 0.060, (0.29, 0.30, 0.37)),
    (0.75, 0.055, (0.16, 0.20, 0.28)),
    (0.90, 0.040, (0.08, 0.11, 0.17)),
]

y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
u, v = x / WIDTH, y / HEIGHT
haze = (1.0 - v * 1.9).clip(0, 1)[..., None]
picture = numpy.array([0.97, 0.80, 0.58]) - haze * numpy.array([0.52, 0.34, 0.02])
distance = ((u - SUN[0]) * WIDTH / HEIGHT) ** 2 + (v - SUN[1]) ** 2
picture = picture + 0.30 * numpy.exp(-distance / 0.06)[..., None] * numpy.array([1.0, 0.8, 0.5])
picture = picture + numpy.exp(-distance / 0.0022)[..., None] * numpy.array([0.9, 0.9, 0.8])
for number, (base, rise, colour) in enumerate(RIDGES):
    along = u[0] * 2 * numpy.pi
    line = base + rise / 1.8 * (
        numpy.sin(along * (1.1 + number * 0.6) + number * 2.1)
        + 0.5 * numpy.sin(along * (2.9 + number) + number * 5.3)
        + 0.22 * numpy.sin(along * (8.0 + number * 2.0) + number)
    )
    light = 1.0 + 0.30 * (1.0 - ((v - line[None, :]) / 0.2).clip(0, 1))[..., None]
    ridge = (v > line[None, :])[..., None]
    picture = numpy.where(ridge, numpy.array(colour) * light, picture)
grain = numpy.random.default_rng(7).normal(0, 0.006, picture.shape[:2])[..., None]
pixels = ((picture + grain).clip(0, 1) * 255).astype("uint8")
Image.fromarray(pixels).save(sys.argv[1], quality=78, optimize=True, progressive=True)
