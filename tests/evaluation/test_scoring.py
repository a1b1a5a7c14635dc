"""The measures of agreement, counted by hand on one short article."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from onrecord.evaluation.scoring import agreement_table, count_agreement
from onrecord.records import Attribution

TEXT = "“It leaks,” Varn said. Brandel thinks it may hold. They knew."


def attribution(form: str, content: str, source: str | None) -> Attribution:
    def span(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    return Attribution([span(content)], None, span(source) if source else None, form, True, 1.0)


GOLD = [
    attribution("direct", "“It leaks,”", "Varn"),
    attribution("indirect", "it may hold", "Brandel"),
    attribution("indirect", "knew", None),
]


def shares(found: list[Attribution]) -> dict[str, tuple[float, ...]]:
    table = agreement_table(count_agreement(TEXT, GOLD, found)).set_index("form")
    assert list(table.index) == ["direct", "mixed", "indirect", "all"]
    return {
        form: (row.n_gold, row.n_found, row.precision, row.recall, row.speaker_accuracy, row.speaker_recall)
        for form, row in table.iterrows()
    }


def test_what_is_found_and_what_is_not():
    found = [
        attribution("direct", "It leaks", "Brandel"),  # marks count for nothing; the speaker is wrong
        attribution("indirect", "may hold. They", "Brandel thinks"),  # half and more of both
        attribution("indirect", "thinks it", None),  # two of eight letters are content
    ]
    table = shares(found)
    assert table["direct"] == (1, 1, 100, 100, 0, 0)
    assert table["indirect"] == (2, 2, 50, 50, 100, 100)
    assert table["all"] == pytest.approx((3, 3, 200 / 3, 200 / 3, 50, 50))
    assert pd.isna(table["mixed"][2])


def test_f1():
    table = agreement_table(Counter({("all", "n_gold"): 4, ("all", "n_gold_covered"): 2}))
    assert pd.isna(table["f1"].iloc[-1])
    table = agreement_table(
        Counter(
            {
                ("all", "n_gold"): 4,
                ("all", "n_gold_covered"): 2,
                ("all", "n_found"): 4,
                ("all", "n_found_right"): 4,
            }
        )
    )
    assert table["f1"].iloc[-1] == pytest.approx(200 / 3)


def test_nothing_found():
    assert shares([])["all"][:2] == (3, 0)
    assert shares([])["all"][3] == 0


def test_the_best_match_is_the_one_that_shares_most():
    found = [attribution("indirect", "it", "Varn"), attribution("indirect", "it may hold", "Brandel")]
    assert shares(found)["indirect"][4:] == (100, 100)
