"""Networks: who is quoted together with whom."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from onrecord.charts.frame import GREY, INK, LABEL_PT, PALE, by_width, chart
from onrecord.charts.labels import moved_apart, text_size, write_around
from onrecord.charts.words import shortened

# Sizes and weights, chosen by eye on the sample corpus and on random graphs of up to 400 names.
_MOST_NAMES = (24, 12)  # page, column
_LEAST_RADIUS, _RADIUS = 2.5, 5.5  # of a dot, in points: least, and what the most articles add
_LEAST_LINE, _LINE = 0.6, 2.4  # width of a tie, likewise
_AROUND = ((0, -1), (0, 1), (1, 0), (-1, 0))  # where a name is tried: below its dot first
_MARGIN_PT = 6  # between two names
_SHARED = 0.7  # the room above one dot may be that below another
_WEAK_TIE = 0.12  # between names that are never quoted together, so that groups stay in sight


def plot_network(
    pairs: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Network of speakers: a dot per name, a line per pair quoted in the same article.

    `pairs` is the table of count_co_quoted: name_a, name_b, n_articles (with both), n_articles_a and
    n_articles_b. Dots are larger with more articles, lines thicker. Of more than 24 names (12 in a
    newspaper column) those with most articles are drawn, without names that no line connects with another
    of them; the subtitle says so. The same table gives the same picture.

    >>> pairs = onrecord.count_co_quoted(analysis)
    >>> ax = onrecord.plot_network(pairs, title="Two politicians are quoted together")
    >>> sorted(text.get_text() for text in ax.texts)
    ['Mara Lind', 'Tomas Verrick']
    """
    sizes = pd.concat([pairs.set_index("name_a")["n_articles_a"], pairs.set_index("name_b")["n_articles_b"]])
    sizes = sizes[~sizes.index.duplicated()].sort_values(ascending=False, kind="stable")
    n_names, sizes = len(sizes), _most_tied(pairs, sizes, by_width(width_cm, *_MOST_NAMES))
    note = f"; {len(sizes)} of {n_names:,} names: those with most articles" if len(sizes) < n_names else ""
    shown = pairs[pairs["name_a"].isin(sizes.index) & pairs["name_b"].isin(sizes.index)]
    subtitle = subtitle or (
        "Dots: names, larger with more articles; lines: quoted in the same article, "
        f"thicker for more articles{note}"
    )
    with chart("network", title, subtitle, width_cm, by_width(width_cm, 19, 17) / 2) as ax:
        ax.set(xlim=(-1.25, 1.25), ylim=(-1.12, 1.12), xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
        graph = nx.Graph()
        graph.add_nodes_from(sizes.index)
        graph.add_weighted_edges_from(zip(shown["name_a"], shown["name_b"], shown["n_articles"], strict=True))
        names = [shortened(name, by_width(width_cm, 20, 16)) for name in sizes.index]
        radii = _LEAST_RADIUS + _RADIUS * np.sqrt(sizes.to_numpy(dtype=float) / max([*sizes, 1]))
        points = moved_apart(_layout(graph), _room(ax, names, radii), np.array([1.25, 1.12]))
        point_of = dict(zip(graph, points, strict=True))
        top = max([*shown["n_articles"], 1])
        for a, b, weight in graph.edges(data="weight"):
            ends = np.array([point_of[a], point_of[b]])
            width = _LEAST_LINE + _LINE * weight / top
            ax.plot(ends[:, 0], ends[:, 1], color=PALE, linewidth=width, zorder=1)
        ax.scatter(points[:, 0], points[:, 1], s=(2 * radii) ** 2, color=GREY, edgecolor=INK, zorder=2)
        write_around(ax, points, names, radii, _AROUND)
    return ax


def _most_tied(pairs: pd.DataFrame, sizes: pd.Series, most: int) -> pd.Series:
    """The `most` names with most articles of those that have a tie to another of them."""
    chosen = sizes.head(most)
    while True:
        is_shown = pairs["name_a"].isin(chosen.index) & pairs["name_b"].isin(chosen.index)
        tied = {*pairs.loc[is_shown, "name_a"], *pairs.loc[is_shown, "name_b"]}
        if len(tied) == len(chosen) or not tied:
            return chosen
        sizes = sizes[sizes.index.isin(tied) | ~sizes.index.isin(chosen.index)]
        chosen = sizes.head(most)


def _room(ax: Axes, names: list[str], radii: np.ndarray) -> np.ndarray:
    """Width and height that a dot with its name below takes, in the units of the plot."""
    figure = ax.get_figure(root=True)
    if figure is None:
        return np.zeros((len(names), 2))
    figure.draw_without_rendering()
    box, scale = ax.get_window_extent(), figure.dpi / 72
    unit = np.array([2.5 / box.width, 2.24 / box.height]) * scale
    texts = np.array([text_size(name, LABEL_PT) for name in names]).reshape(-1, 2)
    # The name is below the dot, so the room above it is as high, to keep the dot in the middle.
    wide = np.maximum(texts[:, 0], 2 * radii) + _MARGIN_PT
    high = 2 * (radii + texts[:, 1]) + _MARGIN_PT
    return np.column_stack([wide, high * _SHARED]) * unit


def _layout(graph: nx.Graph) -> np.ndarray:
    """A point between -1 and 1 for each node, no two of them near.

    The points are in the order of the graph.
    """
    if not graph:
        return np.empty((0, 2))
    nodes = list(graph)
    if len(nodes) == 1:
        return np.zeros((1, 2))
    # Groups without a tie between them would be driven out of sight: weak ties keep them together.
    tied = graph.copy()
    tied.add_weighted_edges_from(
        (a, b, _WEAK_TIE) for i, a in enumerate(nodes) for b in nodes[i + 1 :] if not graph.has_edge(a, b)
    )
    distances = nx.Graph([(a, b, {"far": 1 / w**0.5}) for a, b, w in tied.edges(data="weight")])
    points = nx.kamada_kawai_layout(distances, weight="far")
    return np.array([points[name] for name in nodes], dtype=float)
