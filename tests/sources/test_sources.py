"""Sources: mentions joined, the tables, names across articles, the stance of cues."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coded import code
from onrecord.attributions.stance import cue_stance
from onrecord.records import Attribution
from onrecord.sources.names import add_names
from onrecord.sources.resolve import source_rows, sources_of
from onrecord.tables import SOURCES, as_table
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists


def indices(text, *mentions):
    return [coded.index for coded in code(text, *mentions)]


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        (
            "Transport Minister Henrik Sol shut the bridge. “No driver crosses,” he said. Mr "
            "Sol spoke on Monday. "
            "The minister then left.",
            ["Transport Minister Henrik Sol", "he", "Mr Sol", "The minister"],
            [0, 0, 0, 0],
        ),
        (
            "Rosa Tench met Lionel Abary. She said no. He said yes.",
            ["She", "He"],
            [0, 1],
        ),
        (
            "A surgeon said beds were short. A nurse disagreed. The surgeon said it again. The "
            "nurse said no.",
            ["A surgeon", "A nurse", "The surgeon", "The nurse"],
            [0, 1, 0, 1],
        ),
        (
            "Several dockers said they were cold. They said the pay was late.",
            ["Several dockers", "They"],
            [0, 0],
        ),
        (
            "Half a dozen aides said no. Four of those aides said never. One of the aides said perhaps. "
            "Another aide said yes.",
            ["Half a dozen aides", "Four of those aides", "One of the aides", "Another aide"],
            [0, 0, 1, 2],
        ),
        (
            "The Bank of Orvane cut its rate. It said prices would fall. The bank said no more.",
            ["The Bank of Orvane", "It", "The bank"],
            [0, 0, 0],
        ),
        (
            "One official said the draft was ready. A second official said it was not.",
            ["One official", "A second official"],
            [0, 1],
        ),
        (
            "Rosa Tench, who leads the dockers, said no.",
            ["Rosa Tench", "who"],
            [0, 0],
        ),
    ],
)
def test_mentions_are_joined(text, mentions, expected):
    assert indices(text, *mentions) == expected


@pytest.mark.parametrize(
    ("text", "mention", "form", "naming"),
    [
        (
            "A spokesman for Rosa Tench said no. Rosa Tench left.",
            "A spokesman for Rosa Tench",
            "person",
            "spokesperson",
        ),
        (
            "One of Verrick’s associates said no. Tomas Verrick left.",
            "One of Verrick’s associates",
            "person",
            "unnamed",
        ),
        ("Rosa Tench’s lawyer said no.", "Rosa Tench’s lawyer", "person", "identifiable"),
        ("Lawyer Felix Amaro said no.", "Lawyer Felix Amaro", "person", "named"),
        ("A spokeswoman, Ann Lee, said no.", "A spokeswoman", "person", "named"),
        (
            "The Verrick government said no. Tomas Verrick left.",
            "The Verrick government",
            "institution",
            "institution",
        ),
        ("Verrick supporters said no. Tomas Verrick left.", "Verrick supporters", "group", "collective"),
        ("Verrick and his aides said no. Tomas Verrick left.", "Verrick and his aides", "group", "named"),
        ("Police said no.", "Police", "institution", "institution"),
        ("Skarra’s newspapers said no.", "Skarra’s newspapers", "media", "collective"),
        ("Polls show a lead.", "Polls", "document", "collective"),
        ("One poll shows a lead.", "One poll", "document", "unidentified_document"),
        ("A Meridian exit poll shows a lead.", "A Meridian exit poll", "document", "institution"),
        ("Moscow said no.", "Moscow", "institution", "institution"),
        ("Republicans said no.", "Republicans", "group", "collective"),
        ("Everyone knew it.", "Everyone", "group", "collective"),
        ("Someone shouted no.", "Someone", "person", "unnamed"),
        ("I said no.", "I", "narrator", "narrator"),
        ("Nobody was there. She said no.", "She", "none", "unclear"),
    ],
)
def test_form_and_naming(text, mention, form, naming):
    (coded,) = code(text, mention)
    assert (coded.source.form, coded.source.naming) == (form, naming)


def test_relay_by_statement_post_document_and_outlet():
    text = (
        "A clerk said in a statement that it was late. A docker wrote on Facebook that it was cold. "
        "An aide said in a letter that it was over. An agent told Reuters it was false."
    )
    found = code(text, "A clerk", "A docker", "An aide", "An agent", outlet="The Ellin Courier")
    assert [(c.source.relay, c.source.relay_outlet) for c in found] == [
        ("statement", None),
        ("social", None),
        ("document", None),
        ("other outlet", "Reuters"),
    ]


@pytest.mark.parametrize("outlet", ["Reuters", "reuters.com", "https://www.reuters.com/", "Thomson Reuters"])
def test_the_article_s_own_outlet_is_no_relay(outlet):
    (coded,) = code("An agent told Reuters it was false.", "An agent", outlet=outlet)
    assert (coded.source.relay, coded.source.relay_outlet) == ("direct", None)


def documents(*texts):
    return pd.DataFrame(
        {"doc_id": [f"d{i}" for i in range(len(texts))], "outlet": [pd.NA] * len(texts), "text": list(texts)}
    )


def test_rows_of_the_sources_table():
    text = "Rosa Tench said no. Tench said never. Quiet."
    attributions = [
        Attribution([(16, 18)], (11, 15), (0, 10), "indirect", True, 1.0),
        Attribution([(31, 36)], (26, 30), (20, 25), "indirect", True, 1.0),
        Attribution([(38, 43)], None, None, "indirect", True, 1.0),
    ]
    found, members = sources_of(read_article(text), attributions)
    sources = as_table(source_rows("d0", text, found, members, [2, 3, 0], ["statement"] * 3), SOURCES)
    assert sources[["description", "name", "n_attributions", "n_words_quoted"]].values.tolist() == [
        ["Rosa Tench", "Rosa Tench", 2, 5]
    ]
    assert members == [0, 0, None]


def test_names_are_shared_across_articles(tmp_path):
    names = ["Dana P. Lind", "Dana Lind", "Lind", "Tom Verrick", None]
    rows = as_table(
        {
            "doc_id": list("abcde"),
            "form": ["person"] * 5,
            "naming": ["named"] * 4 + ["unnamed"],
            "name": names,
        },
        SOURCES,
    )
    assert add_names(rows)["name"].tolist() == ["Dana Lind", "Dana Lind", "Dana Lind", "Tom Verrick", pd.NA]
    (tmp_path / "persons.csv").write_text("name,aliases\nTomas Verrick,Tom Verrick\n", encoding="utf-8")
    assert add_names(rows, lists=load_lists(tmp_path))["name"][3] == "Tomas Verrick"


def test_two_full_names_leave_a_last_name_alone():
    rows = as_table(
        {"form": ["person"] * 3, "naming": ["named"] * 3, "name": ["Dana Lind", "Bob Lind", "Lind"]}, SOURCES
    )
    assert add_names(rows)["name"].tolist() == ["Dana Lind", "Bob Lind", "Lind"]


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "neutral"),
        ("according to", "neutral"),
        ("has repeatedly claimed", "distancing"),
        ("points out", "endorsing"),
        ("warned", "other"),
        ("xyzzy", None),
        (None, None),
    ],
)
def test_cue_stance(cue, stance):
    assert cue_stance(cue) == stance


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 299), st.integers(1, 60)), max_size=5))
def test_any_text_gives_sources(text, cuts):
    spans = [(a, min(a + n, len(text))) for a, n in cuts if a < len(text)]
    attributions = [Attribution([span], None, span, "indirect", True, 1.0) for span in spans]
    sources, members = sources_of(read_article(text), attributions)
    assert len(members) == len(spans)
    assert set(members) == set(range(len(sources)))
    for source in sources:
        for span in filter(None, (source.marker, source.reason)):
            assert 0 <= span[0] < span[1] <= len(text)
