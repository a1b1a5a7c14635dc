"""One whole article with everything that makes sources hard, read completely right.

It relays another outlet throughout: unnamed sources with four markers, sources that return under
another description, a minister anyone can look up, fragments, scare quotes and "Read more" lines.
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from onrecord import Analysis, analyse

TEXT = """\
Thale, 'Carvia': A friendship of sixty years cools
The summer may test the two old partners further, and neither of them seems to be in a hurry.
The breakaway government on the coast and the Republic of Thale have all but stopped talking, as quarrels \
grow between Carvian Premier Aldo Reyne and President June Ashby, who both face angry voters at home, \
Straits Herald news website said in a report published on Sunday.
The rift opened three years ago between Ashby's cabinet and "Carvia", above all over the fishing treaty.
Reyne has not been asked to the presidential palace since he took office, a first in the history of the pact \
between "Dunmere" and Ashby's cabinet.
The Premier did not wait for an apology. He has since kept his whole government away from their colleagues \
in Thale, most lately Harbour Minister Piet Corran on his trip to Port Lorne last week.
Read more: Corran calls Thale's envoys 'timid'; recalls treaty of 1951
Corran, on Reyne's orders, saw neither Foreign Secretary Lena Voss nor Treaty Commissioner Max Oduya. He \
never set foot in the capital.
His journey was a family visit with a dinner for donors and an hour with Straits Commissioner Rosa Quill.
"I have never seen the like of it," a senior Carvian naval source, who requested to remain anonymous, told \
Straits Herald, in reference to Ashby's refusal to receive Reyne in his ninth month in office.
Thale answered by sending Deputy Secretary Omar Finch to meet Corran in Port Lorne.
Media reports said the two mostly discussed the patrols off the northern shoals.
The Treaty Office did not mention Corran's visit in its weekly bulletin, the news site said.
"No premier before him has told his ministers to refuse every meeting with our oldest partner because he \
himself was not invited," the Carvian source continued.
There is one exception to this ban: Fisheries Minister Dana Holt, who looks after the talks on quotas.
Read more: Carvian navy admits: half the fleet unfit for sea
The two navies usually exchange charts and weather every morning. This year the line is often dead, as both \
sides wait for their leaders to meet.
While Reyne and Ashby spoke by telephone in May, when it was reported that the President pressed her ally to \
drop his port law, no visit came of it.
According to the report, Ashby has agreed to receive the Premier in the second week of October. Where they \
will sit down is open.
"She will see him in the end, but Carvia does nothing to make a date easier to find," a senior Thale \
official recently disclosed to Straits Herald on condition of anonymity.
Earlier this week, the former Carvian Harbour Minister, who is now leading the largest party of the \
opposition, told Channel 6 News, commenting on Corran's empty diary in Port Lorne, that he "would not have \
accepted that," adding that he "would have gone to the capital."
Read more: Reyne is 'deaf, stubborn' and steers coast onto rocks: Carvian press
After Corran spoke against the port law, the Premier almost dismissed him in April. He gave up the plan \
under pressure from the shipyards.
"I wish we frightened [pirate captain Silas] Grole half as much as Reyne frightens Piet Corran," a senior \
Tidal League source told Straits Herald on condition that her identity remained undisclosed.
In talks with his associates, the Harbour Minister has voiced a wish to steady the ministry from within \
rather than leave it to a stranger.
"Reyne no longer weighs what he does," one of the associates of the minister told Straits Herald on \
condition of anonymity.
According to him, Reyne is likely to make "reckless appointments" in the Harbour Ministry too, so "it is \
wiser for Corran to stay at the table than to be sent from the room."
Two disputed bills return to parliament when its summer break ends: one on the pay of pilots, one on the \
flag. The Premier, for his part, declared his opposition to the first, citing its cost.
Read more: Dockers enter ninth week of protest against port law
"""

# (words of the content, source, naming, marker, outlet between)
QUOTATIONS = [
    ("never seen the like", "naval", "anonymous", "requested to remain anonymous", "Straits Herald"),
    ("No premier before him", "naval", "anonymous", "requested to remain anonymous", "Straits Herald"),
    ("She will see him", "official", "anonymous", "on condition of anonymity", "Straits Herald"),
    ("would not have accepted", "former", "identifiable", None, "Channel 6 News"),
    ("would have gone", "former", "identifiable", None, "Channel 6 News"),
    (
        "I wish we",
        "League",
        "anonymous",
        "on condition that her identity remained undisclosed",
        "Straits Herald",
    ),
    ("no longer weighs", "associates", "anonymous", "on condition of anonymity", "Straits Herald"),
    ("reckless appointments", "associates", "anonymous", "on condition of anonymity", "Straits Herald"),
    ("it is wiser", "associates", "anonymous", "on condition of anonymity", "Straits Herald"),
]
INDIRECT = [
    ("have all but stopped talking", "Straits Herald", "institution"),
    ("the two mostly discussed", "Media reports", "collective"),
    ("its weekly bulletin", "Straits Herald", "institution"),
    ("has agreed to receive", "report", "institution"),
    ("his opposition", "Reyne", "named"),
]


def read(text: str, outlet: str | None = None) -> Analysis:
    return analyse(pd.DataFrame({"doc_id": ["article"], "text": [text], "outlet": [outlet]}))


def said(analysis: Analysis, words: str) -> pd.Series:
    """Return the one attribution whose content holds `words`, with its source."""
    joined = analysis.attributions.merge(
        analysis.sources, on=["doc_id", "source_id"], how="left", suffixes=("", "_of_source")
    )
    found = joined[joined["text"].str.contains(words, regex=False)]
    assert len(found) == 1, (words, found["text"].tolist())
    return found.iloc[0]


def assert_quotations(analysis: Analysis, expected: list[tuple]) -> None:
    source_ids: dict[str, set[int]] = {}
    for words, source, naming, marker, outlet in expected:
        row = said(analysis, words)
        assert row["form"] in ("direct", "mixed"), words
        assert source in row["description"], (words, row["description"])
        assert (row["naming"], row["form_of_source"]) == (naming, "person"), words
        assert (None if pd.isna(row["marker"]) else row["marker"]) == marker, words
        assert (row["relay"], row["relay_outlet"]) == ("other outlet", outlet), words
        source_ids.setdefault(source, set()).add(row["source_id"])
    assert all(len(ids) == 1 for ids in source_ids.values()), source_ids
    assert len(set().union(*source_ids.values())) == len(source_ids)


def assert_indirect(analysis: Analysis, expected: list[tuple[str, str, str]]) -> None:
    for words, source, naming in expected:
        row = said(analysis, words)
        assert (row["form"], row["naming"]) == ("indirect", naming), (words, row["description"])
        assert source in row["description"], (words, row["description"])


def assert_nothing_in_read_more_lines(analysis: Analysis) -> None:
    text = analysis.documents["text"].iloc[0]
    for frame in (analysis.spans, analysis.scare_quotes):
        for start in frame["start"]:
            assert not text.startswith("Read more", text.rfind("\n", 0, start) + 1)


def assert_every_double_mark_is_read(analysis: Analysis) -> None:
    text = analysis.documents["text"].iloc[0]
    contents = analysis.spans[analysis.spans["role"] == "content"]
    spans = [
        *contents[["start", "end"]].itertuples(index=False),
        *analysis.scare_quotes[["start", "end"]].itertuples(index=False),
    ]
    for at in (i for i, sign in enumerate(text) if sign == '"'):
        assert any(start <= at < end for start, end in spans), text[at - 20 : at + 20]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return read(TEXT)


def test_quotations_and_their_sources(analysis):
    assert_quotations(analysis, QUOTATIONS)
    assert_every_double_mark_is_read(analysis)
    assert analysis.attributions["is_closed"].all()


def test_indirect_attributions(analysis):
    assert_indirect(analysis, INDIRECT)


def test_scare_quotes(analysis):
    found = analysis.scare_quotes
    assert found["text"].tolist() == ["'Carvia'", '"Carvia"', '"Dunmere"']
    assert set(found["kind"]) == {"scare"}


def test_boilerplate(analysis):
    assert_nothing_in_read_more_lines(analysis)


def test_what_nobody_said_is_no_source(analysis):
    assert not analysis.attributions["speaker"].str.contains("Reyne and Ashby", regex=False).any()
    assert analysis.sources["naming"].eq("anonymous").sum() == 4


def test_an_outlet_known_only_by_its_introduction():
    expected = [(*row[:4], row[4].replace("Straits Herald", "Northwind")) for row in QUOTATIONS]
    assert_quotations(read(TEXT.replace("Straits Herald", "Northwind")), expected)


def test_the_news_site_is_the_outlet_introduced_as_one(analysis):
    first, later = said(analysis, "all but stopped"), said(analysis, "its weekly bulletin")
    assert first["source_id"] == later["source_id"] and first["name"] == "Straits Herald"


def test_the_minister_is_not_the_former_minister(analysis):
    row = said(analysis, "steady the ministry")
    assert (row["description"], row["naming"]) == ("Piet Corran", "named")


def test_own_outlet_is_no_relay():
    analysis = read(TEXT, "Straits Herald")
    for words, source, *_ in QUOTATIONS:
        expected = ("other outlet", "Channel 6 News") if source == "former" else ("direct", None)
        row = said(analysis, words)
        assert (row["relay"], None if pd.isna(row["relay_outlet"]) else row["relay_outlet"]) == expected, (
            words
        )


if os.environ.get("ONRECORD_CORPORA"):

    @pytest.fixture(scope="module")
    def seed_text() -> str:
        (path,) = (Path(os.environ["ONRECORD_CORPORA"]) / "seed").glob("*.txt")
        return path.read_text(encoding="utf-8")

    def test_the_seed_article(seed_text):
        analysis = read(seed_text)
        outlet = "Al-Monitor"
        assert_quotations(
            analysis,
            [
                ("Such things", "security source", "anonymous", "requested to remain anonymous", outlet),
                ("can't remember", "security source", "anonymous", "requested to remain anonymous", outlet),
                ("is not making", "US official", "anonymous", "on condition of anonymity", outlet),
                ("wouldn't have", "former", "identifiable", None, "Channel 13"),
                ("would have insisted", "former", "identifiable", None, "Channel 13"),
                (
                    "I wish",
                    "Likud source",
                    "anonymous",
                    "on condition that his identity remained undisclosed",
                    outlet,
                ),
                ("rational situation", "associates", "anonymous", "on condition of anonymity", outlet),
                ("absurd appointments", "associates", "anonymous", "on condition of anonymity", outlet),
                ("exert influence", "associates", "anonymous", "on condition of anonymity", outlet),
            ],
        )
        assert_indirect(
            analysis,
            [
                ("local approval polls", outlet, "institution"),
                ("primarily discussed", "Media reports", "collective"),
                ("did not mention", outlet, "institution"),
                ("somewhere between September", "report", "institution"),
                ("his opposition", "Netanyahu", "named"),
            ],
        )
        assert_every_double_mark_is_read(analysis)
        assert_nothing_in_read_more_lines(analysis)
        assert {'"Israel"', '"Tel Aviv"'} <= set(analysis.scare_quotes["text"])
        assert analysis.sources["naming"].eq("anonymous").sum() == 4
        for words in ("Such things", "can't remember", "is not making", "I wish", "rational situation"):
            row = said(analysis, words)
            assert row["form"] == "direct" and row["text"].startswith('"') and row["text"].endswith('"')
        assert said(analysis, "wouldn't have")["text"] == """that he "wouldn't have let that happen,\""""
        assert said(analysis, "somewhere between")["text"].startswith("Biden has agreed")
        assert said(analysis, "local approval polls")["text"].startswith("Relations between")

    def test_the_seed_article_in_its_source(seed_text):
        analysis = read(seed_text, "Al-Monitor")
        for words in ("Such things", "is not making", "I wish", "rational situation"):
            assert said(analysis, words)["relay"] == "direct"
        assert said(analysis, "would have insisted")["relay_outlet"] == "Channel 13"
