"""Tone by a user's own words."""

from __future__ import annotations

import pandas as pd
import pytest

from onrecord.tone.scores import add_tone


def test_words_and_phrases_of_a_file(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("\ufeffpolarity, word\n-1,Shambles\n0.5,walks back\n-0.5,walks\n1,won’t yield\n", "utf-8")
    texts = ["A shambles: she walks back, he walks.", "They won't yield.", "Nothing.", None]
    scored = add_tone(pd.DataFrame({"text": texts}), lexicon=path)
    assert scored["polarity"].tolist() == [pytest.approx(-1 / 3), 1.0, pd.NA, pd.NA]
    assert scored["n_scored"].tolist() == [3, 1, 0, pd.NA]
    assert scored["subjectivity"].isna().all()


def test_left_out_words_do_not_count():
    frame = pd.DataFrame({"text": ["A good war."]})
    assert add_tone(frame, lexicon={"good": 1, "war": -1}, leave_out=["war"])["polarity"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("term,polarity\ngood,1\n", "must have the columns word and polarity; word not found among term"),
        ("word,polarity\ngood,1\nbad,low\n", "row 3: polarity must be a number from -1 to 1, not 'low'"),
        ("word,polarity\ngood,7\n", "row 2: polarity must be a number from -1 to 1, not '7'"),
        ("word,polarity\ngood,nan\n", "must be a number"),
        ("word,polarity\ngood,1\nGood,-1\n", "row 3: 'Good' has the polarities 1.0 and -1.0"),
        ("word,polarity\n!,1\n", "must have a letter or digit"),
        ("word,polarity\n", "contains no words"),
        ("", "no columns"),
    ],
)
def test_a_faulty_file_is_named_with_its_row(tmp_path, content, message):
    path = tmp_path / "words.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(ValueError, match=message):
        add_tone(pd.DataFrame({"text": ["x"]}), lexicon=path)
