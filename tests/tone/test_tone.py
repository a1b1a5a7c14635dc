"""TextBlob's figures to the last digit, the words behind them, and texts of every kind."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob

from onrecord.tone.scores import add_tone, find_tone_words, topic_words
from onrecord.tone.textblob_scores import tone, tone_words
from onrecord.wordlists import load_lists

# Every rule of the lexicon's reading: negation, intensifiers, their reach, marks, emoticons, contractions.
TEXTS = [
    "The minister gave a good speech.",
    "It was not a very good speech, and never a great one.",
    "Really not good. Not really good! Hardly the worst idea...",
    "Don't say it isn't bad; it wasn't really, truly, absolutely awful!!",
    "“Terrible,” she said. ‘Wonderful’ (he said) “not a bad idea”.",
    "As follows: (a) a good plan; (b) a poor one (2018) and (18) so very (8) bad :) or so :-( !",
    "Sources : D is good. x D and X-D o . O <3 ♥ great (!) ( ! ) great!",
    "Mr. Smith, U.S. envoy, e.g. a nice man etc., said at 5 p.m. that... it's a very, very bad... day.",
    "not \n\n good\r\n\r\nvery \n\n\n bad END-OF-SENTENCE very good",
    "very !good not !bad extremely - bad quite 'a' good not x good not xy good",
    "https://example.org/a:) and http://x.y :/ fine",
]
PIECES = st.sampled_from(
    [
        *"!?.,;:()'\"“”‘’-=8x oOD\n<3",
        "not",
        "n't",
        "very",
        "really",
        "good",
        "bad",
        "Mr.",
        "...",
        "(!)",
        ":)",
        "END-OF-SENTENCE",
        "\r\n",
    ]
)


def assert_as_textblob(text):
    found = tone(text)
    assert (found.polarity, found.subjectivity) == tuple(TextBlob(text).sentiment)
    assert found.n_scored == len(TextBlob(text).sentiment_assessments.assessments)


@pytest.mark.parametrize("text", TEXTS)
def test_figures_are_textblobs(text):
    assert_as_textblob(text)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(PIECES, max_size=25).map("".join),
        st.lists(PIECES, max_size=25).map(" ".join),
    )
)
def test_figures_are_textblobs_on_any_text(text):
    assert_as_textblob(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "🙂👍🏽",
        "a" * 1_000_000,
        "good " * 200_000,
        "!" * 1_000_000,
        "." * 1_000_000,
        "هذا خبر سيئ",
        "\u202eevil",
    ],
)
def test_any_text_has_a_row(text):
    assert len(add_tone(pd.DataFrame({"text": [text]}))) == 1


def test_unknown_is_not_neutral():
    frame = pd.DataFrame({"text": ["A good day.", "The harbour.", None, ""]}, index=[7, 7, 3, 1])
    scored = add_tone(frame)
    assert scored.columns.tolist() == ["text", "polarity", "subjectivity", "n_scored"]
    assert scored.index.tolist() == [7, 7, 3, 1]
    assert scored["polarity"].isna().tolist() == [False, True, True, True]
    assert scored["polarity"].iloc[0] == pytest.approx(0.7)
    assert scored["n_scored"].tolist() == [1, 0, pd.NA, 0]
    assert "polarity" not in frame


def test_an_empty_table_has_the_columns():
    scored = add_tone(pd.DataFrame({"text": []}))
    assert scored.dtypes.astype(str).to_dict() | {"text": ""} == {
        "text": "",
        "polarity": "Float64",
        "subjectivity": "Float64",
        "n_scored": "Int64",
    }


def test_headlines_beside_bodies():
    frame = pd.DataFrame({"headline": ["Awful"], "text": ["Good."]})
    scored = add_tone(add_tone(frame), column="headline", prefix="headline_")
    assert scored[["polarity", "headline_polarity"]].iloc[0].tolist() == [pytest.approx(0.7), -1.0]


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="'text'"):
        add_tone(pd.DataFrame({"body": ["a"]}))


def test_words_behind_a_score():
    words = tone_words("It was not a very good plan. It is a great one!")
    assert [(w.term, w.intensified_by, w.negated_by) for w in words] == [
        ("good", ("very",), "not"),
        ("great", ("!",), None),
    ]
    # TextBlob: a negation turns the intensifier about (very, 1.3, becomes 1/1.3) and the score by -.5
    assert words[0].polarity == pytest.approx(0.7 / 1.3 * -0.5)
    assert words[1].polarity == 1.0


def test_shares_of_a_row_add_up_to_its_polarity():
    frame = pd.DataFrame({"text": [*TEXTS, None, ""]})
    words = find_tone_words(frame)
    sums = words.groupby("row")["added_polarity"].sum()
    polarity = add_tone(frame)["polarity"].dropna()
    assert sums.index.tolist() == polarity.index.tolist()
    assert sums.tolist() == pytest.approx(polarity.tolist())


def test_topic_words_are_left_out_on_demand(tmp_path):
    frame = pd.DataFrame({"text": ["A good plan after the dead were buried."]})
    assert add_tone(frame)["n_scored"].tolist() == [2]
    assert add_tone(frame, leave_out=topic_words())["polarity"].tolist() == [pytest.approx(0.7)]
    assert "dead" in topic_words(kinds=["event"])
    assert "dead" not in topic_words(kinds=["everyday"])
    (tmp_path / "topic_words.csv").write_text("term,kind\nGood,harbour\n", encoding="utf-8")
    lists = load_lists(tmp_path, replace=["topic_words"])
    assert topic_words(kinds="harbour", lists=lists) == {"good"}
    with pytest.raises(ValueError, match="not 'harbour'"):
        topic_words(kinds=["harbour"])
