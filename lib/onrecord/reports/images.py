"""Charts as small images for a page that contains many of them."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import NamedTuple

from PIL import Image

# Chosen by eye: text is sharp on dense screens and the shades of a grid stay apart.
_WIDTH = 1400  # pixels, for a column of about 740
_COLOURS = 64


class Picture(NamedTuple):
    """An image in a page: its data in base64, and its size in pixels."""

    data: str
    width: int
    height: int


def compact(png: bytes) -> Picture:
    """Return a PNG with at most 1,400 pixels in width and 64 colours."""
    with Image.open(BytesIO(png)) as image:
        flat = Image.new("RGB", image.size, "white")
        flat.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    if flat.width > _WIDTH:
        height = round(flat.height * _WIDTH / flat.width)
        flat = flat.resize((_WIDTH, height), Image.Resampling.LANCZOS)
    small = flat.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = BytesIO()
    small.save(file, "PNG")
    return Picture(base64.b64encode(file.getvalue()).decode(), *flat.size)
