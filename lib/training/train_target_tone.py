"""Training of the model of tone toward a target, on NewsMTSC.

    python lib/training/train_target_tone.py train.jsonl --unlabelled FOLDER... --out model.npz
    python lib/training/train_target_tone.py train.jsonl --unlabelled FOLDER... --leave-out 0 \\
        --left-out left_out.jsonl --out held_out.npz

The first command makes the shipped model; the second leaves a fifth of the articles out, writes
them in NewsMTSC's form and prints the scores on them. `--unlabelled` are folders of news for the
word vectors: .txt files, and .csv files with a column content. The same input gives the same model.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_fscore_support
from sklearn.neural_network import MLPClassifier
from sklearn.utils.extmath import randomized_svd

from onrecord.tone.linear_model import LABELS, Model, load_model, target_probabilities, values_at
from onrecord.tone.target_features import (
    N_BUCKETS,
    class_features,
    dense_features,
    mask_tokens,
    sparse_features,
    surroundings,
)

# Sizes and weights; the recipe that the card of the model describes. Tuned on folds of NewsMTSC train.
N_WORDS, N_FUNCTION_WORDS, N_DIMENSIONS = 9_000, 60, 150
N_NETWORKS, N_HIDDEN, N_EPOCHS, SHARE = 4, 32, 20, 0.4
# Weight of the mean vectors beside the words in the linear model.
LINEAR_SCALE = 0.7
# Weights of the inputs of the networks, which need not learn them.
NETWORK_SCALE = {"dense": 1.5, "class": 2 / 3}
POLARITY = {2: 0, 4: 1, 6: 2, -1: 0, 0: 1, 1: 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="NewsMTSC's train.jsonl")
    parser.add_argument(
        "--unlabelled", type=Path, nargs="*", default=[], help="folders of news in .txt and .csv"
    )
    parser.add_argument(
        "--leave-out", type=int, choices=range(5), help="the fifth of the articles to leave out"
    )
    parser.add_argument("--left-out", type=Path, help="where to write the fifth left out, as JSON lines")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    items = [json.loads(line) for line in options.corpus.read_text(encoding="utf-8").splitlines()]
    held = [item for item in items if options.leave_out is not None and fifth(item) == options.leave_out]
    held_texts = {item["sentence_normalized"] for item in held}
    # A sentence that several articles share is in one part only.
    kept = [item for item in items if item["sentence_normalized"] not in held_texts]
    targets, labels = targets_of(kept)
    texts = [*read_unlabelled(options.unlabelled), *sorted({item["sentence_normalized"] for item in kept})]
    words, vectors = word_vectors(texts)
    save(options.out, words, vectors, *train(targets, labels, words, vectors))
    print(f"{len(targets)} targets, {options.out.stat().st_size / 1e6:.2f} MB")
    if held:
        if options.left_out:
            options.left_out.write_text("".join(json.dumps(item) + "\n" for item in held), encoding="utf-8")
        report(*targets_of(held), load_model(options.out))


def fifth(item: dict) -> int:
    """Fifth of an item; all sentences of an article are in the same one."""
    return crc32("_".join(item["primary_gid"].split("_")[:3]).encode()) % 5


def targets_of(items: list[dict]) -> tuple[list[tuple[str, int, int]], np.ndarray]:
    found = [(item["sentence_normalized"], target) for item in items for target in item["targets"]]
    targets = [(text, int(target["from"]), int(target["to"])) for text, target in found]
    return targets, np.array([POLARITY[int(target["polarity"])] for _, target in found])


def read_unlabelled(folders: list[Path]) -> list[str]:
    """Texts of the folders, without repetition."""
    texts: dict[str, None] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            texts[path.read_text(encoding="utf-8", errors="replace")] = None
        for path in sorted(folder.rglob("*.csv")):
            table = pd.read_csv(path, dtype=str, encoding_errors="replace", on_bad_lines="skip").rename(
                columns=str.strip
            )
            texts.update(
                dict.fromkeys(
                    text for text in table.get("content", pd.Series(dtype=str)).dropna() if len(text) > 300
                )
            )
    return list(texts)


def word_vectors(texts: list[str]) -> tuple[list[str], np.ndarray]:
    """Words, most frequent first, with their vectors: an SVD of positive PMI.

    Co-occurrence within five tokens, weighted by one over the distance; contexts smoothed by .75
    (Levy, Goldberg & Dagan 2015).
    """
    tokens = [mask_tokens(text) for text in texts]
    counts = Counter(token for text in tokens for token in text)
    words = sorted((word for word, n in counts.items() if n >= 5), key=lambda word: (-counts[word], word))[
        :N_WORDS
    ]
    rows = {word: row for row, word in enumerate(words)}
    n = len(words)
    row = np.concatenate([np.array([rows.get(token, n) for token in text] + [n] * 5) for text in tokens])
    together = sparse.csr_matrix((n + 1, n + 1), dtype=np.float32)
    for distance in range(1, 6):
        pairs = (row[:-distance], row[distance:])
        part = sparse.coo_matrix(
            (np.full(len(pairs[0]), 1 / distance, np.float32), pairs), shape=(n + 1, n + 1)
        ).tocsr()
        together = together + part + part.T
    together = together[:n, :n].tocoo()
    total = np.asarray(together.sum(axis=1)).ravel()
    context = total**0.75
    pmi = np.log(together.data * context.sum() / (total[together.row] * context[together.col])) - 0.5
    positive = pmi > 0
    matrix = sparse.csr_matrix(
        (pmi[positive], (together.row[positive], together.col[positive])), shape=(n, n)
    )
    left, strength, _ = randomized_svd(matrix, N_DIMENSIONS, n_iter=3, random_state=0)
    vectors = left * np.sqrt(strength)
    return words, vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def train(targets: list, labels: np.ndarray, words: list[str], vectors: np.ndarray) -> tuple:
    """Linear model, the buckets that the networks read, and the networks."""
    rows = {word: row for row, word in enumerate(words) if row >= N_FUNCTION_WORDS}
    near = [surroundings(*target) for target in targets]
    found = [sparse_features(*target, around) for target, around in zip(targets, near, strict=True)]
    dense = np.array([dense_features(around, rows, vectors) for around in near])
    indptr = np.cumsum([0, *(len(buckets) for buckets, _ in found)])
    matrix = sparse.csr_matrix(
        (
            np.concatenate([values for _, values in found]),
            np.concatenate([buckets for buckets, _ in found]),
            indptr,
        ),
        shape=(len(targets), N_BUCKETS),
    )
    matrix.sum_duplicates()
    often = np.flatnonzero(np.bincount(matrix.indices, minlength=N_BUCKETS) > 1)
    linear = LogisticRegression(C=0.2, max_iter=100, tol=1e-3)
    linear.fit(sparse.hstack([matrix[:, often], sparse.csr_matrix(dense * LINEAR_SCALE)]).tocsr(), labels)

    in_class = Counter(
        crc32(f"class\t{name}".encode()) % N_BUCKETS for around in near for name in class_features(around)
    )
    inputs = np.array(sorted(bucket for bucket, n in in_class.items() if n > 2))
    read = np.array([values_at(*map(np.array, pair), inputs) for pair in found])
    x = np.hstack([dense * NETWORK_SCALE["dense"], read * NETWORK_SCALE["class"]])
    networks = [
        MLPClassifier(
            (N_HIDDEN,),
            alpha=1.0,
            max_iter=N_EPOCHS,
            batch_size=64,
            learning_rate_init=7e-4,
            random_state=seed,
        ).fit(x, labels)
        for seed in range(N_NETWORKS)
    ]
    return linear, often, inputs, networks


def save(
    path: Path,
    words: list[str],
    vectors: np.ndarray,
    linear,
    often: np.ndarray,
    inputs: np.ndarray,
    networks: list,
) -> None:
    """Write the model as plain arrays, with eight or sixteen bits per weight.

    Eight bits for the linear model and the vectors, sixteen for the rest.
    """
    weights = np.zeros((N_BUCKETS, len(LABELS)))
    weights[often] = linear.coef_[:, : len(often)].T
    step = np.abs(weights).max() / 127
    steps = np.abs(vectors).max(axis=1) / 127
    scale = np.r_[
        np.full(5 * N_DIMENSIONS, NETWORK_SCALE["dense"]), np.full(len(inputs), NETWORK_SCALE["class"])
    ]
    arrays = {
        "linear": np.round(weights / step).astype(np.int8),
        "linear_step": np.float32(step),
        "bias": linear.intercept_.astype(np.float32),
        "dense": (linear.coef_[:, len(often) :].T * LINEAR_SCALE).astype(np.float16),
        "vectors": np.round(vectors / steps[:, None]).astype(np.int8),
        "vectors_step": steps.astype(np.float16),
        "words": np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        "n_function_words": np.int64(N_FUNCTION_WORDS),
        "inputs": inputs.astype(np.int32),
        "n_networks": np.int64(len(networks)),
        "share": np.float32(SHARE),
    }
    for i, network in enumerate(networks):
        arrays[f"network{i}_w1"] = (network.coefs_[0] * scale[:, None]).astype(np.float16)
        arrays[f"network{i}_b1"] = network.intercepts_[0].astype(np.float16)
        arrays[f"network{i}_w2"] = network.coefs_[1].astype(np.float16)
        arrays[f"network{i}_b2"] = network.intercepts_[1].astype(np.float16)
    np.savez_compressed(path, **arrays)


def report(targets: list, labels: np.ndarray, model: Model) -> None:
    """Print the scores on the left-out fifth, by label and by probability."""
    shares = target_probabilities(targets, model)
    guess, sure = shares.argmax(axis=1), shares.max(axis=1)
    accuracy, f1 = np.mean(guess == labels), f1_score(labels, guess, average="macro")
    print(f"left out: {len(labels)} targets, accuracy {accuracy:.3f}, macro-F1 {f1:.3f}")
    precisions, recalls, scores, _ = precision_recall_fscore_support(labels, guess, zero_division=0)
    for label, precision, recall, score in zip(LABELS, precisions, recalls, scores, strict=True):
        print(f"  {label:8} precision {precision:.3f}  recall {recall:.3f}  F1 {score:.3f}")
    for low, high in pairwise((0.33, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)):
        held = (sure >= low) & (sure < high)
        if held.any():
            right = np.mean(guess[held] == labels[held])
            print(f"  probability {low:.2f} to {min(high, 1):.2f}: {held.sum():4} targets, right {right:.3f}")


if __name__ == "__main__":
    main()
