"""Pronouns as sources: whom each takes up, by nearness, gender, number and who spoke last."""

from __future__ import annotations

import pytest

from coded import code


def taken_up(text, *mentions):
    """Return the name or description of the source of the last of `mentions`."""
    source = code(text, *mentions)[-1].source
    return None if source.naming == "unclear" else source.description


RAIN = "It rained. "


@pytest.mark.parametrize(
    ("text", "mentions", "who"),
    [
        # Who is only named behind a preposition is less likely, though nearer.
        ("Ann Lind slept. The old and leaky boat of Rosa Tench sank. She said no.", ["She"], "Ann Lind"),
        ("Ann Lind met on the old stone pier Rosa Tench. She said no.", ["She"], "Ann Lind"),
        ("Ann Lind met Rosa Tench. She said no.", ["She"], "Rosa Tench"),
        # Who spoke last is preferred over one a sentence nearer, but not two.
        ("Rosa Tench said no. Ann Lind slept. She said yes.", ["Rosa Tench", "She"], "Rosa Tench"),
        (
            f"Rosa Tench said no. {RAIN}{RAIN}{RAIN}Ann Lind slept. She said yes.",
            ["Rosa Tench", "She"],
            "Ann Lind",
        ),
        # A known gender goes before an unknown one, and excludes the other.
        ("Ulm K. Tench met on the old stone pier Ann Lind. She said no.", ["She"], "Ann Lind"),
        ("Ann Lind met Lionel Abary. He said no.", ["He"], "Lionel Abary"),
        ("Ann Lind slept. He said no.", ["He"], None),
        # Whoever is named within a quotation or as an owner is less likely.
        ("Rosa Tench met on the old stone pier Ann Lind’s brother. She said no.", ["She"], "Rosa Tench"),
        ("“Rosa Tench is late,” it was said by Ann Lind. She said no.", ["She"], "Ann Lind"),
        ("Rosa Tench is late, it was said by Ann Lind. She said no.", ["She"], "Rosa Tench"),
        # Six sentences are the reach.
        (f"Lionel Abary slept. {RAIN * 5}He said no.", ["He"], "Lionel Abary"),
        (f"Lionel Abary slept. {RAIN * 6}He said no.", ["He"], None),
        (f"A surgeon said no. {RAIN * 5}He said yes.", ["A surgeon", "He"], "A surgeon"),
        (f"A surgeon said no. {RAIN * 6}He said yes.", ["A surgeon", "He"], None),
        # An unnamed source is as good as a named one, unless its gender is another.
        (
            "A surgeon said no. The old and leaky boat of Ann Lind sank. She said yes.",
            ["A surgeon", "She"],
            "A surgeon",
        ),
        (
            f"A surgeon said no. {RAIN}Ann Lind slept. She said yes.",
            ["A surgeon", "She"],
            "Ann Lind",
        ),
        ("A spokeswoman said no. He said yes.", ["A spokeswoman", "He"], None),
        ("A spokeswoman said no. She said yes.", ["A spokeswoman", "She"], "A spokeswoman"),
        ("Some dockers said no. He said yes.", ["Some dockers", "He"], None),
        # Of two unnamed sources the one who spoke last.
        ("A surgeon said no. A nurse said no. She said yes.", ["A surgeon", "A nurse", "She"], "A nurse"),
        # Who spoke in the middle of a sentence is a little less likely.
        (
            "At the pier in the cold rain, a surgeon said no. The old and leaky boat of Ann Lind sank. "
            "She said yes.",
            ["a surgeon", "She"],
            "Ann Lind",
        ),
    ],
)
def test_he_and_she(text, mentions, who):
    assert taken_up(text, *mentions) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Rosa Tench and Ann Lind left. The former said no.", "Rosa Tench"),
        ("Rosa Tench and Ann Lind left. The latter said no.", "Ann Lind"),
        ("Rosa Tench and her friend Ann Lind left. The former said no.", "Rosa Tench"),
        ("Lionel Abary slept. Rosa Tench and Ann Lind left. The former said no.", "Rosa Tench"),
        ("Rosa Tench and Ann Lind left. Lionel Abary slept. The former said no.", "Rosa Tench"),
        (f"Rosa Tench and Ann Lind left. {RAIN}The former said no.", "Rosa Tench"),
        (f"Rosa Tench and Ann Lind left. {RAIN}{RAIN}{RAIN}The former said no.", "The former"),
    ],
)
def test_the_former_and_the_latter_are_of_the_last_pair(text, who):
    assert taken_up(text, "The former" if "The former" in text else "The latter") == who


@pytest.mark.parametrize(
    ("text", "mentions", "who"),
    [
        ("Several aides said no. A clerk slept. They said yes.", ["Several aides", "They"], "Several aides"),
        ("Several aides said no. A clerk said no. They left.", ["aides", "clerk", "They"], "aides"),
        ("The doctors slept. They said no.", ["They"], "The doctors"),
        ("Norwegians slept. They said no.", ["They"], "Norwegians"),
        ("A nurse said no. The doctors slept. They said yes.", ["A nurse", "They"], "The doctors"),
        # Within two sentences a source goes before a noun, beyond them not.
        (
            "Several aides said no. The doctors slept. They said yes.",
            ["Several aides", "They"],
            "Several aides",
        ),
        (
            f"Several aides said no. {RAIN}{RAIN}The doctors slept. They said yes.",
            ["Several aides", "They"],
            "The doctors",
        ),
        # Without a plural noun, the last body.
        ("The harbour board said no. Then they said yes.", ["board", "they"], "board"),
        ("A nurse said no. Then they said yes.", ["A nurse", "they"], None),
    ],
)
def test_they(text, mentions, who):
    assert taken_up(text, *mentions) == who


@pytest.mark.parametrize(
    ("text", "mentions", "who"),
    [
        ("The harbour board met. It said no.", ["It"], "The harbour board"),
        ("Norway slept. It said no.", ["It"], "Norway"),
        ("The doctors slept. It said no.", ["It"], None),
        ("The crowd slept. It said no.", ["It"], None),
        # A source goes before a noun within two sentences; several bodies are not "it".
        ("The board said yes. The ministry met. It said no.", ["The board", "It"], "The board"),
        (
            f"The board said yes. {RAIN.replace('It', 'Snow')}Rain fell. The ministry met. It said no.",
            ["The board", "It"],
            "The ministry",
        ),
        ("Two boards said yes. The ministry met. It said no.", ["Two boards", "It"], "The ministry"),
        # What everybody says has no source.
        ("The board met. It was widely reported that he left.", ["It"], None),
        ("The board met. It’s understood that he left.", ["It"], None),
        ("The board met. It has understood that he left.", ["It"], "The board"),
    ],
)
def test_it(text, mentions, who):
    assert taken_up(text, *mentions) == who


@pytest.mark.parametrize(
    ("text", "pronoun", "who"),
    [
        ("Rosa Tench, who leads the dockers, said no.", "who", "Rosa Tench"),
        ("Rosa Tench (D-Orvane), 44, a docker, who left, said no.", "who", "Rosa Tench"),
        ("Rosa Tench, one of the dockers, some of whom left, said no.", "whom", "Rosa Tench"),
        # The apposition reaches sixty characters; then the noun is meant, if it is near enough.
        ("Ann Lee, " + "a" * 55 + ", who left, said no.", "who", None),
        ("Dockers, it was cold and wet, who left, said no.", "who", "Dockers"),
        ("Dockers" + ", so cold" * 7 + ", who left, said no.", "who", "Dockers"),
        ("Dockers" + ", so cold" * 8 + ", who left, said no.", "who", None),
        # "A former nurse who …, Lee said": the name follows.
        ("A former nurse who hates noise, Rosa Tench said no.", "who", "Rosa Tench"),
        ("An old nurse who hates noise, Rosa Tench said no.", "who", "Rosa Tench"),
        ("Some nurses who hate noise, Rosa Tench said no.", "who", "Some nurses"),
        ("A former nurse who hates noise, Rosa Tench and Ann Lind said no.", "who", "A former nurse"),
        ("A former nurse who hates Rosa Tench said no.", "who", "A former nurse"),
        ("It was late: a former nurse who hates noise, Rosa Tench said, slept.", "who", "a former nurse"),
        # Nouns for people, in the plural, of a people, of spokespeople, or "those".
        ("The aide who left said no.", "who", "The aide"),
        ("Norwegians who left said no.", "who", "Norwegians"),
        ("The spokesman who left said no.", "who", "The spokesman"),
        ("Those who left said no.", "who", "Those"),
        ("People who left said no.", "who", "People"),
        ("The sun who left said no.", "who", None),
        # Of a compound, its head.
        ("The lawyer doctors who left said no.", "who", "The lawyer doctors"),
        # A question asks.
        ("The aide left. Who knows, it was said.", "Who", None),
        ("The board that met said no.", "that", "The board"),
        ("The aides that met said no.", "that", "The aides"),
        ("The aide that met said no.", "that", None),
    ],
)
def test_who_which_and_that(text, pronoun, who):
    assert taken_up(text, pronoun) == who


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        ("The old Orvane nurse", "The old Orvane nurse"),
        ("The ward nurses", "The ward nurses"),
        ("The long, cold ward nurses", "cold ward nurses"),
        # Neither what opens a sentence nor a verb, a short word or a number before a number.
        ("Then Orvane nurses", "Orvane nurses"),
        ("It hired nurses", "nurses"),
        ("It has cat nurses", "nurses"),
        ("He pays six nurses", "six nurses"),
        # Six words before the noun at most.
        ("The cold grey dark damp loud ward nurses", "cold grey dark damp loud ward nurses"),
        ("The long cold grey dark damp loud ward nurses", "cold grey dark damp loud ward nurses"),
    ],
)
def test_a_noun_phrase_reaches_back_to_its_determiner(words, phrase):
    assert taken_up(f"{words} who left said no.", "who") == phrase


@pytest.mark.parametrize(
    ("text", "naming"),
    [
        ("It was late, I said.\n\nRosa Tench\n", "named"),
        ("It was late, I said.\n\nRosa Tench, Orvane Harbour\n", "named"),
        ("It was late, I said.", "narrator"),
        ("Rosa Tench\n\nIt was late, I said.", "narrator"),
        ("It was late, I said.\n\nBy Rosa Tench\n", "narrator"),
        # Neither a long line nor a question or a quotation signs.
        ("It was late, I said.\n\nRosa Tench left" + " and slept" * 7 + "\n", "narrator"),
        ("It was late, I said.\n\nRosa Tench:\n", "narrator"),
        ("It was late, I said.\n\nRosa Tench left, did she?\n", "narrator"),
    ],
)
def test_i_is_the_author_or_who_signs_below(text, naming):
    (coded,) = code(text, "I")
    assert coded.source.naming == naming


def test_all_first_persons_are_one_author():
    assert [
        coded.index for coded in code("I said no. We said yes. A clerk said so.", "I", "We", "A clerk")
    ] == [
        0,
        0,
        1,
    ]


def test_a_noun_and_the_who_after_it_are_one_source():
    first, second, third = code(
        "The nurse who left said no. The nurse said yes. A nurse said never.", "who", "The nurse", "A nurse"
    )
    assert first.index == second.index != third.index
