"""The cast: everybody whom an article introduces, and whom descriptions and pronouns take up."""

from __future__ import annotations

import pytest

from coded import code
from onrecord.records import Attribution
from onrecord.sources.resolve import sources_of
from onrecord.text.tokens import read_article

RAIN = " The rain went on until the evening."


def last(text, *mentions):
    """Return the source of the last of `mentions`."""
    return code(text, *mentions)[-1].source


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        (
            "Alderman Pia Storck left. A porter stood at the gate. “It was locked,” the porter said.",
            "the porter",
        ),
        ("Juan Belmar met two girls. A plumber had let them in. The plumber said it was wet.", "The plumber"),
        ("“It leaks,” Wen Okabe said. A tiler disagreed. “It is dry,” the tiler said.", "the tiler"),
        ("Judge Olga Prinz heard the case. “I was afraid,” the plaintiff said.", "the plaintiff"),
        (
            "Dr Amin Sollers runs the ward. A cyclist had been hit. “I saw nothing,” the cyclist said.",
            "the cyclist",
        ),
        (
            "Rector Ines Wold spoke of fees. Some pupil had complained. The pupil said it was late.",
            "The pupil",
        ),
        ("Police held Jon Tarvik. A passer-by, the witness, told the court it was dark.", "the witness"),
        ("Mayor Uwe Lind smiled. The tenant, who is ill, wept. “He lied,” the tenant said.", "the tenant"),
    ],
)
def test_a_description_is_not_the_person_named_last(text, mention):
    source = last(text, mention)
    assert (source.form, source.naming, source.name) == ("person", "unnamed", None)


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        (
            "Pia Storck, a baker in the old town, was up early. The baker said it was cold.",
            "The baker",
            "Pia Storck",
        ),
        ("Baker Wen Okabe was up. It rained. “No flour,” the baker said.", "the baker", "Wen Okabe"),
        ("Senator Olga Prinz left. “It is done,” the senator said.", "the senator", "Olga Prinz"),
        ("Juan Belmar, 43, lost. “I tried,” the 43-year-old said.", "the 43-year-old", "Juan Belmar"),
        ("Amin Sollers won the vote. “We begin,” the nominee said.", "the nominee", "Amin Sollers"),
        (
            "Ines Wold was heard. It rained. “We paid,” the former reeve said.",
            "the former reeve",
            "Ines Wold",
        ),
        ("Jon Tarvik, owner of the mill, slept. “It burnt,” the owner said.", "the owner", "Jon Tarvik"),
        (
            "A friend of Queen Ada denied it. Uwe Lind, a friend of Queen Ada, left.",
            "A friend of Queen Ada",
            "Uwe Lind",
        ),
    ],
)
def test_a_description_of_a_named_person(text, mention, name):
    source = last(text, mention)
    assert (source.naming, source.name) == ("named", name)


@pytest.mark.parametrize(
    ("text", "pronoun", "words"),
    [
        ("A porter asked for help. “It was locked,” he said.", "he", "porter"),
        ("A midwife waited by the car. “I ran,” she said.", "she", "midwife"),
        ("Pia Storck rose. A plumber had come in. He said the pipe was old.", "He", "plumber"),
        ("The waitress had seen it all. Juan Belmar paid. “He shook,” she said.", "she", "waitress"),
        ("Two tilers waited. A clerk came out. “We open at six,” he said.", "he", "clerk"),
    ],
)
def test_a_pronoun_takes_up_somebody_who_has_not_spoken(text, pronoun, words):
    assert words in last(text, pronoun).description


@pytest.mark.parametrize(
    ("text", "mention", "naming"),
    [
        ("A porter said no. His sister said yes.", "His sister", "unnamed"),
        ("One plumber said no. His wife said yes.", "His wife", "unnamed"),
        ("A tiler said no. The tiler’s mother said yes.", "The tiler’s mother", "unnamed"),
        ("Juan Belmar said no. His wife said yes.", "His wife", "identifiable"),
        ("It was Juan Belmar’s wife who said no.", "Juan Belmar’s wife", "identifiable"),
        ("The president left. The president’s wife said no.", "The president’s wife", "identifiable"),
    ],
)
def test_a_relative_is_looked_up_through_a_named_person(text, mention, naming):
    assert last(text, mention).naming == naming


@pytest.mark.parametrize(
    ("text", "mentions", "namings"),
    [
        (
            "Three masons, who asked not to be named, said no. “It fell,” one of the masons said. "
            "Another mason wept.",
            ["Three masons", "one of the masons", "Another mason"],
            ["anonymous", "anonymous", "anonymous"],
        ),
        (
            "Several port clerks spoke on condition of anonymity. One port clerk said no. "
            "Other clerks said yes.",
            ["One port clerk", "Other clerks"],
            ["anonymous", "collective"],
        ),
        (
            "Two pilots, who asked not to be named, said no. A third pilot said yes.",
            ["Two pilots", "A third pilot"],
            ["anonymous", "unnamed"],
        ),
        (
            "Two pilots said no. They asked not to be named. One of them said yes.",
            ["Two pilots", "One of them"],
            ["anonymous", "anonymous"],
        ),
    ],
)
def test_a_marker_of_a_group_reaches_its_members(text, mentions, namings):
    coded = code(text, *mentions)
    assert [one.source.naming for one in coded] == namings
    assert len({one.index for one in coded}) == len(mentions)


@pytest.mark.parametrize(
    ("text", "mention", "description"),
    [
        (
            "The judges Pia Storck and Wen Okabe met. The two judges said no.",
            "The two judges",
            "Pia Storck and Wen Okabe",
        ),
        ("Pia Storck and Wen Okabe live there. They said no.", "They", "Pia Storck and Wen Okabe"),
        ("Judge Pia Storck rose. The two judges said no.", "The two judges", "The two judges"),
    ],
)
def test_a_group_of_named_persons(text, mention, description):
    assert last(text, mention).description == description


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        (
            "Halvard Mills will close two plants.{} The manufacturer said no jobs would go.",
            "The manufacturer",
            "Halvard Mills",
        ),
        (
            "The Grain Authority fined four ports.{} The regulator said no.",
            "The regulator",
            "Grain Authority",
        ),
        ("Norrin Mutual said profits rose.{} The lender said it was glad.", "The lender", "Norrin Mutual"),
        ("Halvard Mills said so.{} The company said it was sorry.", "The company", "Halvard Mills"),
    ],
)
def test_an_organisation_by_its_trade(text, mention, name):
    source = last(text.format(RAIN), mention)
    assert (source.form, source.naming, source.name) == ("institution", "institution", name)


def test_a_trade_that_is_a_person_stays_one():
    assert last("A trader slept. “It fell,” the trader said.", "the trader").form == "person"
    assert last("Insurers said premiums would rise.", "Insurers").naming == "collective"


def test_the_same_mention_with_two_cues_is_one_source():
    first, second = code("“We are done,” another guard said.", "another guard", "")[:1] * 2
    assert first.index == second.index


def test_departments_of_several_ministries_are_not_one():
    coded = code(
        "The Department of Ports said no. The Department of Roads said yes. Later the Department said so.",
        "The Department of Ports",
        "The Department of Roads",
        "the Department",
    )
    assert coded[0].index != coded[1].index


@pytest.mark.parametrize("n", [200, 800])
def test_many_persons_of_one_last_name_take_linear_time(n):
    text = "\n\n".join(f"“It is {i},” said Fe{i}x Lind. A clerk slept. He said no." for i in range(n))
    assert len(code(text, *["He"] * n)) == n


def test_he_is_not_whom_his_words_are_about():
    text = "“Okabe is late,” one of the clerks of Wen Okabe said. According to him, Okabe may be ill."
    article = read_article(text)
    mention, him = text.index("one of"), text.index("him")
    attributions = [
        Attribution([(0, 16)], None, (mention, mention + 17), "direct", True, 1.0),
        Attribution([(him + 5, len(text))], None, (him, him + 3), "indirect", True, 1.0),
    ]
    _, members = sources_of(article, attributions)
    assert members == [0, 0]
