"""What is beside a quotation and not part of it: topics, terms of the talk, "it was reported"."""

import pandas as pd
import pytest

from onrecord import analyse


def read(text: str) -> pd.DataFrame:
    analysis = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    return analysis.attributions.merge(
        analysis.sources, on=["doc_id", "source_id"], how="left", suffixes=("", "_of_source")
    )


@pytest.mark.parametrize(
    ("text", "content", "form"),
    [
        (
            '"I wish we frightened them half as much as they frighten us," a senior Tidal League source told '
            "Radio Skarra on condition that her identity remained undisclosed.",
            '"I wish we frightened them half as much as they frighten us,"',
            "direct",
        ),
        (
            '"She will see him in the end, but nobody makes a date easier to find," a senior Thale official '
            "recently disclosed to Straits Herald on condition of anonymity.",
            '"She will see him in the end, but nobody makes a date easier to find,"',
            "direct",
        ),
        (
            "According to the report, Ashby has agreed to receive the Premier in the second week of October.",
            "Ashby has agreed to receive the Premier in the second week of October",
            "indirect",
        ),
    ],
)
def test_the_content_is_what_was_said(text, content, form):
    (row,) = read(text).itertuples()
    assert (row.text, row.form) == (content, form)


def test_what_a_speaker_comments_on_is_told_apart():
    found = read(
        "Earlier this week, the former Carvian Harbour Minister, who is now leading the largest party of the "
        "opposition, told Channel 6 News, commenting on Corran's empty diary in Port Lorne, that he "
        '"would not have accepted that."'
    ).set_index("cue")
    words = found.loc["told", "text"].removeprefix("that ")
    assert words == 'he "would not have accepted that."'
    assert found["source_id"].nunique() == 1


def test_nobody_is_the_source_of_an_impersonal_cue():
    found = read(
        "The two leaders spoke in May, when it was reported that the President pressed her ally to drop his "
        "law, after the minister announced that he would keep it."
    ).set_index("cue")
    row = found.loc["was reported"]
    assert row["speaker"] == "it" and row["form_of_source"] == "none"
    assert row["text"] == "that the President pressed her ally to drop his law"


@pytest.mark.parametrize(("mention", "name"), [("former", "Paul Reyne"), ("latter", "Anna Voss")])
def test_the_former_and_the_latter_are_the_two_of_the_last_pair(mention, name):
    found = read(
        f"Premier Paul Reyne and President Anna Voss met in May. Afterwards the {mention} announced that the "
        "treaty would be signed in June."
    )
    assert found.set_index("cue").loc["announced", "description"] == name
