"""Draws the demo's pictures: flat Nordic landscapes, buildings, people without faces, and marks for logos.

Nothing is read from disk and nothing is random but by a fixed seed, so that the same picture comes out everywhere.
"""

from __future__ import annotations

import colorsys
import math
import random
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]

#: Drawn this much larger and then made smaller, which smooths the edges.
_OVERSAMPLING = 2


def colour(hue: float, saturation: float, lightness: float) -> Colour:
    """Make a colour of a hue in degrees and of saturation and lightness between 0 and 1."""
    red, green, blue = colorsys.hls_to_rgb(hue % 360 / 360, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def draw(drawing: str, **options: Any) -> Image.Image:
    """Draw the picture of that name.

    Raises:
        KeyError: if there is none.
    """
    return _DRAWINGS[drawing](**options)


class _Canvas:
    """A picture in the making, in the units of the finished one."""

    def __init__(self, width: int, height: int, background: Colour) -> None:
        self.width, self.height = width, height
        self._image = Image.new("RGB", (width * _OVERSAMPLING, height * _OVERSAMPLING), background)
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: list[Point], fill: Colour) -> None:
        self._draw.polygon([(x * _OVERSAMPLING, y * _OVERSAMPLING) for x, y in points], fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour, radius: float = 0) -> None:
        edges = tuple(edge * _OVERSAMPLING for edge in (left, top, right, bottom))
        self._draw.rounded_rectangle(edges, radius * _OVERSAMPLING, fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        edges = tuple(edge * _OVERSAMPLING for edge in (x - radius, y - radius, x + radius, y + radius))
        self._draw.ellipse(edges, fill)

    def hill(self, level: float, heights: list[tuple[float, float, float]], fill: Colour) -> None:
        """Draw a ridge: a level, and waves of (height, length, shift) on it."""
        ridge: list[Point] = []
        for x in range(0, self.width + 8, 8):
            wave = sum(height * math.sin(x / length + shift) for height, length, shift in heights)
            ridge.append((x, level - wave))
        self.polygon([*ridge, (self.width + 8, self.height), (0, self.height)], fill)

    def finished(self) -> Image.Image:
        return self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)


def landscape(hue: float = 200, seed: int = 1, width: int = 1600, height: int = 900) -> Image.Image:
    """A lake under a low sun, between ridges of forest."""
    chance = random.Random(seed)
    canvas = _Canvas(width, height, colour(hue, 0.45, 0.86))
    for step in range(40):
        top = height * 0.6 * step / 40
        canvas.box(0, top, width, top + height * 0.6 / 40 + 1, colour(hue - step * 3.2, 0.5, 0.84 - step * 0.001))
    canvas.disc(width * 0.72, height * 0.4, height * 0.09, colour(45, 0.9, 0.9))
    for layer in range(4):
        waves = [
            (
                height * (0.06 - layer * 0.01) * chance.uniform(0.6, 1),
                width / chance.uniform(9, 18),
                chance.uniform(0, 6),
            )
            for _ in range(3)
        ]
        canvas.hill(height * (0.44 + layer * 0.06), waves, colour(hue - 20 + layer * 4, 0.32, 0.62 - layer * 0.11))
    shore = height * 0.68
    canvas.box(0, shore, width, height, colour(hue, 0.38, 0.52))
    for line in range(26):
        y = shore + (line + 1) ** 1.45 * height * 0.0026
        x = width * chance.uniform(0.0, 0.9)
        canvas.box(
            x,
            y,
            x + width * chance.uniform(0.05, 0.3),
            y + 2 + line * 0.12,
            colour(hue - 8, 0.4, 0.6 + chance.uniform(-0.03, 0.08)),
            2,
        )
    for _ in range(34):
        x = chance.uniform(-0.05, 1.05) * width
        if 0.3 * width < x < 0.85 * width:
            continue
        tall = chance.uniform(0.16, 0.4) * height
        _spruce(canvas, x, height * 1.0, tall, colour(hue - 40, 0.35, chance.uniform(0.13, 0.22)))
    return canvas.finished()


def _spruce(canvas: _Canvas, x: float, ground: float, tall: float, fill: Colour) -> None:
    canvas.box(x - tall * 0.02, ground - tall * 0.2, x + tall * 0.02, ground, fill)
    for storey in range(4):
        base = ground - tall * (0.1 + 0.2 * storey)
        half = tall * (0.2 - 0.04 * storey)
        canvas.polygon([(x - half, base), (x + half, base), (x, base - tall * 0.34)], fill)


def building(hue: float = 10, seed: int = 1, width: int = 1600, height: int = 900) -> Image.Image:
    """A campus of brick and glass behind birches, with bicycles' worth of empty space before it."""
    chance = random.Random(seed)
    canvas = _Canvas(width, height, colour(205, 0.5, 0.88))
    canvas.disc(width * 0.16, height * 0.2, height * 0.07, colour(48, 0.85, 0.92))
    ground = height * 0.8
    left = width * 0.08
    for wing in range(3):
        wide = width * (0.24, 0.34, 0.22)[wing]
        tall = height * (0.36, 0.54, 0.3)[wing]
        top = ground - tall
        canvas.box(left, top, left + wide, ground, colour(hue + wing * 12, 0.42, 0.46 - wing * 0.05))
        canvas.box(left, top, left + wide, top + height * 0.015, colour(hue, 0.2, 0.25))
        storeys, columns = round(tall / (height * 0.12)), round(wide / (width * 0.035))
        for storey in range(storeys):
            for column in range(columns):
                x = left + wide * (column + 0.25) / columns
                y = top + height * 0.035 + (tall - height * 0.05) * storey / storeys
                lit = chance.random() < 0.3
                glass = colour(48, 0.8, 0.82) if lit else colour(210, 0.35, 0.72)
                canvas.box(x, y, x + wide * 0.5 / columns, y + tall * 0.55 / storeys, glass, 2)
        left += wide + width * 0.02
    canvas.box(0, ground, width, height, colour(95, 0.22, 0.62))
    canvas.polygon(
        [(width * 0.4, ground), (width * 0.48, ground), (width * 0.62, height), (width * 0.26, height)],
        colour(40, 0.2, 0.84),
    )
    for _ in range(7):
        x = chance.choice([chance.uniform(0, 0.3), chance.uniform(0.62, 1)]) * width
        _birch(canvas, x, ground + height * chance.uniform(0.04, 0.16), height * chance.uniform(0.3, 0.42), chance)
    return canvas.finished()


def _birch(canvas: _Canvas, x: float, ground: float, tall: float, chance: random.Random) -> None:
    canvas.box(x - 5, ground - tall, x + 5, ground, colour(40, 0.1, 0.94), 4)
    for mark in range(9):
        y = ground - tall * (0.08 + 0.09 * mark)
        canvas.box(x - 5, y, x - 5 + chance.uniform(4, 10), y + 3, colour(30, 0.1, 0.3))
    for _ in range(26):
        leaf = chance.uniform(0, 2 * math.pi)
        reach = tall * 0.2 * math.sqrt(chance.random())
        canvas.disc(
            x + reach * math.cos(leaf),
            ground - tall * 0.92 + reach * 1.25 * math.sin(leaf),
            tall * chance.uniform(0.05, 0.09),
            colour(80 + chance.uniform(-12, 16), 0.45, chance.uniform(0.4, 0.56)),
        )


def meeting(hue: float = 280, seed: int = 1, people: int = 5, width: int = 1600, height: int = 900) -> Image.Image:
    """People around a table, seen as simple shapes."""
    chance = random.Random(seed)
    canvas = _Canvas(width, height, colour(hue, 0.3, 0.9))
    for pane in range(4):
        left = width * (0.06 + pane * 0.23)
        canvas.box(left, height * 0.08, left + width * 0.19, height * 0.5, colour(200, 0.45, 0.82), 6)
        canvas.polygon(
            [
                (left, height * 0.5),
                (left, height * (0.36 + 0.04 * (pane % 2))),
                (left + width * 0.19, height * 0.4),
                (left + width * 0.19, height * 0.5),
            ],
            colour(130, 0.25, 0.62),
        )
    for person in range(people):
        x = width * (person + 0.5) / people + chance.uniform(-20, 20)
        dress = colour(hue + person * 67, 0.45, 0.45)
        skin = colour(chance.uniform(18, 34), 0.45, chance.uniform(0.4, 0.8))
        hair = colour(chance.uniform(15, 45), 0.4, chance.uniform(0.1, 0.6))
        canvas.box(x - width * 0.055, height * 0.52, x + width * 0.055, height * 0.9, dress, 60)
        canvas.disc(x, height * 0.42, height * 0.085, hair)
        canvas.disc(x, height * 0.44, height * 0.07, skin)
    canvas.box(width * 0.03, height * 0.72, width * 0.97, height * 0.79, colour(30, 0.35, 0.68), 10)
    canvas.box(width * 0.03, height * 0.79, width * 0.97, height, colour(28, 0.3, 0.55))
    for sheet in range(people):
        x = width * (sheet + 0.5) / people
        canvas.polygon(
            [(x - 60, height * 0.765), (x + 50, height * 0.765), (x + 66, height * 0.735), (x - 42, height * 0.735)],
            colour(0, 0, 0.98),
        )
    return canvas.finished()


def portrait(hue: float = 160, seed: int = 1, size: int = 600) -> Image.Image:
    """A person as a simple shape, for a contact's photo."""
    chance = random.Random(seed)
    canvas = _Canvas(size, size, colour(hue, 0.3, 0.85))
    hair = colour(chance.uniform(15, 45), 0.4, chance.uniform(0.12, 0.55))
    skin = colour(chance.uniform(18, 34), 0.45, chance.uniform(0.45, 0.8))
    canvas.disc(size * 0.5, size * 0.38, size * 0.21, hair)
    canvas.box(size * 0.3, size * 0.36, size * 0.7, size * 0.62, hair, size * 0.08)
    canvas.box(size * 0.2, size * 0.66, size * 0.8, size * 1.2, colour(hue + 40, 0.4, 0.38), size * 0.18)
    canvas.box(size * 0.43, size * 0.52, size * 0.57, size * 0.72, skin, size * 0.05)
    canvas.disc(size * 0.5, size * 0.42, size * 0.165, skin)
    return canvas.finished()


def mark(hue: float = 215, motif: str = "waves", size: int = 600) -> Image.Image:
    """A sign of one motif on white, for a partner's logo."""
    canvas = _Canvas(size, size, (255, 255, 255))
    dark, light = colour(hue, 0.6, 0.32), colour(hue, 0.55, 0.6)
    _MOTIFS[motif](canvas, size, dark, light)
    return canvas.finished()


def _waves(canvas: _Canvas, size: float, dark: Colour, light: Colour) -> None:
    for wave in range(3):
        level = size * (0.5 + wave * 0.14)
        top = [
            (size * (0.14 + 0.72 * step / 60), level + size * 0.04 * math.sin(step / 60 * 4 * math.pi))
            for step in range(61)
        ]
        canvas.polygon([*top, *[(x, y + size * 0.07) for x, y in reversed(top)]], light if wave % 2 else dark)
    points = [(0.3, 0.38), (0.27, 0.18), (0.39, 0.28), (0.5, 0.12), (0.61, 0.28), (0.73, 0.18), (0.7, 0.38)]
    canvas.polygon([(x * size, y * size) for x, y in points], dark)


def _ring(canvas: _Canvas, size: float, dark: Colour, light: Colour) -> None:
    for spot in range(8):
        angle = spot * math.pi / 4
        canvas.disc(
            size * (0.5 + 0.32 * math.cos(angle)),
            size * (0.5 + 0.32 * math.sin(angle)),
            size * 0.09,
            dark if spot % 2 else light,
        )
    canvas.disc(size * 0.5, size * 0.5, size * 0.12, dark)


def _arch(canvas: _Canvas, size: float, dark: Colour, light: Colour) -> None:
    for step, fill in enumerate((dark, light, dark, (255, 255, 255))):
        reach = size * (0.36 - step * 0.08)
        canvas.disc(size * 0.5, size * 0.5, reach, fill)
        canvas.box(size * 0.5 - reach, size * 0.5, size * 0.5 + reach, size * 0.8, fill)
    canvas.box(0, size * 0.8, size, size, (255, 255, 255))


def _gear(canvas: _Canvas, size: float, dark: Colour, light: Colour) -> None:
    for tooth in range(12):
        angle = tooth * math.pi / 6
        reach = [(0.40, -0.09), (0.40, 0.09), (0.26, 0.14), (0.26, -0.14)]
        canvas.polygon(
            [(size * (0.5 + r * math.cos(angle + a)), size * (0.5 + r * math.sin(angle + a))) for r, a in reach], dark
        )
    canvas.disc(size * 0.5, size * 0.5, size * 0.32, dark)
    canvas.disc(size * 0.5, size * 0.5, size * 0.2, (255, 255, 255))
    canvas.disc(size * 0.5, size * 0.5, size * 0.1, light)


def _leaf(canvas: _Canvas, size: float, dark: Colour, light: Colour) -> None:
    for side, fill in ((1, dark), (-1, light)):
        edge = [
            (size * (0.5 + side * 0.26 * math.sin(math.pi * step / 40)), size * (0.12 + 0.7 * step / 40))
            for step in range(41)
        ]
        canvas.polygon([*edge, (size * 0.5, size * 0.12)], fill)
    canvas.box(size * 0.488, size * 0.3, size * 0.512, size * 0.9, (255, 255, 255))


def _book(canvas: _Canvas, size: float, dark: Colour, light: Colour) -> None:
    canvas.polygon([(size * x, size * y) for x, y in ((0.1, 0.3), (0.49, 0.38), (0.49, 0.8), (0.1, 0.72))], dark)
    canvas.polygon([(size * x, size * y) for x, y in ((0.9, 0.3), (0.51, 0.38), (0.51, 0.8), (0.9, 0.72))], light)
    canvas.disc(size * 0.5, size * 0.2, size * 0.08, dark)


def _bolt(canvas: _Canvas, size: float, dark: Colour, light: Colour) -> None:
    canvas.disc(size * 0.5, size * 0.5, size * 0.4, light)
    canvas.polygon(
        [
            (size * x, size * y)
            for x, y in ((0.58, 0.16), (0.3, 0.56), (0.48, 0.56), (0.42, 0.84), (0.7, 0.44), (0.52, 0.44))
        ],
        dark,
    )


_MOTIFS: dict[str, Callable[[_Canvas, float, Colour, Colour], None]] = {
    "waves": _waves,
    "ring": _ring,
    "arch": _arch,
    "gear": _gear,
    "leaf": _leaf,
    "book": _book,
    "bolt": _bolt,
}
_DRAWINGS: dict[str, Callable[..., Image.Image]] = {
    "landscape": landscape,
    "building": building,
    "meeting": meeting,
    "portrait": portrait,
    "mark": mark,
}
