"""Train the tagger and the linker.

    python -m training.train_attributions POLNEAR/train NEWS [--out FOLDER]

POLNEAR/train contains text/*.txt and attributions/*.ann. NEWS contains unlabelled news that
`onrecord.read_documents` can read: its words get a pretrained vector beside those of PolNeAR. Four taggers,
each blind to a quarter of the articles, give the marginals that the linker is trained on and that the
figures of the card are of. A last tagger is trained on all of them. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from tqdm import tqdm

import onrecord
from onrecord.attributions.linking.linker import FORESTS, Linker
from onrecord.attributions.pipeline import attributions_from
from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.labels import ALLOWED
from onrecord.attributions.tagging.tagger import Tagger, make_tagger, marginals
from onrecord.attributions.tagging.token_features import NET_TEMPLATES, WORD_TEMPLATE
from onrecord.attributions.tagging.word_types import WordTypes
from onrecord.evaluation import scoring as accuracy
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from training import crf, net
from training.card import write_card
from training.dataset import Dataset, number_features
from training.forests import as_arrays
from training.links import Linked, train_linker
from training.polnear import Annotated, read_polnear
from training.word_vectors import WordVectors, vocabulary, word_vectors

N_FOLDS = 4
CRF_SHARE, PLAIN_SHARE, VECTOR_SHARE = 0.55, 0.3, 0.35  # of their scores: means of the best of one net each
PLAIN_EPOCHS, VECTOR_EPOCHS = 5, 8
MODELS = Path(__file__).parent.parent / "onrecord" / "models"


def train_tagger(annotated: list[Annotated], vectors: WordVectors) -> tuple[Tagger, dict[str, np.ndarray]]:
    """Tagger and the arrays it is stored as."""
    data = Dataset(annotated)
    gold = np.concatenate(data.labels)
    features, keys = number_features(data.keys)
    weights, transitions = crf.train(features, gold, data.starts, data.importance, n_features=len(keys))

    # The nets look at fewer templates, and only at features that occur three times.
    seen = features[:, NET_TEMPLATES]
    counts = np.bincount(seen[seen >= 0], minlength=len(keys))
    of_net = counts >= 3
    number = np.where(of_net, np.cumsum(of_net), 0)
    looked_at = np.where(seen >= 0, number[seen], 0)
    word_rows = vectors.rows(data.keys[:, WORD_TEMPLATE])
    rest = (
        gold,
        np.repeat(data.importance, np.diff(data.starts)),
        np.concatenate([_begins(article) for article in data.articles]),
        data.starts,
        transitions,
    )
    no_vectors = np.zeros((1, 0), np.float32)
    plain, plain_chain = net.train(
        looked_at, np.zeros_like(word_rows), no_vectors, *rest, epochs=PLAIN_EPOCHS
    )
    vector, vector_chain = net.train(looked_at, word_rows, vectors.table, *rest, epochs=VECTOR_EPOCHS)

    weights = (CRF_SHARE * weights).astype(np.float16)
    # A word that training saw too rarely is a feature of the second net by its vector alone.
    new = vectors.keys[~np.isin(vectors.keys, keys)]
    keys, weights = np.concatenate([keys, new]), np.pad(weights, ((0, len(new)), (0, 0)))
    trained = np.pad(number * of_net, (0, len(new)))
    words_of = vectors.rows(keys)
    kept = (np.abs(weights).max(axis=1) > 0) | (trained > 0) | (words_of > 0)
    keys, weights, trained, words_of = (x[kept] for x in (keys, weights, trained, words_of))
    in_plain, in_vector = np.flatnonzero(trained > 0), np.flatnonzero((trained > 0) | (words_of > 0))
    pooled = sum(
        share * np.where(ALLOWED, chain, 0)
        for share, chain in (
            (CRF_SHARE, transitions),
            (PLAIN_SHARE, plain_chain),
            (VECTOR_SHARE, vector_chain),
        )
    )
    words = sorted(data.deciles)
    row, label = np.nonzero(weights)
    arrays = {
        "keys": keys,
        "n_weights": np.bincount(row, minlength=len(keys)).astype(np.uint8),
        "labels": label.astype(np.uint8),
        "values": weights[row, label],
        "transitions": np.where(ALLOWED, pooled, -1e9),
        "words": np.frombuffer("\n".join(words).encode("utf-8"), np.uint8),
        "deciles": np.array([data.deciles[word] for word in words], np.int8),
        "net_keys": in_plain.astype(np.int32),
        **net.as_arrays("net", plain, PLAIN_SHARE, trained[in_plain], np.zeros_like(in_plain)),
        "vector_net_keys": in_vector.astype(np.int32),
        **net.as_arrays("vector_net", vector, VECTOR_SHARE, trained[in_vector], words_of[in_vector]),
    }
    return make_tagger(arrays), arrays


def _begins(article) -> np.ndarray:
    """For each token, whether it is the first of its paragraph."""
    paragraph = np.array([p for _, _, p in article.sentences] or [0])[article.token_sentence]
    begins = np.ones(len(paragraph), bool)
    begins[1:] = paragraph[1:] != paragraph[:-1]
    return begins


def as_attributions(article, item: Annotated) -> list[Attribution]:
    """Annotator's attributions as the library writes them."""
    found = []
    for gold in item.attributions:
        words = [t for a, b in gold.content for t in _tokens(article, a, b) if article.tokens[t][0].isalnum()]
        quoted = sum(article.token_quoted_span[t] >= 0 for t in words)
        form = "direct" if words and quoted == len(words) else "mixed" if quoted else "indirect"
        source = (gold.source[0][0], gold.source[-1][1]) if gold.source else None
        cue = (gold.cue[0][0], gold.cue[-1][1]) if gold.cue else None
        if words:
            found.append(Attribution(gold.content, cue, source, form, True, 1.0))
    return found


def _tokens(article, start: int, end: int) -> range:
    return range(
        int(np.searchsorted(article.ends, start, "right")), int(np.searchsorted(article.starts, end, "left"))
    )


def score(items: list[Annotated], data: Linked, linker: Linker) -> dict[str, Counter]:
    """Counts of agreement by outlet and over all, on the articles of `data`."""
    found = attributions_from(data.articles, data.tokens, data.marginals, linker, load_lists())
    counts: dict[str, Counter] = {"all": Counter()}
    for item, article, attributions in zip(items, data.articles, found, strict=True):
        # Annotators set boilerplate apart; what is found there counts neither way.
        kept = [
            a
            for a in attributions
            if not any(s < e2 and s2 < e for s, e in a.content for s2, e2 in item.discard)
        ]
        part = accuracy.count_agreement(item.text, as_attributions(article, item), kept)
        counts["all"].update(part)
        counts.setdefault(item.name.split("_")[0], Counter()).update(part)
    return counts


def tag_held_out(
    every: list[Annotated],
    first: list[Annotated],
    fold_of: dict[str, int],
    vectors: WordVectors,
    k: int,
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Marginals and word rows of each article of fold k.

    The tagger saw no article of the fold.
    """
    tagger, _ = train_tagger([item for item in every if fold_of[item.name] != k], vectors)
    tagged = {}
    for item in first:
        if fold_of[item.name] == k:
            tokens = Tokens([read_article(item.text)], tagger.types)
            tagged[item.name] = (marginals(tagger, tokens).astype(np.float32), tokens.rows)
    return tagged


def link_held_out(first: list[Annotated], fold: np.ndarray, tagged: dict, types: WordTypes, k: int | None):
    """Linker trained without fold k, and its counts on fold k.

    No counts where k is None.
    """

    def linked(items: list[Annotated]) -> Linked:
        return Linked(items, [tagged[x.name][0] for x in items], [tagged[x.name][1] for x in items], types)

    held = [item for item, f in zip(first, fold, strict=True) if f == k]
    rest = [item for item, f in zip(first, fold, strict=True) if f != k]
    linker = train_linker(linked(rest), fold[fold != k])
    return linker, score(held, linked(held), linker) if held else {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polnear", type=Path, help="the folder with text/ and attributions/")
    parser.add_argument("news", type=Path, help="a folder of unlabelled news")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument(
        "--workers", type=int, default=2, help="processes; the result does not depend on them"
    )
    options = parser.parse_args()

    every = read_polnear(options.polnear, every_annotator=True)
    first = read_polnear(options.polnear)
    fold = np.array([number % N_FOLDS for number in range(len(first))])
    fold_of = dict(zip((item.name for item in first), fold.tolist(), strict=True))
    options.out.mkdir(parents=True, exist_ok=True)
    news = onrecord.read_documents(options.news)["text"].dropna()
    vectors = word_vectors(vocabulary([item.text for item in first], news))
    with ProcessPoolExecutor(options.workers) as pool:
        last = pool.submit(train_tagger, every, vectors)
        taggings = [pool.submit(tag_held_out, every, first, fold_of, vectors, k) for k in range(N_FOLDS)]
        tagged = {name: rows for job in tqdm(taggings, "taggers") for name, rows in job.result().items()}
        tagger, arrays = last.result()
        np.savez_compressed(options.out / "tagger.npz", **arrays)
        jobs = [
            pool.submit(link_held_out, first, fold, tagged, tagger.types, k) for k in (*range(N_FOLDS), None)
        ]
        counts: dict[str, Counter] = {}
        for job in tqdm(jobs, "linkers"):
            linker, part = job.result()
            for name, numbers in part.items():
                counts.setdefault(name, Counter()).update(numbers)
    np.savez_compressed(
        options.out / "linker.npz",
        thresholds=np.array([linker.thresholds[name] for name in ("cue", "source", "keep", "join")]),
        **{key: value for name in FORESTS for key, value in as_arrays(getattr(linker, name), name).items()},
    )
    tables = {
        name: accuracy.agreement_table(part).round(1).to_dict("records") for name, part in counts.items()
    }
    scores = {"n_articles": len(first), "tables": tables}
    (options.out / "attributions_scores.json").write_text(
        json.dumps(scores, indent=1) + "\n", encoding="utf-8"
    )
    write_card(options.out)
    print(accuracy.agreement_table(counts["all"]).round(1).to_string(index=False))


if __name__ == "__main__":
    main()
