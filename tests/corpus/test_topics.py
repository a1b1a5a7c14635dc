"""Topics by words: whole words, any case, several topics an article."""

import pandas as pd
import pytest

from onrecord import add_topics

DOCUMENTS = pd.DataFrame(
    {
        "doc_id": ["1", "2", "3", "4"],
        "headline": ["Flooding in Ellin", pd.NA, "Vote", pd.NA],
        "text": ["The river rose.", "A FLOOD of votes.", "Ballot boxes were flooded.", pd.NA],
    }
)


def test_whole_words_in_headline_or_text():
    found = add_topics(DOCUMENTS, {"flood": ["flood", "river"], "Water news": ["flood*"], "vote": ["vote*"]})
    assert found["is_about_flood"].tolist() == [True, True, False, False]
    assert found["is_about_water_news"].tolist() == [True, True, True, False]
    assert found["is_about_vote"].tolist() == [False, True, True, False]
    assert "is_about_flood" not in DOCUMENTS.columns


def test_a_phrase_and_signs_are_taken_as_they_are():
    found = add_topics(DOCUMENTS, {"boxes": "ballot boxes", "dot": ["."]})
    assert found["is_about_boxes"].tolist() == [False, False, True, False]


def test_bad_topics_are_refused():
    with pytest.raises(ValueError, match="has no words"):
        add_topics(DOCUMENTS, {"flood": []})
    with pytest.raises(ValueError, match="another name"):
        add_topics(DOCUMENTS, {"Flood": ["a"], "flood": ["b"]})
