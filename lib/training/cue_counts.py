"""Count cue words by what they introduce.

    python -m training.cue_counts POLNEAR/train [--out FILE]

One row per cue word, or per stem (ending in *): the attributions with it in their cue, and how many
of these are quoted or open with "that". Only words of at least two attributions are kept.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from pathlib import Path

from onrecord.attributions.tagging.word_forms import stem
from onrecord.text.tokens import Article, read_article
from training.polnear import Gold, read_polnear

FILE = Path(__file__).parent.parent / "onrecord" / "models" / "cue_counts.csv"
LEAST = 2

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def is_spoken(article: Article, gold: Gold) -> bool:
    """Whether a word of the content is quoted, or "that" introduces it.

    "that" opens the content or ends the cue.
    """
    text = article.text
    if text[gold.content[0][0] :][:5].lower() == "that " or text[: gold.cue[-1][1]].endswith(" that"):
        return True
    for start, end in gold.content:
        first, last = article.starts.searchsorted((start, end))
        if (article.token_quoted_span[first:last] >= 0).any():
            return True
    return False


def count_cues(folder: Path) -> list[tuple[str, int, int]]:
    """Counts of each cue word below `folder`: (word, n, n_spoken), sorted by word."""
    total: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    for annotated in read_polnear(folder):
        article = read_article(annotated.text)
        for gold in annotated.attributions:
            if not gold.cue:
                continue
            cue = " ".join(annotated.text[start:end] for start, end in gold.cue).lower().replace("’", "'")
            keys = {key for word in _WORD.findall(cue) for key in (word, f"{stem(word)}*")}
            total.update(keys)
            if is_spoken(article, gold):
                spoken.update(keys)
    return sorted((word, n, spoken[word]) for word, n in total.items() if n >= LEAST)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the training compartment of PolNeAR")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "n", "n_spoken"))
        writer.writerows(count_cues(options.folder))


if __name__ == "__main__":
    main()
