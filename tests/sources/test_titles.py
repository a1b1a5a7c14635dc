"""Title and affiliation within one phrase for a person."""

from __future__ import annotations

import pytest

from onrecord.sources.titles import read_title
from onrecord.wordlists import load_lists

PHRASES = [
    # (phrase, title, affiliation)
    ("43, a teacher from Holme, said", "teacher", None),
    ("the chief executive of Alder Foods", "chief executive", "Alder Foods"),
    ("Alder Foods’ chief executive", "chief executive", "Alder Foods"),
    ("Alder Foods chief executive", "chief executive", "Alder Foods"),
    ("Alder Foods Chief Executive", "Chief Executive", "Alder Foods"),
    (
        "a professor of marine biology at the University of Tarn",
        "professor of marine biology",
        "University of Tarn",
    ),
    ("Director of Marine Policy, Tarn Institute", "Director of Marine Policy", "Tarn Institute"),
    (
        "director of harbour programs for ESA International",
        "director of harbour programs",
        "ESA International",
    ),
    ("the secretary of state for Norrland", "secretary of state", "Norrland"),
    ("Norrland Secretary of State", "Secretary of State", "Norrland"),
    ("president and chief executive of the Tarn Chamber", "president and chief executive", "Tarn Chamber"),
    ("Brattle Assistant Police Chief", "Assistant Police Chief", "Brattle"),
    ("Fenn County Superior Court Judge", "Judge", "Fenn County Superior Court"),
    ("City Attorney", "City Attorney", None),
    ("attorney for the District of Fenn", "attorney", "District of Fenn"),
    ("Health secretary", "Health secretary", None),
    ("Minister for Women and Children", "Minister for Women and Children", None),
    ("French President", "President", "French"),
    ("a French novelist", "novelist", None),
    ("Labour leader", "leader", "Labour"),
    ("a Department of Health spokesman", "spokesman", "Department of Health"),
    ("central bank governor", "governor", "central bank"),
    ("a spokeswoman for the ministry", "spokeswoman", "ministry"),
    ("a consultant for advocacy group Equality Norrland", "consultant", "Equality Norrland"),
    ("ambassador to Norway", "ambassador to Norway", None),
    ("Former federal prosecutor", "Former federal prosecutor", None),
    ("longtime harbour pilot", "harbour pilot", None),
    ("a clerk for the county attorney", "clerk", None),
    ("a partner at Hale & Rowe", "partner", "Hale & Rowe"),
    ("her partner", None, None),
    ("a resident of Holme", None, None),
    ("a student at Tarn University", None, "Tarn University"),
    ("the mayor's brother", None, None),
    ("an activist", None, None),
    ("Sen.", "Sen.", None),
]


@pytest.mark.parametrize(("phrase", "title", "affiliation"), PHRASES)
def test_a_phrase_gives_title_and_affiliation(phrase, title, affiliation):
    parts = read_title(phrase, load_lists())
    assert parts is not None
    found = [phrase[slice(*span)] if span else None for span in (parts.title, parts.affiliation)]
    assert found == [title, affiliation]


@pytest.mark.parametrize(
    "phrase", ["a day after the vote", "the report", "", "said no", "in Holme", "a student union", "…"]
)
def test_what_does_not_describe_a_person_gives_nothing(phrase):
    assert read_title(phrase, load_lists()) is None


def test_a_user_can_add_words(tmp_path):
    phrase = "Tarn Quay Wardmote Provost"
    assert read_title(phrase, load_lists()).affiliation == (0, len("Tarn Quay Wardmote"))
    (tmp_path / "title_words.csv").write_text("word,kind\nwardmote,part\n", encoding="utf-8")
    parts = read_title(phrase, load_lists(tmp_path))
    assert phrase[slice(*parts.title)] == "Wardmote Provost"
    assert phrase[slice(*parts.affiliation)] == "Tarn Quay"
