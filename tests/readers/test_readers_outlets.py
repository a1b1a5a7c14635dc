"""One outlet has one name, whatever the file calls it; what is not certain stays as it is written."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

import pytest

from onrecord import load_lists
from onrecord.readers import read_corpus
from onrecord.readers.bylines import is_byline, is_person, persons_of
from onrecord.readers.outlets import host_of, outlet_name, outlet_of_folder

LISTS = load_lists()


@pytest.mark.parametrize(
    "written", ["https://www.cnn.com", "edition.cnn.com", "us.cnn.com", "CNN", "cnn.com/world"]
)
def test_one_outlet_has_one_name(written):
    assert outlet_name(written, LISTS) == "CNN"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("www.weirpost.example", "weirpost.example"),
        ("news.weirpost.co.uk", "weirpost.co.uk"),
        ("https://weirpost.com.au/a?b=c", "weirpost.com.au"),
        ("The Weir Post", "The Weir Post"),
        ("Guardian (London)", "The Guardian"),
        ("New York Times, The", "The New York Times"),
        ("THE WASHINGTON POST - Online", "The Washington Post"),
        ("The Times (London)", "The Times"),
        ("The Times", "The Times"),  # in an article often another
        ("Mail on Sunday", "Mail on Sunday"),  # a paper of its own
        ("http://[half", "http://[half"),
        ("  ", None),
        (None, None),
    ],
)
def test_names_of_outlets(written, name):
    assert outlet_name(written, LISTS) == name


def test_a_name_that_several_outlets_have_is_kept():
    assert outlet_name("BBC News", LISTS, "www.bbc.co.uk") == "BBC"
    assert outlet_name("BBC News", LISTS, "weirpost.example") == "BBC News"


def test_hosts():
    assert host_of("https://www.weirpost.example:8080/a") == "www.weirpost.example"
    assert host_of("weirpost.example") == "weirpost.example"
    assert host_of("The Weir Post") is None and host_of("U.S. News") is None


def test_the_raw_value_is_kept_and_a_list_of_ones_own_counts(tmp_path):
    (tmp_path / "a.csv").write_text(
        "outlet,url,text\nwww.weirpost.example,,One\n,https://amp.cnn.com/a,Two\n"
    )
    result = read_corpus(tmp_path)
    assert result.documents["outlet"].tolist() == ["weirpost.example", "CNN"]
    assert result.documents["outlet_as_written"].fillna("").tolist() == ["www.weirpost.example", ""]
    assert "1 of 2 articles: the outlet is taken from the web address" in result.report["warnings"][0]
    own = tmp_path / "lists"
    own.mkdir()
    (own / "outlets.csv").write_text("name,kind,aliases\nThe Weir Post,newspaper,weirpost.example\n")
    documents = read_corpus(tmp_path / "a.csv", lists=load_lists(own)).documents
    assert documents["outlet"].tolist() == ["The Weir Post", "CNN"]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("The Guardian/0001.txt", "The Guardian"),
        ("the-guardian/0001.txt", "The Guardian"),
        ("The Weir Herald/2026/03/a.txt", "The Weir Herald"),
        ("Weir_Post/a.txt", "Weir Post"),
        ("news.zip/www.cnn.com/a.txt", "CNN"),
        ("articles/a.txt", None),
        ("Interviews/a.txt", None),
        ("2026/a.txt", None),
        ("a.txt", None),
    ],
)
def test_folders_named_after_an_outlet(label, name):
    assert outlet_of_folder(label, LISTS) == name


def test_the_folder_is_asked_last_and_the_report_says_so(tmp_path):
    folder = tmp_path / "The Weir Herald"
    folder.mkdir()
    (folder / "a.txt").write_text("The weir leaks, they said.")
    (folder / "b.txt").write_text("outlet: The Other Post\n\nThe weir leaks, they said again.")
    result = read_corpus(tmp_path)
    assert result.documents["outlet"].tolist() == ["The Weir Herald", "The Other Post"]
    assert "the outlet is the name of the folder (The Weir Herald)" in result.report["warnings"][0]
    assert "without an outlet" not in result.report["warnings"][0]


@pytest.mark.parametrize(
    ("author", "persons"),
    [
        ("Runa Aalt", "Runa Aalt"),
        ("By Runa Aalt, Harbour Correspondent", "Runa Aalt"),
        ("Chief Reporter Runa Aalt", "Runa Aalt"),
        ("Runa Aalt; Ole van der Brandt", "Runa Aalt, Ole van der Brandt"),
        ("Posted by Runa Aalt on March 5, 2026", "Runa Aalt"),
        ("Runa Aalt (runa@weirpost.example) | Updated March 5", "Runa Aalt"),
        ("admin", None), ("@runa", None), ("https://www.facebook.com/runa", None), ("March 5, 2026", None),
        ("Weir Post Staff", None), ("Reuters", None), ("The Associated Press", None), ("Aalt Media Ltd", None),
        ("Editorial Board", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_persons_of_a_byline(author, persons):
    assert persons_of(author) == persons


def test_lines_that_are_bylines():
    assert is_byline("By Runa Aalt") and is_byline("Runa Aalt and Ole Brandt") and is_byline("RUNA AALT")
    assert is_byline("Runa Aalt in Ostermark") and is_byline("Runa Aalt, Political Editor")
    assert not is_byline("The weir leaks") and not is_byline("Runa Aalt left.") and not is_byline("Weir Post")
    assert is_person("Jean-Luc O’Neill") and not is_person("News Desk") and not is_person("runa aalt")
