"""Networks: who is quoted together with whom."""

from __future__ import annotations

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from onrecord.charts.frame import GREY, INK, PALE, STYLE, chart_axes, write_around
from onrecord.charts.rows import shortened

SEED = 20230807


def plot_network(
    pairs: pd.DataFrame, *, title: str, subtitle: str | None = None, width_cm: float = 16
) -> Axes:
    """Draw one dot a name, as large as it has articles, and a line between names quoted in one article.

    `pairs` has name_a, name_b, n_articles (with both), n_articles_a and n_articles_b. Names of most
    articles are drawn, 24 of them or 12 in a newspaper column, and the subtitle says of how many. The
    same table gives the same picture.
    """
    sizes = pd.concat([pairs.set_index("name_a")["n_articles_a"], pairs.set_index("name_b")["n_articles_b"]])
    sizes = sizes[~sizes.index.duplicated()].sort_values(ascending=False, kind="stable")
    most = 24 if width_cm >= 12 else 12
    note = f"; the {most} names with most articles of {len(sizes):,}" if len(sizes) > most else ""
    sizes = sizes.head(most)
    shown = pairs[pairs["name_a"].isin(sizes.index) & pairs["name_b"].isin(sizes.index)]
    subtitle = subtitle or (
        "Dots: names, larger with more articles; lines: quoted in the same article, "
        f"thicker for more articles{note}"
    )
    ax = chart_axes(title, subtitle, width_cm, 9.5 if width_cm >= 12 else 8.5)
    ax.set_label("network")
    with plt.style.context(STYLE):
        ax.set(xlim=(-1.25, 1.25), ylim=(-1.12, 1.12), xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
        graph = nx.Graph()
        graph.add_nodes_from(sizes.index)
        graph.add_weighted_edges_from(zip(shown["name_a"], shown["name_b"], shown["n_articles"], strict=True))
        points = _places(graph)
        place = dict(zip(graph, points, strict=True))
        top = max([*shown["n_articles"], 1])
        for a, b, weight in graph.edges(data="weight"):
            ends = np.array([place[a], place[b]])
            ax.plot(ends[:, 0], ends[:, 1], color=PALE, linewidth=0.6 + 2.4 * weight / top, zorder=1)
        radii = 2.5 + 5.5 * np.sqrt(sizes.to_numpy(dtype=float) / max([*sizes, 1]))
        ax.scatter(points[:, 0], points[:, 1], s=(2 * radii) ** 2, color=GREY, edgecolor=INK, zorder=2)
        room = 20 if width_cm >= 12 else 16
        write_around(ax, points, [shortened(name, room) for name in sizes.index], radii)
    return ax


def _places(graph: nx.Graph) -> np.ndarray:
    """Return a point between -1 and 1 for each node, in the order of the graph, no two of them near."""
    if not graph:
        return np.empty((0, 2))
    # Where groups do not meet, spring forces drive them out of sight: weak ties hold them together.
    held = graph.copy()
    nodes = list(graph)
    held.add_weighted_edges_from(
        (a, b, 0.12) for i, a in enumerate(nodes) for b in nodes[i + 1 :] if not graph.has_edge(a, b)
    )
    found = (
        nx.kamada_kawai_layout(
            nx.Graph([(a, b, {"far": 1 / w**0.5}) for a, b, w in held.edges(data="weight")]), weight="far"
        )
        if len(nodes) > 1
        else {nodes[0]: (0, 0)}
    )
    return np.array([found[name] for name in nodes], dtype=float)
