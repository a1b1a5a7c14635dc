"""Scores of found against annotated attributions, by form.

The rules are those of the usual evaluations on PolNeAR. Only word characters count. An annotated attribution
is found where at least half of its content is covered by found content. A found one is right where at
least half of it is annotated content. A speaker is right where the mentions share a word character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from onrecord.records import Attribution, Span
from onrecord.tables import ALLOWED

FORMS = ALLOWED["attributions", "form"]
COUNTS = (
    "n_gold",
    "n_found",
    "n_gold_covered",
    "n_found_right",
    "n_speaker",
    "n_speaker_right",
    "n_speaker_gold",
)


class Matches(NamedTuple):
    """Matches of found and annotated attributions of one article."""

    is_right: list[bool]  # per found one: at least half of it is annotated content
    is_covered: list[bool]  # per annotated one: at least half of it is found content
    partner: list[int | None]  # per annotated one: the found one that shares most; None if not covered
    is_speaker_right: list[bool | None]  # per annotated one; None where it has no source mention


def _characters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(
        i for start, end in spans for i in range(start, min(end, len(text))) if text[i].isalnum()
    )


def match_attributions(text: str, gold: list[Attribution], found: list[Attribution]) -> Matches:
    """Which attributions of one article are right, by the rules of this module."""
    gold_characters = [_characters(text, a.content) for a in gold]
    found_characters = [_characters(text, a.content) for a in found]
    all_gold: frozenset[int] = frozenset().union(*gold_characters)
    all_found: frozenset[int] = frozenset().union(*found_characters)
    is_right = [2 * len(characters & all_gold) >= len(characters) for characters in found_characters]
    is_covered, partner, is_speaker_right = [], [], []
    for attribution, characters in zip(gold, gold_characters, strict=True):
        covered = 2 * len(characters & all_found) >= len(characters) > 0
        best = max(
            range(len(found)),
            key=lambda k: (len(found_characters[k] & characters), -len(found_characters[k])),
            default=None,
        )
        source = _characters(text, [attribution.source] if attribution.source else [])
        mention = found[best].source if covered and best is not None else None
        is_covered.append(covered)
        partner.append(best if covered else None)
        is_speaker_right.append(bool(mention and source & _characters(text, [mention])) if source else None)
    return Matches(is_right, is_covered, partner, is_speaker_right)


def count_agreement(text: str, gold: list[Attribution], found: list[Attribution]) -> Counter[tuple[str, str]]:
    """The counts of one article by form (or "all") and name (one of COUNTS)."""
    counts: Counter[tuple[str, str]] = Counter()
    matches = match_attributions(text, gold, found)
    for attribution, right in zip(found, matches.is_right, strict=True):
        for form in (attribution.form, "all"):
            counts[form, "n_found"] += 1
            counts[form, "n_found_right"] += right
    for attribution, covered, speaker in zip(gold, matches.is_covered, matches.is_speaker_right, strict=True):
        for form in (attribution.form, "all"):
            counts[form, "n_gold"] += 1
            counts[form, "n_gold_covered"] += covered
            if speaker is not None:
                counts[form, "n_speaker_gold"] += 1
                counts[form, "n_speaker"] += covered
                counts[form, "n_speaker_right"] += speaker
    return counts


def agreement_table(counts: Counter[tuple[str, str]]) -> pd.DataFrame:
    """Scores in percent. One row per form (direct, mixed, indirect, all).

    Columns: n_gold, n_found, precision, recall, f1 (contents), speaker_accuracy (of the attributions
    found that have an annotated source), speaker_recall (of all that have one). NaN without a case.
    """

    def percent(part: int, whole: int) -> float:
        return 100 * part / whole if whole else float("nan")

    rows = []
    for form in (*FORMS, "all"):
        n = {name: counts[form, name] for name in COUNTS}
        precision, recall = (
            percent(n["n_found_right"], n["n_found"]),
            percent(n["n_gold_covered"], n["n_gold"]),
        )
        rows.append(
            {
                "form": form,
                "n_gold": n["n_gold"],
                "n_found": n["n_found"],
                "precision": precision,
                "recall": recall,
                "f1": 2 * precision * recall / (precision + recall)
                if precision + recall > 0
                else float("nan"),
                "speaker_accuracy": percent(n["n_speaker_right"], n["n_speaker"]),
                "speaker_recall": percent(n["n_speaker_right"], n["n_speaker_gold"]),
            }
        )
    return pd.DataFrame(rows)
