"""Train the kinds of quoted spans, and write the weights as CSV with a card.

    python -m training.train_quoted_kinds POLNEAR/train --out lib/onrecord/models

PolNeAR says which quoted spans are attributed content: these are quotations. A span outside all contents is
of one of the four other kinds, and which one is not known: the model's own division counts, in turns of
division and fit. The kinds themselves come from lib/training/quoted_spans.csv: sentences written for this
purpose. Four folds by article give honest figures, printed and kept in the card. Same input, same model.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import optimize, sparse

from onrecord.attributions.quoted_kinds import KINDS, span_features
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from training.polnear import read_polnear

LEAST = 6  # articles or sentences in which a feature occurs
L2 = 2.0
INVENTED_WEIGHT = 6.0  # an invented sentence counts as so many spans of PolNeAR
SMALL, LARGE = (0.75, 0.02, 0.03, 0.2), (0.25, 0.6, 0.1, 0.05)  # scare, title, nickname, term
ROUNDS = 2  # divisions of the spans of unknown kind
FOLDS = 4
INVENTED = Path(__file__).with_name("quoted_spans.csv")


class Example(NamedTuple):
    """One quoted span: its features, its kind and its group for the folds.

    The kind is None for any but a quotation.
    """

    features: list[str]
    kind: str | None
    group: int
    weight: float


def of_polnear(folder: Path) -> list[Example]:
    """Quoted spans of PolNeAR: quotation inside a content, unknown outside."""
    lists = load_lists()
    found = []
    for number, annotated in enumerate(read_polnear(folder)):
        article = read_article(annotated.text)
        contents = [span for gold in annotated.attributions for span in gold.content]
        for quoted in article.quoted_spans:
            span = (quoted.start, quoted.end)
            words = article.text[slice(*span)].split()
            if (
                article.in_boilerplate(quoted.start)
                or "=" in article.text[max(0, quoted.start - 1) : quoted.start]
            ):
                continue
            covered = sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in contents)
            inside = covered > 0.8 * (span[1] - span[0])
            if not inside and (covered or len(words) > 9):
                continue  # a long span that nobody annotated is a quotation that was overlooked
            found.append(
                Example(span_features(article, span, lists), "quotation" if inside else None, number, 1.0)
            )
    return found


def invented() -> list[Example]:
    """Spans of the sentences that were written for this purpose."""
    lists = load_lists()
    found = []
    with INVENTED.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            text = row["sentence"].replace("⟦", "“").replace("⟧", "”")
            article = read_article(text)
            for quoted in article.quoted_spans:
                features = span_features(article, (quoted.start, quoted.end), lists)
                found.append(Example(features, row["kind"], number, INVENTED_WEIGHT))
    return found


def fit(examples: list[Example]) -> dict[str, np.ndarray]:
    """Weights of each feature for KINDS."""
    counts = Counter(feature for example in examples for feature in set(example.features))
    names = {name: i for i, name in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
    rows = [(i, names[f]) for i, example in enumerate(examples) for f in example.features if f in names]
    at, columns = np.array(rows).T
    x = sparse.csr_matrix((np.ones(len(at)), (at, columns)), (len(examples), len(names)))
    known = np.array([KINDS.index(example.kind) if example.kind else -1 for example in examples])
    weight = np.array([example.weight for example in examples])
    target = np.zeros((len(examples), len(KINDS)))
    target[known >= 0, known[known >= 0]] = 1
    for i in np.flatnonzero(known < 0):  # to begin with: titles have capitals, terms have none
        target[i, 1:] = SMALL if "look=none" in examples[i].features else LARGE
    coefficients = np.zeros((len(names), len(KINDS)))
    for _ in range(ROUNDS):
        coefficients = _minimise(x, target, weight, coefficients)
        divided = _softmax(x @ coefficients)[:, 1:]
        target[known < 0, 1:] = (divided / divided.sum(axis=1, keepdims=True))[known < 0]
    return {name: coefficients[i] for name, i in names.items()}


def _minimise(x: sparse.csr_matrix, target: np.ndarray, weight: np.ndarray, start: np.ndarray) -> np.ndarray:
    shape = start.shape

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(shape)
        p = _softmax(x @ w)
        value = -(weight[:, None] * target * np.log(p + 1e-12)).sum() + 0.5 * L2 * (w**2).sum()
        return value, (x.T @ (weight[:, None] * (p - target)) + L2 * w).ravel()

    return optimize.minimize(
        loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    ).x.reshape(shape)


def _softmax(scores: np.ndarray) -> np.ndarray:
    out = np.exp(scores - scores.max(axis=1, keepdims=True))
    return out / out.sum(axis=1, keepdims=True)


def predict(weights: dict[str, np.ndarray], example: Example) -> np.ndarray:
    """Probabilities of KINDS."""
    score = sum((weights[f] for f in example.features if f in weights), np.zeros(len(KINDS)))
    return _softmax(score[None])[0]


def evaluate(polnear: list[Example], own: list[Example]) -> str:
    """Table of four folds.

    Each span is judged by a model that did not see its article or sentence.
    """
    hits: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        train = [e for e in (*polnear, *own) if e.group % FOLDS != fold]
        weights = fit(train)
        for source, examples in (("PolNeAR", polnear), ("invented", own)):
            for e in examples:
                if e.group % FOLDS == fold:
                    best = KINDS[int(predict(weights, e).argmax())]
                    gold = e.kind or "another kind"
                    right = best != "quotation" if e.kind is None else best == e.kind
                    hits[f"{source} | {gold}", "all"] += 1
                    hits[f"{source} | {gold}", "right"] += right
    lines = ["| spans of | kind | right | all |", "|---|---|---:|---:|"]
    for key in sorted({key for key, _ in hits}):
        lines.append(f"| {key} | {hits[key, 'right']} | {hits[key, 'all']} |")
    return "\n".join(lines)


def main() -> None:
    """Train, evaluate on folds, write the weights and the card."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("polnear", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    polnear, own = of_polnear(options.polnear), invented()
    table = evaluate(polnear, own)
    print(table)
    weights = fit([*polnear, *own])
    with (options.out / "quoted_spans.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feature", *KINDS])
        writer.writerows([name, *(f"{value:.3f}" for value in row)] for name, row in sorted(weights.items()))
    card = Path(__file__).with_name("quoted_spans_card.md").read_text(encoding="utf-8")
    n_quoted = sum(e.kind is not None for e in polnear)
    (options.out / "quoted_spans.md").write_text(
        card.format(table=table, n_quoted=n_quoted, n_other=len(polnear) - n_quoted, n_own=len(own)),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
