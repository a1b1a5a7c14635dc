"""Naming, merging, names and relay, rule by rule: each case holds where the rule begins or ends."""

from __future__ import annotations

import pandas as pd
import pytest

from coded import code
from onrecord import analyse
from onrecord.attributions.stance import cue_stance
from onrecord.wordlists import load_lists


@pytest.mark.parametrize(
    ("text", "mention", "naming"),
    [
        # An enumerated few are unnamed, a crowd is a class.
        ("30 nurses said no.", "30 nurses", "unnamed"),
        ("31 nurses said no.", "31 nurses", "collective"),
        # Holders of an office of one named body can be looked up, other members cannot.
        ("The three Orvane mayors said no.", "The three Orvane mayors", "identifiable"),
        ("Three Orvane mayors said no.", "Three Orvane mayors", "unnamed"),
        ("The Orvane nurses said no.", "The Orvane nurses", "collective"),
        # Polls are identified by who made them, or counted under a name.
        ("Polls by Meridian say no.", "Polls by Meridian", "institution"),
        ("Polls conducted by Meridian say no.", "Polls conducted by Meridian", "institution"),
        ("Polls of Meridian say no.", "Polls of Meridian", "collective"),
        ("By now two Meridian polls say no.", "two Meridian polls", "institution"),
        ("By now some Meridian polls say no.", "some Meridian polls", "collective"),
    ],
)
def test_naming(text, mention, naming):
    (coded,) = code(text, mention)
    assert coded.source.naming == naming


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("It fell, the secretary of state Ann Lee said.", "the secretary of state Ann Lee", "Ann Lee"),
        ("It fell, an aide to spokesman Ann Lee said.", "an aide to spokesman Ann Lee", None),
        ("It fell, an aide to President Ann Lee said.", "an aide to President Ann Lee", None),
        ("Ann Lee, a nurse, said no.", "a nurse", "Ann Lee"),
        ("Ann Lee met a nurse, it was said.", "a nurse", None),
        ("A former nurse, Lee said no. Ann Lee left.", "A former nurse", "Ann Lee"),
        ("It was a nurse Lee met. Ann Lee left.", "a nurse", None),
    ],
)
def test_a_name_beside_the_mention_is_its_own_or_not(text, mention, name):
    (coded,) = code(text, mention)
    assert coded.source.name == name


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        # A body returns by its initials or a part of its name.
        ("Harbour Watch said no. Later the HW said yes.", ["Harbour Watch", "HW"], [0, 0]),
        ("Harbour Watch said no. Later Watch said yes.", ["Harbour Watch", "Watch"], [0, 0]),
        # An open class returns without its modifiers, but neither with new ones nor counted.
        ("Some nurses said no. Later nurses said yes.", ["Some nurses", "nurses"], [0, 0]),
        ("Some harbour nurses said no. Later nurses said yes.", ["harbour nurses", "nurses"], [0, 0]),
        ("Nurses said no. Later harbour nurses said yes.", ["Nurses", "harbour nurses"], [0, 1]),
        ("Nurses said no. Three nurses said yes.", ["Nurses", "Three nurses"], [0, 1]),
        (
            "Nurses polled by the city said no. Nurses polled by the town said yes.",
            ["Nurses polled by the city", "Nurses polled by the town"],
            [0, 1],
        ),
        # "The one" is one of a counted few.
        ("Two guards said no. The one guard said yes.", ["Two guards", "The one guard"], [0, 1]),
    ],
)
def test_merging(text, mentions, expected):
    assert [coded.index for coded in code(text, *mentions)] == expected


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        (
            "Harbour Minister Lionel Abary left. Rosa Tench slept. The senior harbour minister said no.",
            "The senior harbour minister",
            "Lionel Abary",
        ),
        ("A minister, Lionel Abary, left. The minister said no.", "The minister", "Lionel Abary"),
        # A noun that usually accompanies a name means a person named before, others a new source.
        ("Rosa Tench left. Rain fell. Rain fell. The senator said no.", "The senator", "Rosa Tench"),
        ("Rosa Tench left. Rain fell. Rain fell. The driver said no.", "The driver", None),
        ("Rosa Tench left." + " Rain fell." * 8 + " The senator said no.", "The senator", None),
    ],
)
def test_a_role_takes_up_a_named_person(text, mention, name):
    (coded,) = code(text, mention)
    assert coded.source.name == name


@pytest.mark.parametrize(
    ("text", "mention", "outlet"),
    [
        # Initials are an outlet where the name ends there and is not a known body or state.
        ("An agent told HRW.", "An agent", "HRW"),
        ("An agent told HRW about it.", "An agent", "HRW"),
        ("An agent told HRW researchers.", "An agent", None),
        ("An agent told NATO.", "An agent", None),
        ("An agent told the USA.", "An agent", None),
        # An outlet in brackets at the end of a paragraph speaks for the four sentences before.
        ("A clerk said no. [Orvane News]", "A clerk", "Orvane News"),
        ("A clerk said no. " + "Rain fell. " * 3 + "[Orvane News]", "A clerk", "Orvane News"),
        ("A clerk said no. " + "Rain fell. " * 4 + "[Orvane News]", "A clerk", None),
        ("A clerk said no. [Orvane Fleet]", "A clerk", None),
        # A correspondent is of the outlet before.
        (
            "It was late, a Washington Post reporter said.",
            "a Washington Post reporter",
            "The Washington Post",
        ),
        ("It was late, a Reuters reporter said.", "a Reuters reporter", "Reuters"),
        ("It was late, a Reuters clerk said.", "a Reuters clerk", None),
    ],
)
def test_relay_outlet(text, mention, outlet):
    (coded,) = code(text, mention)
    assert coded.source.relay_outlet == outlet


def test_the_stance_is_that_of_the_longest_listed_part():
    assert cue_stance("also points out") == "endorsing"
    assert cue_stance("then points out") == cue_stance("points out")


def test_the_users_list_of_persons_names_a_source(tmp_path):
    (tmp_path / "persons.csv").write_text("name,aliases\nRosamund Tench,Rosa Tench\n", encoding="utf-8")
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["Rosa Tench said that the lock leaks."]})
    analysis = analyse(documents, lists=load_lists(tmp_path))
    assert analysis.sources["name"].tolist() == ["Rosamund Tench"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Orvane Times said no.", "Orvane Times"),
        ("Orvane Daily News said that it leaks.", "Orvane Daily News"),
        ("“It leaks,” the Ellin Post said.", "Ellin Post"),
        ("The lock leaks, the Tarn Valley Review reported on Monday.", "Tarn Valley Review"),
    ],
)
def test_an_outlet_on_no_list_that_speaks_is_no_person_and_no_document(text, name):
    source = analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]})).sources.iloc[0]
    assert (source["form"], source["naming"], source["name"]) == ("media", "institution", name)


def test_a_person_whose_last_name_is_that_of_a_paper_stays_a_person():
    texts = ["Ms Ann Times said no.", "Senator Mara Post said no."]
    sources = analyse(pd.DataFrame({"doc_id": ["a", "b"], "text": texts})).sources
    assert sources["form"].tolist() == ["person", "person"] and (sources["naming"] == "named").all()
