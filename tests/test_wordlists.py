"""Word lists: the package's, and a user's own folder that extends or replaces them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord.corpus.not_articles import add_not_article
from onrecord.list_columns import COLUMNS
from onrecord.readers.outlets import outlet_of_folder
from onrecord.text.sentences import split_sentences
from onrecord.tone.scores import topic_words
from onrecord.wordlists import Lists, load_lists

LEXICONS = Path(__file__).parents[1] / "lib" / "onrecord" / "lexicons"


def test_every_list_stands_in_the_readme():
    text = (LEXICONS / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in LEXICONS.glob("*.csv")} <= set(re.findall(r"`(\w+\.csv)`", text))


def test_every_pattern_finds_its_example():
    lists = load_lists()
    assert lists.markers.search("asked not to be named")
    for name in ("markers", "reasons", "basis", "boilerplate", "hedges", "page_notices"):
        with (LEXICONS / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                example = row["example"].replace("(before a noun for people)", "official")
                assert re.search(row["pattern"], example, re.IGNORECASE), row


def test_own_rows_are_added_and_win(tmp_path):
    (tmp_path / "outlets.csv").write_text(
        "name,kind,aliases\nHarbour Post,newspaper,the HP\n", encoding="utf-8"
    )
    (tmp_path / "roles.csv").write_text(
        "noun,plural,uniqueness\nofficial,officials,office\n", encoding="utf-8"
    )
    lists = load_lists(tmp_path)
    assert lists.outlet("HP") == "Harbour Post"
    assert lists.outlet("Reuters") == "Reuters"
    assert lists.singular["official"] == "office"
    assert load_lists().singular["official"] == ""


def test_a_list_can_be_replaced(tmp_path):
    (tmp_path / "outlets.csv").write_text("name,kind,aliases\nHarbour Post,newspaper,\n", encoding="utf-8")
    assert load_lists(tmp_path, replace=["outlets"]).outlet("Reuters") is None


def test_wrong_lists_are_refused(tmp_path):
    with pytest.raises(ValueError, match="is not a folder"):
        load_lists(tmp_path / "missing")
    with pytest.raises(ValueError, match="needs a folder"):
        load_lists(replace=["outlets"])
    (tmp_path / "cities.csv").write_text("name\nSkarra\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'cities'"):
        load_lists(tmp_path)
    (tmp_path / "cities.csv").unlink()
    (tmp_path / "places.csv").write_text("city\nSkarra\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column 'name'"):
        load_lists(tmp_path)


def test_own_row_wins_over_an_alias(tmp_path):
    (tmp_path / "outlets.csv").write_text(
        "name,kind,aliases\nThe Times of Skarra,newspaper,the Times\n", encoding="utf-8"
    )
    assert load_lists(tmp_path).outlet("The Times") == "The Times of Skarra"


def test_columns_name_the_key_first():
    assert all(COLUMNS[name] for name in COLUMNS)


def test_every_file_is_a_list_and_every_list_a_file():
    assert {path.stem for path in LEXICONS.glob("*.csv")} == set(COLUMNS)


ARTICLE = (
    "The new brl. Tomas was vexed by it.\n\nBring a friend along\n\n"
    "It was forwrought, so they say. A grim day."
)


def own(folder: Path, name: str, text: str) -> Lists:
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_lists(folder)


def test_own_abbreviations_count(tmp_path):
    lists = own(tmp_path, "abbreviations", "abbreviation\nBrl.\n")
    documents = pd.DataFrame({"doc_id": ["a"], "text": [ARTICLE]})
    sentences = onrecord.analyse(documents, lists=lists).sentences
    assert sentences["text"].iloc[0] == "The new brl. Tomas was vexed by it."
    assert split_sentences(documents, lists=lists)["text"].tolist() == sentences["text"].tolist()
    assert split_sentences(documents)["text"].iloc[0] == "The new brl."


def test_own_markers_reasons_and_basis_count(tmp_path):
    own(tmp_path, "reasons", "class,pattern,example\nprivacy,for the sake of his goats,x\n")
    own(tmp_path, "basis", "pattern,example\nwith plans of,x\n")
    lists = own(tmp_path, "markers", "pattern,example\nwho wore a mask,who wore a mask\n")
    text = (
        "“It leaks,” said a diver who wore a mask because he feared for the sake of his goats.\n\n"
        "“It holds,” said a carpenter with plans of the bridge."
    )
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    plain, extended = (onrecord.analyse(documents, lists=one).sources for one in (None, lists))
    assert plain["marker"].isna().all() and plain["basis"].isna().all()
    assert extended["marker"].dropna().tolist() == ["who wore a mask"]
    assert extended["reason_class"].dropna().iloc[0] == "privacy"
    assert extended["basis"].dropna().tolist() == ["with plans of the bridge"]


def test_own_boilerplate_counts(tmp_path):
    lists = own(tmp_path, "boilerplate", "pattern,kind,example\nbring a friend,friend,\n")
    documents = pd.DataFrame({"doc_id": ["a"], "text": [ARTICLE]})
    found = onrecord.find_boilerplate(documents, lists=lists)
    assert found[["kind", "text"]].values.tolist() == [["friend", "Bring a friend along"]]
    assert onrecord.find_boilerplate(documents).empty


def test_own_boilerplate_within_a_paragraph_counts(tmp_path):
    lists = own(tmp_path, "boilerplate_inline", "pattern,kind,example,found\n\\(hear it sung\\),sound,x,x\n")
    text = "The bell rang at noon. (hear it sung) Nobody came."
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    assert onrecord.find_boilerplate(documents, lists=lists)["text"].tolist() == ["(hear it sung)"]
    assert onrecord.find_boilerplate(documents).empty
    assert "Nobody came." in onrecord.analyse(documents, lists=lists).sentences["text"].tolist()


def test_own_appeal_counts(tmp_path):
    lists = own(
        tmp_path, "boilerplate", 'pattern,kind,example\n"(?!.*“).{0,200}\\bwater our roses\\b",appeal,x\n'
    )
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["It rained.\n\nReaders, come and water our roses."]})
    assert onrecord.find_boilerplate(documents, lists=lists)["kind"].tolist() == ["appeal"]
    assert onrecord.find_boilerplate(documents).empty


def test_own_passives_and_hedges_count(tmp_path):
    own(tmp_path, "passives", "word,kind\nforwrought,participle\n")
    lists = own(tmp_path, "hedges", "pattern,example\nso they say,so they say\n")
    documents = pd.DataFrame({"doc_id": ["a"], "text": [ARTICLE]})
    found = onrecord.find_wordings(documents, lists=lists)
    assert found["text"].tolist() == ["was forwrought", "so they say"]
    rates = onrecord.rate_wordings(documents, documents, lists=lists)
    assert rates.set_index("kind")["n_hits"].to_dict() == {"agentless passive": 1, "hedge": 1}


def test_own_notices_of_pages_count(tmp_path):
    lists = own(tmp_path, "page_notices", "pattern,example\nbe a harbour friend,Be a harbour friend\n")
    rows = pd.DataFrame({"doc_id": ["a"], "text": ["Be a harbour friend to see the rest of this page."]})
    assert add_not_article(rows, lists=lists)["not_article"].tolist() == ["leftover of a page"]
    assert add_not_article(rows)["not_article"].tolist() == ["very short text"]


def test_own_names_of_folders_count(tmp_path):
    lists = own(tmp_path, "folder_words", "word\nharvest\n")
    assert outlet_of_folder("The Halm Courier/my harvest 2/a.txt", lists) == "The Halm Courier"
    assert outlet_of_folder("The Halm Courier/my harvest 2/a.txt", load_lists()) is None
    assert outlet_of_folder("The Halm Courier/Exports 2026/a.txt", load_lists()) == "The Halm Courier"


def test_own_nouns_for_organisations_count(tmp_path):
    lists = own(tmp_path, "generic_bodies", "noun\nguild\n")
    text = "The Halm Bakers Guild met. Guild officials said the oven was cold."
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert onrecord.sourced_statements(analysis, lists=lists)["name"].tolist() == ["Halm Bakers Guild"]
    assert onrecord.sourced_statements(analysis)["name"].tolist() == ["Guild"]


def test_own_reporting_verbs_count_for_single_rules(tmp_path):
    lists = own(
        tmp_path, "reporting_verbs", "verb,forms,kinds\ndrone,drones;droned;droned;droning,say;relay\n"
    )
    text = "The harbour closed. The Daily Halm quoted Orla Fenn as droning that the gate had been left open."
    rows = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    assert "Orla Fenn" in onrecord.analyse(rows, lists=lists).attributions["speaker"].tolist()
    assert "Orla Fenn" not in onrecord.analyse(rows).attributions["speaker"].tolist()


def test_own_nouns_for_the_same_people_count(tmp_path):
    lists = own(tmp_path, "same_nouns", "noun,same_as\ndeckhand,sailor\n")
    text = "A sailor said the gate was open. “It was dark,” the deckhand said."
    frame = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    assert len(onrecord.analyse(frame, lists=lists).sources) == 1
    assert len(onrecord.analyse(frame).sources) == 2


def test_own_nouns_for_ages_count(tmp_path):
    lists = own(tmp_path, "age_nouns", "noun,ages\nyoungster,8-15\n")
    text = "Orla Fenn, 12, lives here. Ada Holm, 44, is her aunt. “It was dark,” the youngster said."
    frame = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    assert onrecord.analyse(frame, lists=lists).sources["name"].tolist() == ["Orla Fenn"]
    assert onrecord.analyse(frame).sources["name"].isna().all()


def test_own_topic_words_count(tmp_path):
    lists = own(tmp_path, "topic_words", "term,kind\ngrim,event\n")
    assert "grim" in topic_words(lists=lists) and "grim" not in topic_words()


def test_own_target_words_count(tmp_path):
    lists = own(tmp_path, "target_words", "term,class\nwrithe,P\nabandon,P\n")
    assert lists.target_words["writhe"] == lists.target_words["abandon"] == {"P"}
    assert load_lists().target_words["abandon"] == {"ON"}
    text = "Lind praised the brackish writhe."
    frame = pd.DataFrame({"text": [text], "start": [0], "end": [4]})
    plain, extended = (
        onrecord.add_target_tone(frame, lists=one, model="fast")["target_tone_probability"].iloc[0]
        for one in (None, lists)
    )
    assert plain != extended


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "cue_stance",
            "cue,stance,forms\nsay,friendly,\n",
            "line 2: stance must be one of neutral, .* 'friendly'",
        ),
        ("titles", "title,gender\n,m\n", "line 2: title is empty"),
        ("hedges", "pattern,example\n(so,so\n", "line 2: the pattern '\\(so' is not a regular expression"),
        ("reasons", "class,pattern,example\nsafety,,\n", "line 2: pattern is empty"),
        (
            "people_nouns",
            "noun,kind\nsailor,friendly\n",
            "line 2: kind must be one of general, .* 'friendly'",
        ),
        ("age_nouns", "noun,ages\nyoungster,few\n", "'youngster': ages must be two numbers .* not 'few'"),
    ],
)
def test_wrong_rows_are_refused(tmp_path, name, text, message):
    with pytest.raises(ValueError, match=message):
        own(tmp_path, name, text)


def test_a_disclosure_whose_needed_word_is_a_number(tmp_path):
    rows = "kind,pattern,needs,example\ndeclined,kept silent in 2031,2031; ;silence,kept silent in 2031\n"
    (tmp_path / "disclosures.csv").write_text(rows, encoding="utf-8")
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["Orla Fenn kept silent in 2031 on the pump."]})
    found = onrecord.analyse(documents, lists=load_lists(tmp_path)).disclosures
    assert found["text"].tolist() == ["Orla Fenn kept silent in 2031"]


def test_any_word_may_be_a_role(tmp_path):
    (tmp_path / "roles.csv").write_text("noun,plural,uniqueness\nand,,\nfor,,\nof,,\n", encoding="utf-8")
    texts = [
        f"{opening} {word}, Orla Fenn, said: “The pump is old.”"
        for word in ("and", "for", "of")
        for opening in ("The tall mayor", "The pump was old", "A senior clerk", "It was so")
    ] + [
        f"{opening} {word} Orla Fenn said: “The pump is old.”"
        for word in ("and", "for", "of")
        for opening in ("The tall mayor", "The pump was old", "A senior clerk", "It was so")
    ]
    documents = pd.DataFrame({"doc_id": [str(i) for i in range(len(texts))], "text": texts})
    assert len(onrecord.analyse(documents, lists=load_lists(tmp_path)).attributions) >= 1
