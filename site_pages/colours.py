"""A site's accent colour, shaded until it can be read: WCAG 2.2, contrast (minimum) and non-text contrast."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass

_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
#: The papers of the design's light and dark modes, with the shade behind boxes on each, as tokens.css has them.
LIGHT_PAPERS = ("#ffffff", "#f4f2ed")
DARK_PAPERS = ("#12181b", "#1b2327")
#: 4.5 is what the guidelines ask of text; a little more leaves room for a browser's rounding.
MIN_CONTRAST = 4.6


@dataclass(frozen=True)
class Colour:
    """An sRGB colour."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> Colour:
        """Read ``#005a70`` or ``005a70``. Raises ``ValueError`` for anything else."""
        match = _HEX.fullmatch(text)
        if match is None:
            raise ValueError("A colour is written as # and six hexadecimal digits.")
        digits = match.group(1)
        return cls(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """The relative luminance of WCAG: 0 for black, 1 for white."""

        def linear(channel: int) -> float:
            share = channel / 255
            return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

        return 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)

    def contrast(self, other: Colour) -> float:
        """The contrast ratio of WCAG, from 1 to 21."""
        lighter, darker = sorted((self.luminance, other.luminance), reverse=True)
        return (lighter + 0.05) / (darker + 0.05)

    def at_lightness(self, lightness: float) -> Colour:
        """The same hue and saturation at another lightness, from 0 to 1."""
        hue, _lightness, saturation = colorsys.rgb_to_hls(self.red / 255, self.green / 255, self.blue / 255)
        return Colour(*(round(channel * 255) for channel in colorsys.hls_to_rgb(hue, lightness, saturation)))

    def readable_on(self, papers: tuple[str, ...], *, darker: bool) -> Colour:
        """This colour, made darker or lighter only as far as it takes to be read on all of ``papers``."""
        backgrounds = [Colour.parse(paper) for paper in papers]
        lightness = colorsys.rgb_to_hls(self.red / 255, self.green / 255, self.blue / 255)[1]
        colour = self
        while any(colour.contrast(background) < MIN_CONTRAST for background in backgrounds):
            lightness += -0.01 if darker else 0.01
            colour = self.at_lightness(min(max(lightness, 0.0), 1.0))
        return colour


def theme(accent: Colour) -> str:
    """Return the style sheet that puts an accent colour into the design, readable in light and in dark."""
    light = accent.readable_on(LIGHT_PAPERS, darker=True)
    dark = accent.readable_on(DARK_PAPERS, darker=False)
    on_dark = max((Colour.parse(ink) for ink in ("#000000", "#ffffff")), key=dark.contrast)
    return (
        "@layer partnerships.tokens, partnerships.base;\n"
        "@layer partnerships.tokens {\n"
        "  :root {\n"
        f"    --p-accent: light-dark({light}, {dark});\n"
        f"    --p-on-accent: light-dark(#ffffff, {on_dark});\n"
        "  }\n"
        "}\n"
    )
