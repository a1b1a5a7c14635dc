"""A user's own words with their polarity, beside TextBlob's lexicon."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:['-]\w+)*")


class Lexicon(NamedTuple):
    """Polarity of words and phrases in lower case."""

    polarity: Mapping[str, float]  # -1 to 1
    n_longest: int  # words of the longest phrase


def load_lexicon(words: str | Path | Mapping[str, float]) -> Lexicon:
    """Lexicon from a CSV file with the columns word and polarity, or from a mapping.

    Raises FileNotFoundError where the file is not there. Raises ValueError for a missing column, a polarity
    that is not a number from -1 to 1, a word that has two polarities, and where no words are left.
    """
    rows: list[tuple[str, str, object]]
    if isinstance(words, Mapping):
        origin = "lexicon"
        rows = [(f"lexicon[{word!r}]", str(word), value) for word, value in words.items()]
    else:
        origin = str(words)
        rows = _read(Path(words))
    found: dict[str, float] = {}
    for place, word, value in rows:
        key = " ".join(_WORD.findall(word.casefold().replace("’", "'")))
        if not key:
            raise ValueError(f"{place}: the word must have a letter or digit, not {word!r}.")
        polarity = _number(value)
        if polarity is None:
            raise ValueError(f"{place}: polarity must be a number from -1 to 1, not {value!r}.")
        if found.setdefault(key, polarity) != polarity:
            raise ValueError(f"{place}: {word!r} has the polarities {found[key]} and {polarity}. Keep one.")
    if not found:
        raise ValueError(f"{origin} contains no words. Add rows with word and polarity.")
    return Lexicon(found, max(len(key.split(" ")) for key in found))


def lexicon_tone(text: str, lexicon: Lexicon) -> tuple[float, int]:
    """Mean polarity of the text's words that are in the lexicon, and their number.

    The longest phrase counts where several begin at one word. The mean is 0 where there are none.
    """
    words = _WORD.findall(text.casefold().replace("’", "'"))
    total, n, i = 0.0, 0, 0
    while i < len(words):
        for size in range(min(lexicon.n_longest, len(words) - i), 0, -1):
            polarity = lexicon.polarity.get(" ".join(words[i : i + size]))
            if polarity is not None:
                total, n, i = total + polarity, n + 1, i + size
                break
        else:
            i += 1
    return (total / n if n else 0.0), n


def _read(path: Path) -> list[tuple[str, str, object]]:
    if not path.is_file():
        raise FileNotFoundError(
            f"the lexicon {str(path)!r} is not a file; give a CSV file with the columns word and polarity."
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        columns = [name.strip() for name in reader.fieldnames or []]
        reader.fieldnames = columns
        if missing := [name for name in ("word", "polarity") if name not in columns]:
            raise ValueError(
                f"{path} must have the columns word and polarity; {' and '.join(missing)} not found among "
                f"{', '.join(columns) or 'no columns'}."
            )
        return [
            (f"{path}, row {number}", row["word"] or "", row["polarity"])
            for number, row in enumerate(reader, 2)
        ]


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if -1 <= number <= 1 else None
