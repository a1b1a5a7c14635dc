"""Public functions on a corpus on disk: the same table as in memory, or an error that names the remedy."""

from __future__ import annotations

import inspect

import pandas as pd
import pytest

import onrecord
from onrecord.analysis import TABLES
from onrecord.corpus.duplicates import add_duplicates
from onrecord.guard import _alternatives
from onrecord.scale import spool

TEXTS = (
    "The dam is safe on day {i}, Mayor Ilse Korvin said. “Nobody has to leave,” Rana Dolt added. The office "
    "did not respond to a request for comment on the “so-called” repairs.",
    "A senior official, who asked not to be named because he feared for his job, told reporters that gate "
    "{i} had failed. Prof. Owen Taskel, an engineer, claimed it was “a miracle”.\n\nKorvin denied it. The "
    "court ordered a report on gate {i}. Residents fear that the town will be flooded.",
    "“We will sue,” Rana Dolt, the head of the fishermen’s union, said on day {i}. Officials admitted "
    "mistakes. The ministry declined to comment. Ilse Korvin plans to visit the dam.",
    "Rain fell all day {i} in the valley, and the river rose by two metres.",
)
HEADLINES = ("Korvin calls the dam safe", "Gate fails", None, "Rain")
VARIANTS = {"the dam": ["dam", "gate"]}


def made_documents(n: int) -> pd.DataFrame:
    rows = [
        (f"d{i:03d}", ("Herald", "Post", None)[i // 4 % 3], HEADLINES[i % 4], TEXTS[i % 4].format(i=i))
        for i in range(n)
    ]
    documents = pd.DataFrame(rows, columns=["doc_id", "outlet", "headline", "text"])
    return documents.assign(
        published=pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta(range(n), unit="h")
    )


@pytest.fixture(scope="module")
def documents() -> pd.DataFrame:
    return add_duplicates(made_documents(60))


@pytest.fixture(scope="module")
def whole(documents):
    return onrecord.analyse(documents)


@pytest.fixture(scope="module")
def corpus(documents, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "PART_CHARACTERS", 3000)
        return onrecord.analyse_corpus(documents, tmp_path_factory.mktemp("corpus"), workers=1)


@pytest.fixture(scope="module")
def events(documents):
    return pd.DataFrame(
        {
            "event_id": [1] * 20,
            "doc_id": documents["doc_id"].head(20).to_numpy(),
            "outlet": [("Herald", "Post", "Echo")[i // 4 % 3] for i in range(20)],
        }
    )


# What a public function is called with, beside the analysis or corpus. Several calls where an option changes
# what is counted.
CALLS: dict[str, list[dict]] = {
    "add_flags": [{}, {"acts": "all"}],
    "compare_speakers": [{"index": "gini"}],
    "count_co_quoted": [{}],
    "count_cues": [{}, {"by": "outlet", "acts": "all"}],
    "count_disclosures": [{}, {"by": "outlet"}],
    "count_event_sources": [{"events": "events"}],
    "count_speakers": [{}, {"by": "outlet"}, {"acts": ["statement", "plan"], "min_probability": 0.2}],
    "count_unnamed": [{"by": "outlet"}, {"by": ["outlet", "month"], "definition": "strict"}],
    "diversity_of_speakers": [{"by": "outlet"}, {"curve": "lorenz"}, {"curve": "rarefaction"}],
    "find_unnamed": [{}, {"definition": "broad", "acts": "all"}],
    "match_statements": [{"events": "events"}],
    "rate_scare_quotes": [{}],
    "share_each": [
        {"column": "act", "acts": "all", "by": "outlet"},
        {"column": "sector", "of": "sources", "known_only": True},
        {"column": "gender", "of": "words", "by": "outlet"},
        {"column": "naming", "turn": "first"},
        {"column": "gender", "choosable": True},
        {"column": "sector", "where": {"gender": "woman"}},
    ],
    "share_flags": [{"by": "outlet"}],
    "share_identified": [{}, {"by": "outlet"}],
    "share_reasons": [{"by": "outlet"}],
    "share_stance": [{"source": "naming"}, {"by": "outlet"}, {"source": "sector", "acts": "all"}],
    "share_unnamed": [{"of": of, "by": "outlet"} for of in ("sources", "attributions", "words", "articles")],
}


def functions_of(kind: str) -> list[str]:
    """Public functions with an argument of a kind."""
    found = []
    for name in onrecord.__all__:
        function = getattr(onrecord, name)
        if inspect.isfunction(function):
            arguments = inspect.signature(function).parameters.values()
            if any(kind in _alternatives(str(argument.annotation)) for argument in arguments):
                found.append(name)
    return found


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """A table without its index and without what a corpus leaves on disk."""
    return table.drop(columns=["text", "byline", "standfirst"], errors="ignore").reset_index(drop=True)


def test_each_function_that_takes_a_corpus_is_called():
    assert set(functions_of("Countable")) == set(CALLS)


@pytest.mark.parametrize(
    ("name", "options"), [(name, call) for name, calls in CALLS.items() for call in calls]
)
def test_a_measure_on_disk_is_the_same(name, options, corpus, whole, events):
    given = {key: events if value == "events" else value for key, value in options.items()}
    on_disk, in_memory = (getattr(onrecord, name)(analysis, **given) for analysis in (corpus, whole))
    assert len(in_memory) > 0
    if name == "match_statements":
        pd.testing.assert_frame_equal(on_disk, in_memory)
    else:
        pd.testing.assert_frame_equal(plain(on_disk), plain(in_memory))


def test_what_needs_texts_says_so_and_takes_a_selection(corpus):
    refused = set(functions_of("Analysis")) - set(functions_of("Countable"))
    assert {"tone_within", "find_positions", "find_passages", "share_labels"} <= refused
    for name in refused:
        function = getattr(onrecord, name)
        arguments = inspect.signature(function).parameters.values()
        argument = next(a for a in arguments if "Analysis" in _alternatives(str(a.annotation)))
        if argument.name == "source":
            continue
        required = [a.name for a in arguments if a.default is a.empty and a is not argument]
        with pytest.raises(ValueError, match=r"corpus\.select|must be") as caught:
            function(**{argument.name: corpus}, **dict.fromkeys(required))
        if not required:
            assert "Select some articles: corpus.select(" in str(caught.value)
    some = corpus.select("outlet = 'Herald'")
    assert len(onrecord.tone_within(some)) and len(onrecord.find_positions(some))
    assert len(onrecord.share_labels(some, VARIANTS))


def test_a_table_of_the_corpus_is_asked_for_with_sql_or_selected(corpus):
    for name in set(TABLES) - {"documents"}:
        with pytest.raises(AttributeError, match=rf"corpus\.sql\('SELECT \* FROM {name} LIMIT 10'\)"):
            getattr(corpus, name)
    with pytest.raises(AttributeError, match="has no 'outlets'"):
        _ = corpus.outlets
    with pytest.raises(ValueError, match=r"documents must be a table.*corpus\.select.*\.documents"):
        onrecord.find_events(corpus)


@pytest.mark.parametrize(
    "call",
    [lambda a: onrecord.share_each(a, "sectr"), lambda a: onrecord.share_stance(a, source="nam")],
    ids=["share_each", "share_stance"],
)
def test_an_unknown_column_gets_the_same_error_as_in_memory(call, corpus, whole):
    with pytest.raises(ValueError, match=r"sectr|nam") as in_memory:
        call(whole)
    with pytest.raises(ValueError, match=r"sectr|nam") as on_disk:
        call(corpus)
    # The list of the known columns has a help column in memory.
    assert str(in_memory.value).replace(", weight", "") == str(on_disk.value)
