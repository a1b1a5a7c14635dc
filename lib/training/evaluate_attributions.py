"""Score the shipped models on a folder in PolNeAR's form.

    python -m training.evaluate_attributions FOLDER

Prints agreement by form and outlet, and how often an attribution is right by its probability.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import pandas as pd

from onrecord.attributions.pipeline import find_attributions
from onrecord.evaluation import scoring as accuracy
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from training.polnear import read_polnear
from training.train_attributions import as_attributions

BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with text/ and attributions/")
    options = parser.parse_args()
    items = read_polnear(options.folder)
    articles = [read_article(item.text) for item in items]
    total: dict[str, Counter] = {}
    stated = []
    for item, article, found in zip(items, articles, find_attributions(articles, load_lists()), strict=True):
        gold = as_attributions(article, item)
        found = [a for a in found if not overlaps(a.content, item.discard)]
        counts = accuracy.count_agreement(item.text, gold, found)
        for name in ("all", item.name.split("_")[0]):
            total.setdefault(name, Counter()).update(counts)
        covered = {i for a in gold for start, end in a.content for i in range(start, end)}
        for a in found:
            positions = [i for start, end in a.content for i in range(start, end) if item.text[i].isalnum()]
            stated.append((a.probability, 2 * sum(i in covered for i in positions) >= len(positions)))
    for name, counts in total.items():
        print(name, accuracy.agreement_table(counts).round(1).to_string(index=False), "", sep="\n")
    frame = pd.DataFrame(stated, columns=["probability", "right"])
    grouped = frame.groupby(pd.cut(frame["probability"], BINS, right=False), observed=True)
    print(grouped.agg(n=("right", "size"), stated=("probability", "mean"), right=("right", "mean")).round(3))


def overlaps(content: list[tuple[int, int]], spans: list[tuple[int, int]]) -> bool:
    """Whether a span of one list shares a character with a span of the other."""
    return any(start < last and first < end for start, end in content for first, last in spans)


if __name__ == "__main__":
    main()
