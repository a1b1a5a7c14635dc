"""The same news at several outlets.

Who is quoted, who is unnamed, and which words were changed.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from onrecord.framing.words import words_in
from onrecord.measures.in_memory import all_acts
from onrecord.measures.units import is_unnamed
from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis
    from onrecord.measures.countable import Countable

# Not tuned. Chosen so that no pair of statements of the sample that says the same is left out.
_RUN = 3  # words: two statements without such a run in common are not compared further
_FEW = 5  # words in common: fewer are common by chance ("the New York Times")
_MANY, _MOST = 8, 0.8  # words in common, and their share, of one statement with and without a name
_UNCHANGED = 8  # words: a longer run that is the same is shortened to its ends
MIN_OVERLAP = 0.5
_PRONOUNS = ("he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "me", "us")
_SIDE = ["doc_id", "attribution_id", "outlet", "form", "speaker", "naming", "text", "name", "is_unnamed"]
_KINDS = ["is_named_person", "is_unnamed_person"]


def count_event_sources(analysis: Analysis | Countable, events: pd.DataFrame) -> pd.DataFrame:
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
    named = all_acts(analysis).rows_of("sources", where={"name": None}, doc_ids=events["doc_id"])
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
    analysis: Analysis | Countable, events: pd.DataFrame, *, min_overlap: float = MIN_OVERLAP
) -> pd.DataFrame:
    """Attributions of two outlets on one event that say the same. One row per pair.

    Two contents say the same where at least `min_overlap` of the words of the shorter one, and at least
    five, occur in the other in the same order.

    Columns: event_id; doc_id, attribution_id, outlet, form, speaker, naming, text, name and is_unnamed
    (standard definition) of either side, with _a and _b; overlap (0 to 1); is_same_wording (the shorter one
    is in the longer one word for word); changes (where b's words differ from a's: "[-cut-] {+put in+}", NA
    where none do); is_named_at_one_only: a single person is unnamed on one side and named on the other,
    and eight words or more, four fifths of the shorter one, are the same. A source that is referred to by
    a pronoun or with "the" on the unnamed side does not count, because it may be the person named before.
    Where the same quotation differs:
    `.query("form_a != 'indirect' and form_b != 'indirect' and not is_same_wording")`.

    Raises ValueError for a missing column.

    >>> pairs = onrecord.match_statements(analysis, onrecord.find_events(documents))
    >>> pairs[["outlet_a", "outlet_b"]].drop_duplicates().values.tolist()
    [['Clear Signal', 'Orvane Press Service']]
    """
    require(events, ["event_id", "doc_id", "outlet"], table="events")
    sources, attributions = (
        all_acts(analysis).rows_of(table, doc_ids=events["doc_id"]) for table in ("sources", "attributions")
    )
    sources = sources[["doc_id", "source_id", "naming", "form", "name"]]
    sources = sources.rename(columns={"form": "source_form"})
    statements = attributions.merge(sources, on=["doc_id", "source_id"], how="left", validate="m:1")
    statements = statements.merge(events[["event_id", "doc_id", "outlet"]], on="doc_id", validate="m:1")
    statements["is_unnamed"] = is_unnamed(statements)
    is_person = statements["source_form"].eq("person").fillna(False)
    speakers = statements["speaker"].fillna("").str.lower().str.strip()
    # "The singer" may be a person named before, as a pronoun may. "A singer" is a new one.
    may_be_named = speakers.isin(_PRONOUNS) | speakers.str.startswith("the ")
    is_one = statements["naming"].eq("anonymous") | (statements["naming"].eq("unnamed") & ~may_be_named)
    statements["is_named_person"] = statements["naming"].eq("named").fillna(False) & is_person
    statements["is_unnamed_person"] = is_one & is_person & speakers.ne("")
    found = []
    for event_id, part in statements.groupby("event_id", sort=True):
        rows = list(part[_SIDE + _KINDS].to_dict("records"))
        words = [words_in(row["text"]) for row in rows]
        for i, j in _candidates(words):
            a, b = rows[i], rows[j]
            if a["outlet"] == b["outlet"]:
                continue
            matcher = SequenceMatcher(None, words[i], words[j], autojunk=False)
            common = sum(block.size for block in matcher.get_matching_blocks())
            shorter = min(len(words[i]), len(words[j]))
            overlap = common / shorter
            if overlap < min_overlap or common < _FEW:
                continue
            is_split = any(x["is_unnamed_person"] and y["is_named_person"] for x, y in ((a, b), (b, a)))
            sides = [side[name] for side in (a, b) for name in _SIDE]
            found.append(
                (
                    event_id,
                    *sides,
                    overlap,
                    _is_within(words[i], words[j]),
                    _changes(matcher, words[i], words[j]),
                    is_split and common >= _MANY and overlap >= _MOST,
                )
            )
    names = [f"{name}_{side}" for side in "ab" for name in _SIDE]
    about = ["overlap", "is_same_wording", "changes", "is_named_at_one_only"]
    table = pd.DataFrame(found, columns=["event_id", *names, *about])
    flags = {"is_same_wording": "boolean", "is_named_at_one_only": "boolean"}
    flags |= {f"name_{side}": "string" for side in "ab"}
    return table.astype({**flags, "changes": "string", "overlap": "Float64"})


def _is_within(first: list[str], second: list[str]) -> bool:
    """Whether the shorter wording is in the longer one, word for word."""
    short, long = sorted((first, second), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


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
