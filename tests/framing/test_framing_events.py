"""Same news: the sample's twelve events are found, and statements are matched across outlets."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

import onrecord

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "articles"


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return onrecord.read_documents(SAMPLE)


@pytest.fixture(scope="module")
def events(documents) -> pd.DataFrame:
    return onrecord.find_events(documents)


def pairs(groups) -> set[frozenset[str]]:
    return {frozenset(pair) for _, group in groups for pair in combinations(group["doc_id"], 2)}


def test_the_twelve_events_of_the_sample(documents, events):
    # Each outlet reports the events in the same order.
    order = documents.groupby("outlet")["published"].rank()
    truth = pairs(documents.groupby(order))
    found = pairs(events.groupby("event_id"))
    assert len(truth) == 72
    assert len(found & truth) / len(found) >= 0.98
    assert len(found & truth) / len(truth) >= 0.9


def test_events_keep_to_their_days_and_outlets(documents, events):
    spread = events.groupby("event_id")["published"].agg(lambda day: day.max() - day.min())
    assert (spread <= pd.Timedelta(days=3)).all()
    assert (events.groupby("event_id")["outlet"].nunique() > 1).all()
    assert events["similarity"].between(0.18, 1).all()
    assert events["event_id"].is_monotonic_increasing
    far = documents.assign(published=documents["published"] + pd.to_timedelta(range(0, 4800, 100), unit="D"))
    assert onrecord.find_events(far).empty


def test_nothing_known_gives_an_empty_table(documents):
    assert onrecord.find_events(documents.assign(outlet=pd.NA)).empty
    assert onrecord.find_events(documents.assign(published=pd.NaT)).empty
    assert list(onrecord.find_events(documents.head(0)).columns) == list(
        onrecord.find_events(documents).columns
    )


def test_the_order_of_the_articles_makes_no_difference(documents, events):
    shuffled = onrecord.find_events(documents.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(shuffled, events)


HERALD = """\
“We photographed the crack and sent it upstairs in March,” Ann Reed, an engineer, said.

The bridge will stay shut until the end of the summer, said Paul Voss, the transport minister.
"""
POST = """\
“We photographed the crack and sent it up,” said Ann Reed.

Officials said the bridge will stay shut until the end of the summer.
"""


@pytest.fixture(scope="module")
def two():
    documents = pd.DataFrame({"doc_id": ["h", "p"], "outlet": ["Herald", "Post"], "text": [HERALD, POST]})
    events = documents[["doc_id", "outlet"]].assign(event_id=1)
    return onrecord.analyse(documents), events


def test_a_statement_left_unnamed_elsewhere(two):
    table = onrecord.match_statements(*two)
    (row,) = table.query("is_unnamed_a != is_unnamed_b").itertuples()
    assert (row.outlet_a, row.is_unnamed_a, row.outlet_b, row.is_unnamed_b) == ("Herald", False, "Post", True)
    assert row.is_same_wording and pd.isna(row.changes) and row.overlap == 1


def test_a_quotation_that_was_cut(two):
    table = onrecord.match_statements(*two)
    (row,) = table.query("form_a == 'direct' and form_b == 'direct'").itertuples()
    assert row.changes == "we photographed the crack and sent it [-upstairs in march-] {+up+}"
    assert not row.is_same_wording and 0.8 < row.overlap < 1
    assert onrecord.match_statements(*two, min_overlap=1).equals(
        table[table["overlap"] == 1].reset_index(drop=True)
    )


def test_who_quotes_whom(two):
    table = onrecord.count_event_sources(*two).set_index(["name", "outlet"])
    assert table.loc[("Ann Reed", "Post"), ["n_outlets", "n_event_outlets"]].tolist() == [2, 2]
    assert (
        table.loc[("Paul Voss", "Herald"), "is_only_here"]
        and not table.loc[("Ann Reed", "Post"), "is_only_here"]
    )


def pair_of(herald: str, post: str):
    """Return the pairs of statements of two articles on one event."""
    documents = pd.DataFrame({"doc_id": ["h", "p"], "outlet": ["Herald", "Post"], "text": [herald, post]})
    events = documents[["doc_id", "outlet"]].assign(event_id=1)
    return onrecord.match_statements(onrecord.analyse(documents), events)


SAID = "The pumps of the lower lock have been out of order since the flood in May"


@pytest.mark.parametrize(
    ("post", "is_split"),
    [
        (f"“{SAID},” a senior engineer said.", True),
        (f"“{SAID},” an engineer who asked not to be named said.", True),
        (f"“{SAID},” engineers said.", False),  # a plural is not the person
        (
            f"Paul Voss runs the lock.\n\nA guard came.\n\n“{SAID},” he said.",
            False,
        ),  # may be the person before
        (f"A guard came.\n\n“{SAID},” the guard said.", False),  # likewise
        (f"“{SAID},” the Harbour Board said.", False),
        ("“The pumps of the lower lock leak,” a senior engineer said.", False),  # other words
    ],
)
def test_one_person_named_here_and_unnamed_there(post, is_split):
    table = pair_of(f"“{SAID},” said Ann Reed, an engineer.", post)
    assert table["is_named_at_one_only"].any() == is_split
    if is_split:
        (row,) = table[table["is_named_at_one_only"]].itertuples()
        assert row.name_a == "Ann Reed" and pd.isna(row.name_b) and row.is_unnamed_b


def test_a_quotation_that_is_part_of_the_other_has_the_same_wording():
    table = pair_of(
        f"“{SAID},” Ann Reed said.", "“The pumps of the lower lock have been out of order,” said Reed."
    )
    assert table["is_same_wording"].tolist() == [True]


def test_fewer_than_five_words_in_common_are_chance():
    assert pair_of(
        "“The Harbour Board of Ellin,” Ann Reed said.", "“The Harbour Board of,” a guard said."
    ).empty
