"""The same news at several outlets.

Who is quoted, who is unnamed, and which words were changed.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.framing.words import words_in
from onrecord.measures.units import is_unnamed
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

# Not tuned. Chosen so that no pair of statements of the sample that says the same is left out.
_RUN = 3  # words: two statements without such a run in common are not compared further
_FEW = 4  # words: shorter contents are similar by chance
_UNCHANGED = 8  # words: a longer run that is the same is shortened to its ends
MIN_OVERLAP = 0.5


def count_event_sources(analysis: Analysis, events: pd.DataFrame) -> pd.DataFrame:
    """Named sources of each event by outlet.

    One row per event, source and outlet that quotes it.

    `events` is the table of find_events. The sources that a single outlet has:
    `.query("is_only_here")`.

    Columns: event_id, name, outlet, n_attributions, n_outlets (of the event that quote the source),
    n_event_outlets (all of the event), is_only_here.

    Raises ValueError for a missing column.

    >>> sources = onrecord.count_event_sources(analysis, onrecord.find_events(documents))
    >>> sources.query("not is_only_here")["name"].unique().tolist()
    ['Mara Lind', 'Tomas Verrick', 'Jon Brandt']
    """
    require(events, ["event_id", "doc_id", "outlet"], table="events")
    named = analysis.sources[analysis.sources["name"].notna()]
    named = named.merge(events[["event_id", "doc_id", "outlet"]], on="doc_id", validate="m:1")
    keys = ["event_id", "name", "outlet"]
    table = named.groupby(keys, as_index=False)[["n_attributions"]].sum()
    table["n_outlets"] = table.groupby(["event_id", "name"])["outlet"].transform("nunique")
    table["n_event_outlets"] = table["event_id"].map(events.groupby("event_id")["outlet"].nunique())
    table["is_only_here"] = table["n_outlets"] == 1
    return table.sort_values(
        ["event_id", "n_outlets", "name", "outlet"], ascending=[True, False, True, True], ignore_index=True
    )


def match_statements(
    analysis: Analysis, events: pd.DataFrame, *, min_overlap: float = MIN_OVERLAP
) -> pd.DataFrame:
    """Attributions of two outlets on one event that say the same. One row per pair.

    Two contents say the same where at least `min_overlap` of the words of the shorter one occur in
    the other in the same order. Contents of fewer than four words are left out.

    Columns: event_id; doc_id, attribution_id, outlet, form, speaker, naming, text of either side, with _a
    and _b; overlap (0 to 1); is_unnamed_a, is_unnamed_b (standard definition); is_same_wording; changes
    (where b's words differ from a's: "[-cut-] {+put in+}", NA where none do). Who leaves the same
    statement unnamed: `.query("is_unnamed_a != is_unnamed_b")`. Where the same quotation differs:
    `.query("form_a != 'indirect' and form_b != 'indirect' and not is_same_wording")`.

    Raises ValueError for a missing column.

    >>> pairs = onrecord.match_statements(analysis, onrecord.find_events(documents))
    >>> pairs[["outlet_a", "outlet_b"]].drop_duplicates().values.tolist()
    [['Clear Signal', 'Orvane Press Service']]
    """
    require(events, ["event_id", "doc_id", "outlet"], table="events")
    sources = analysis.sources[["doc_id", "source_id", "naming", "form"]].rename(
        columns={"form": "source_form"}
    )
    statements = analysis.attributions.merge(sources, on=["doc_id", "source_id"], how="left", validate="m:1")
    statements = statements.merge(events[["event_id", "doc_id", "outlet"]], on="doc_id", validate="m:1")
    statements["is_unnamed"] = is_unnamed(statements)
    columns = ["doc_id", "attribution_id", "outlet", "form", "speaker", "naming", "text", "is_unnamed"]
    found = []
    for event_id, part in statements.groupby("event_id", sort=True):
        rows = list(part[columns].itertuples(index=False, name=None))
        words = [words_in(row[6]) for row in rows]
        for i, j in _candidates(words):
            if rows[i][2] == rows[j][2]:
                continue
            matcher = SequenceMatcher(None, words[i], words[j], autojunk=False)
            common = sum(block.size for block in matcher.get_matching_blocks())
            overlap = common / min(len(words[i]), len(words[j]))
            if overlap >= min_overlap:
                found.append(
                    (
                        event_id,
                        *rows[i],
                        *rows[j],
                        overlap,
                        words[i] == words[j],
                        _changes(matcher, words[i], words[j]),
                    )
                )
    names = [f"{name}_{side}" for side in "ab" for name in columns]
    table = pd.DataFrame(found, columns=["event_id", *names, "overlap", "is_same_wording", "changes"])
    return table.astype({"is_same_wording": "boolean", "changes": "string", "overlap": "Float64"})


def _candidates(words: list[list[str]]) -> list[tuple[int, int]]:
    """Pairs of contents with a run of three words in common, each once."""
    numbers_of: dict[tuple[str, ...], list[int]] = {}
    for number, part in enumerate(words):
        if len(part) >= _FEW:
            for run in {tuple(part[i : i + _RUN]) for i in range(len(part) - _RUN + 1)}:
                numbers_of.setdefault(run, []).append(number)
    return sorted({pair for numbers in numbers_of.values() for pair in combinations(numbers, 2)})


def _changes(matcher: SequenceMatcher, first: list[str], second: list[str]) -> str | None:
    """Where the second wording differs from the first, or None where it does not."""
    pieces, differs = [], False
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            run = first[a:b]
            pieces.append(" ".join(run if len(run) <= _UNCHANGED else [*run[:3], "…", *run[-3:]]))
            continue
        differs = True
        if a < b:
            pieces.append(f"[-{' '.join(first[a:b])}-]")
        if c < d:
            pieces.append(f"{{+{' '.join(second[c:d])}+}}")
    return " ".join(pieces) if differs else None
