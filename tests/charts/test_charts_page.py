"""Every kind of chart on the page: at 8 and at 16 cm no text meets another or leaves the page."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text

from chart_kinds import KINDS, NAMES, draw


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def visible_texts(figure):
    found = list(figure.texts)
    for ax in figure.axes:
        if not ax.get_visible():
            continue
        found += [*ax.texts, ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label]
        for axis, (low, high) in ((ax.xaxis, sorted(ax.get_xlim())), (ax.yaxis, sorted(ax.get_ylim()))):
            if axis.get_visible():
                ticks = zip(axis.get_ticklocs(), axis.get_majorticklabels(), strict=False)
                found += [label for at, label in ticks if low - 1e-9 <= at <= high + 1e-9]
        found += ax.get_legend().get_texts() if ax.get_legend() else []
    return [text for text in found if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("case", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_text_meets_another_or_leaves_the_page(kind, case):
    for width_cm in (8, 16):
        figure = draw(kind, case, width_cm)[0].figure
        assert figure.get_size_inches()[0] == pytest.approx(width_cm / 2.54)
        figure.canvas.draw()
        texts = visible_texts(figure)
        boxes = np.array([Text.get_window_extent(text).extents for text in texts])
        page = figure.bbox
        for text, box in zip(texts, boxes, strict=True):
            inside = box[0] >= page.x0 - 1 and box[2] <= page.x1 + 1
            assert inside and box[1] >= page.y0 - 1 and box[3] <= page.y1 + 1, (width_cm, text.get_text())
        for number, box in enumerate(boxes):
            rest = boxes[number + 1 :]
            meets = (rest[:, :2] < box[2:] - 1).all(axis=1) & (rest[:, 2:] > box[:2] + 1).all(axis=1)
            both = [
                texts[number].get_text(),
                *(texts[number + 1 + at].get_text() for at in np.flatnonzero(meets)),
            ]
            assert len(both) == 1, (width_cm, both)
