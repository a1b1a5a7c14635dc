"""Train the model of name types on unlabelled news, and write it as plain arrays.

    python -m training.train_name_types FOLDER... --labels LABELS --leave-out dev.jsonl... \\
        --out lib/onrecord/models/name_types.npz

Each FOLDER contains news that `onrecord.read_documents` can read. The teacher's labels are written into the
folder LABELS once (about eight minutes for three million words) and read from there afterwards (training
takes about three minutes). Articles that occur in a file of `--leave-out` are left out. Every tenth article
is held out from training; the agreement with the teacher on it is printed. Same input, same model.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import optimize, sparse

import onrecord
from onrecord.mentions.name_features import (
    CLASSES,
    MENTION_POWER,
    Names,
    Vocabulary,
    context_columns,
    n_context_columns,
    name_strings,
    word_kinds,
)
from onrecord.mentions.name_runs import cut_to_pair, read_runs
from onrecord.mentions.name_types import TYPES, collect_names
from onrecord.text.tokens import Article, read_article
from onrecord.wordlists import load_lists
from training.invented_names import invented_organisation, invented_person
from training.name_labels import correct, label_documents, smooth, votes

N_VOCABULARY, N_ENDINGS, MIN_COUNT, MIN_ARTICLES = 9_000, 400, 12, 4
L2 = 1e-5
N_ITERATIONS = 150
_PERSON, _ORGANISATION, _PLACE = range(3)


SURNAME_NOUNS = 0.1  # share of the invented persons whose last name is a common word
_NO_SURNAME = ("s", "ing", "ed", "ly", "ion")


class Labelled(NamedTuple):
    """One article with the teacher's votes."""

    article: Article
    names: Names
    flags: list[tuple[str, ...]]
    target: np.ndarray  # names x types, rows sum to 1
    sure: np.ndarray  # weight of each name


class Features(NamedTuple):
    """Features that a model knows.

    Words of the windows, how often news writes a word in lower case, features of names.
    """

    vocabulary: Vocabulary
    nouns: dict[str, int]
    names: dict[str, int]


def read_labelled(paths: list[Path]) -> list[Labelled]:
    """Articles with their names and the teacher's votes."""
    lists = load_lists()
    found = []
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                article = read_article(row["text"])
                singles, runs = read_runs(row["text"], lists, [])
                pairs = {run.words for run in runs if len(run.words) == 2}
                runs = [cut_to_pair(r) if len(r.words) > 2 and r.words[:2] in pairs else r for r in runs]
                names, flags = collect_names(singles, runs)
                if names.words:
                    total = votes(row["text"], names, row["ents"])
                    correct(total, names, runs, lists)
                    found.append((article, names, flags, total))
    targets = smooth([(names, total) for _, names, _, total in found])
    return [
        Labelled(article, names, flags, target, 0.3 + 0.7 * target.max(axis=1))
        for (article, names, flags, _), target in zip(found, targets, strict=True)
    ]


def count_words(labelled: list[Labelled], trades: list[str]) -> tuple[list[str], dict[str, int]]:
    """Vocabulary of the windows, and how often news writes a word in lower case.

    How often is a class.
    """
    counts: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for item in labelled:
        tokens = item.article.tokens
        counts.update(tokens)
        capital.update(b.lower() for a, b in pairwise(tokens) if b[0].isupper() and a[0].islower())
    words = [w for w, n in counts.most_common(N_VOCABULARY * 3) if n >= MIN_COUNT and not w[0].isdigit()]
    # A capitalised word is context only where it is a title or a function word, so few are kept.
    lower = [w for w in words if not w[0].isupper()][:N_VOCABULARY]
    upper = [w for w in words if w[0].isupper()][: N_VOCABULARY // 6]
    endings = Counter(
        f"<{w[-3:]}>"
        for w, n in counts.items()
        if w.islower() and w.isalpha() and len(w) > 4
        for _ in range(min(n, 3))
    )
    nouns: dict[str, int] = {}
    for word, n in counts.items():
        if word.islower() and word.isalpha() and n >= 3:
            share = n / (n + capital[word])
            kind = int(np.searchsorted((0.03, 0.3, 0.7, 0.95), share))
            if kind:
                nouns[word] = kind
    for trade in trades:
        if " " not in trade:
            nouns[trade.lower()] = max(nouns.get(trade.lower(), 0), 3)
    lists = load_lists()
    always = [w for w in (*lists.singular, *lists.bodies, *lists.titles) if w in counts]
    words = [*lower, *upper, *always, *(e for e, _ in endings.most_common(N_ENDINGS))]
    return list(dict.fromkeys(words)), nouns


def role_kinds(vocabulary: Vocabulary) -> np.ndarray:
    """Kind of each word of the vocabulary by the lists: 1 people, 2 organisations.

    0 for all other words.
    """
    lists = load_lists()
    kinds = np.zeros(vocabulary.size, np.uint8)
    for word, number in list(vocabulary.items())[: vocabulary.size]:
        low = word.lower()
        if word in lists.titles or low in lists.singular or low in lists.spokespeople:
            kinds[number] = 1
        elif lists.bodies.get(low, ("",))[0] == "institution":
            kinds[number] = 2
    return kinds


def name_features(labelled: list[Labelled], nouns: dict[str, int]) -> dict[str, int]:
    """Features of names that occur in enough articles, numbered."""
    counts: Counter[str] = Counter()
    for item in labelled:
        found: set[str] = set()
        for words, flags in zip(item.names.words, item.flags, strict=True):
            found.update(name_strings(words, nouns), flags)
        counts.update(found)
    return {name: i for i, name in enumerate(sorted(f for f, n in counts.items() if n >= MIN_ARTICLES))}


def build_rows(
    labelled: list[Labelled], features: Features, trades: list[str], *, copies: bool
) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray, list[tuple[str, ...]]]:
    """Features, targets, weights and names.

    With `copies` also those under invented names.
    """
    rng = random.Random(11)
    vocabulary, nouns, known = features
    kinds = word_kinds(vocabulary, role_kinds(vocabulary))
    first = n_context_columns(vocabulary.size)
    taken = {trade.lower() for trade in trades} | set(load_lists().bodies)
    surnames = sorted(w for w in nouns if w not in taken and 3 < len(w) < 9 and not w.endswith(_NO_SURNAME))
    data, indices, indptr = [], [], [0]
    targets, weights, kept = [], [], []

    def add(context: np.ndarray, scale: float, own: Iterable[str], target: np.ndarray, weight: float) -> None:
        columns = [first + known[feature] for feature in own if feature in known]
        indices.append(np.concatenate([context, np.array(columns, np.int64)]).astype(np.int32))
        data.append(np.concatenate([np.full(len(context), scale), np.ones(len(columns))]).astype(np.float32))
        indptr.append(indptr[-1] + len(indices[-1]))
        targets.append(target)
        weights.append(weight)

    for item in labelled:
        columns = context_columns([item.article], [item.names], vocabulary, kinds)
        order = np.argsort(item.names.of, kind="stable")
        bounds = np.searchsorted(item.names.of[order], np.arange(len(item.names.words) + 1))
        for i, words in enumerate(item.names.words):
            rows = order[bounds[i] : bounds[i + 1]]
            context, scale = columns[rows].ravel(), len(rows) ** -MENTION_POWER
            target, sure = item.target[i], item.sure[i]
            add(context, scale, [*name_strings(words, nouns), *item.flags[i]], target, sure)
            kept.append(words)
            if not copies or target.max() <= 0.7:
                continue
            # Organisations differ more in their words than persons do, so they get two copies.
            for _ in range(1 + (len(words) > 1 and target[_ORGANISATION] > 0.7)):
                other = _hidden(rng, words, int(target.argmax()), nouns, trades, surnames)
                if other:
                    add(context, scale, [*other, *item.flags[i]], target, 0.7 * sure)
    matrix = sparse.csr_matrix(
        (np.concatenate(data), np.concatenate(indices), np.array(indptr)),
        shape=(len(targets), first + len(known)),
    )
    return matrix, np.array(targets), np.array(weights), kept


def _hidden(
    rng: random.Random,
    words: tuple[str, ...],
    kind: int,
    nouns: dict[str, int],
    trades: list[str],
    surnames: list[str],
) -> list[str]:
    """Features of an invented name instead of `words`, or of the name without words."""
    if len(words) == 1:
        return [f for f in name_strings(words, nouns) if f[0] != "="] if rng.random() < 0.6 else []
    if kind == _PERSON:
        person = invented_person(rng, len(words))
        if rng.random() < SURNAME_NOUNS:  # Baker, Pepper, Teller: nouns are surnames, too
            person = (*person[:-1], rng.choice(surnames).capitalize())
        return name_strings(person, nouns)
    if kind == _ORGANISATION and (nouns.get(words[-1].lower(), 0) < 2 or rng.random() < 0.4):
        return name_strings(invented_organisation(rng, trades), nouns)
    if kind == _ORGANISATION:
        changed = (*invented_person(rng, 1), *words[1:])
        return name_strings(changed, nouns)
    return [f for f in name_strings(words, nouns) if f[0] != "="] if kind == _PLACE else []


def fit(matrix: sparse.csr_matrix, targets: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and bias of a multinomial logistic regression with an L2 penalty."""
    d = matrix.shape[1]
    k = targets.shape[1]
    scaled = weights / weights.sum()
    transposed = matrix.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat[: d * k].reshape(d, k)
        logits = matrix @ w + flat[d * k :]
        logits -= logits.max(axis=1, keepdims=True)
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        value = -(scaled[:, None] * targets * log_p).sum() + L2 / 2 * (w * w).sum()
        error = scaled[:, None] * (np.exp(log_p) - targets)
        return value, np.concatenate([(transposed @ error + L2 * w).ravel(), error.sum(axis=0)])

    found = optimize.minimize(
        loss, np.zeros(d * k + k), jac=True, method="L-BFGS-B", options={"maxiter": N_ITERATIONS, "maxcor": 8}
    )
    print(f"loss {found.fun:.4f} after {found.nit} steps")
    return found.x[: d * k].reshape(d, k), found.x[d * k :]


def save(path: Path, features: Features, w: np.ndarray, bias: np.ndarray) -> None:
    """Write the model as plain arrays, weights as small integers."""
    step = np.abs(w).max() / 127
    small = np.round(w / step).astype(np.int8)
    first = n_context_columns(features.vocabulary.size)
    rows = np.flatnonzero(small[:first].any(axis=1))
    nouns = sorted(features.nouns)
    np.savez_compressed(
        path,
        words=_stored(list(features.vocabulary)[len(CLASSES) : features.vocabulary.size]),
        nouns=_stored(nouns),
        noun_share=np.array([features.nouns[word] for word in nouns], np.uint8),
        roles=role_kinds(features.vocabulary),
        rows=rows.astype(np.int32),
        weights=small[:first][rows],
        name_features=_stored(list(features.names)),
        name_weights=small[first:],
        bias=bias,
        step=np.array(step),
    )


def _stored(lines: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)


def print_agreement(title: str, logits: np.ndarray, targets: np.ndarray, chosen: np.ndarray) -> None:
    """Print precision and recall per type, and the share agreed.

    The reference is the teacher's most frequent type of each name.
    """
    gold, found = targets.argmax(axis=1)[chosen], logits.argmax(axis=1)[chosen]
    print(f"{title}: {chosen.sum()} names, agreed {(gold == found).mean():.3f}")
    for k, name in enumerate(TYPES):
        right = ((gold == k) & (found == k)).sum()
        n_found, n_gold = (found == k).sum(), (gold == k).sum()
        print(f"  {name:13} P {right / max(n_found, 1):.3f} R {right / max(n_gold, 1):.3f} n {n_gold}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path, nargs="+", help="folders of news that read_documents can read")
    parser.add_argument("--labels", type=Path, required=True, help="folder of the teacher's labels")
    parser.add_argument(
        "--leave-out", type=Path, nargs="*", default=[], help="JSON lines with text or content"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.labels.mkdir(parents=True, exist_ok=True)
    paths = [options.labels / f"{i}.jsonl" for i in range(len(options.corpora))]
    for folder, path in zip(options.corpora, paths, strict=True):
        if not path.exists():
            label_documents(_documents(folder, options.leave_out), path)
    with Path(__file__).with_name("trades.csv").open(encoding="utf-8", newline="") as file:
        trades = [row["word"] for row in csv.DictReader(file)]
    labelled = read_labelled(paths)
    words, nouns = count_words(labelled, trades)
    held = labelled[::10]
    train = [item for i, item in enumerate(labelled) if i % 10]
    features = Features(Vocabulary(words), nouns, name_features(train, nouns))
    matrix, targets, weights, names = build_rows(train, features, trades, copies=True)
    print(f"{len(train)} articles, {matrix.shape[0]} rows, {matrix.nnz} entries")
    w, bias = fit(matrix, targets, weights)
    known = set(names)
    matrix, targets, weights, names = build_rows(held, features, trades, copies=False)
    logits = matrix @ w + bias
    longer = np.array([len(words) > 1 for words in names])
    new = np.array([words not in known for words in names])
    print_agreement("held out, all", logits, targets, np.ones(len(names), bool))
    print_agreement("held out, two words and more", logits, targets, longer)
    print_agreement("held out, two words and more, not in training", logits, targets, longer & new)
    print_agreement("held out, one word, not in training", logits, targets, ~longer & new)
    save(options.out, features, w, bias)
    print(f"{options.out.name}: {options.out.stat().st_size / 1e6:.2f} MB")


def _documents(folder: Path, leave_out: list[Path]):
    """Articles of `folder`, each text once, without those of the files in `leave_out`."""
    documents = onrecord.read_documents(folder).dropna(subset=["text"])
    plain = documents["text"].str.split().str.join(" ")
    documents = documents[~plain.duplicated()]
    parts = []
    for path in leave_out:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            parts.append(" ".join((row.get("text") or row["content"]).split())[200:400])
    kept = [not any(part in text for part in parts) for text in plain[documents.index]]
    return documents[kept].sample(frac=1, random_state=7)


if __name__ == "__main__":
    main()
