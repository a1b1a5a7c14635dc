"""Errors as their readers meet them: what happened, where, and what to do, in plain words.

Each row of ERRORS is a mistake that a user can make and the words that must answer it. No mistake
may come back as an error of the machinery (KeyError, AttributeError, UnicodeDecodeError …).
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord.notebook.upload import save_uploads
from small import small_analysis

TEXT = pd.DataFrame({"doc_id": ["a"], "text": ["It rained."]})
TONES = pd.DataFrame({"item_id": [1, 1], "coder": ["a", "b"], "tone": ["negative", "positive"]})


def file(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return name


def make_folder(name: str) -> str:
    Path(name).mkdir()
    return name


def lists(name: str, content: str | bytes, **options: object) -> object:
    file(f"lists/{name}.csv", content)
    return onrecord.load_lists("lists", **options)


def documents(**columns: object) -> pd.DataFrame:
    return TEXT.assign(**{name: pd.Series([value], dtype=object) for name, value in columns.items()})


A = small_analysis()
RATES = onrecord.share_unnamed(A, by="outlet")

ERRORS = {
    # reading
    "no such folder": (
        lambda: onrecord.read_documents("artikles"),
        ["artikles", "no such file or folder", "Looked in", "in full"],
    ),
    "no folder at all": (
        lambda: onrecord.read_documents(None),
        ["paths must be a file or folder, not None", "'data/articles'"],
    ),
    "an upload into a file": (
        lambda: save_uploads({}, file("taken", "x")),
        ["taken cannot be a folder", "take another"],
    ),
    "an upload without content": (
        lambda: save_uploads({"a.txt": "It rained."}, "articles"),
        ["'a.txt' is str, not bytes", "read_bytes()"],
    ),
    "an upload without a name": (
        lambda: save_uploads([b"It rained."], "articles"),
        ["files contains bytes", "names with their bytes"],
    ),
    "columns the wrong way round": (
        lambda: onrecord.read_documents(file("a.csv", "text\nx\n"), columns={"Body": "text"}),
        ["no column 'Body'", "our name first", "columns={'text': 'Article body'}"],
    ),
    # the documents table
    "no article at all": (
        lambda: onrecord.check_documents(onrecord.read_corpus(make_folder("empty")).documents),
        ["no article was read", "ARTICLES", "read_corpus(ARTICLES).report"],
    ),
    "a folder in place of a table": (
        lambda: onrecord.analyse("data/articles"),
        ["must be a table", "not str", "onrecord.read_documents"],
    ),
    "a corpus in place of a table": (
        lambda: onrecord.analyse(onrecord.ReadResult(TEXT, TEXT)),
        ["must be a table", "not ReadResult"],
    ),
    "no text": (
        lambda: onrecord.analyse(TEXT.rename(columns={"text": "body"})),
        ["no column 'text'", "doc_id, body", "rename"],
    ),
    "a misspelt column": (
        lambda: onrecord.analyse(TEXT.rename(columns={"text": "texts"})),
        ["no column 'text'", "Did you mean 'texts'?"],
    ),
    "no id": (
        lambda: onrecord.analyse(documents(doc_id=None)),
        ["1 rows have no doc_id", "give each article its own"],
    ),
    "an id twice": (
        lambda: onrecord.analyse(pd.concat([TEXT, TEXT])),
        ["'a' occurs more than once", "drop_duplicates"],
    ),
    "a text that is none": (
        lambda: onrecord.analyse(documents(text=3)),
        ["the text of 'a' is int", "convert it"],
    ),
    "a date that is none": (
        lambda: onrecord.analyse(documents(published="soon")),
        ["published of 'a' is 'soon'", "not a date", "2026-01-31"],
    ),
    "another table's rows": (
        lambda: onrecord.exclude(TEXT, {"short": pd.Series([True, False])}),
        ["reason 'short'", "compute it from that table"],
    ),
    "a list for a reason": (
        lambda: onrecord.exclude(TEXT, {"short": [True]}),
        ["reason 'short'", "documents['text'].isna()"],
    ),
    # word lists
    "no such lists": (lambda: onrecord.load_lists("mine"), ["mine is not a folder", "CSV files"]),
    "a list of no use": (lambda: lists("colours", "a\n"), ["no usable list 'colours'", "roles, bodies"]),
    "a list without a column": (
        lambda: lists("roles", "noun\nx\n"),
        ["roles.csv has no column 'plural'", "noun, plural, uniqueness"],
    ),
    "a pattern that is none": (
        lambda: lists("markers", "pattern,example\n[,x\n"),
        ["markers.csv, line 2", "'['", "backslash"],
    ),
    "a list in another encoding": (
        lambda: lists("persons", b"name,aliases\nZo\xeb,\n"),
        ["persons.csv is not in UTF-8", "CSV UTF-8"],
    ),
    "replace without a folder": (lambda: onrecord.load_lists(replace=["roles"]), ["needs a folder"]),
    "replace without a file": (
        lambda: lists("roles", "noun,plural,uniqueness\n", replace=["ranks"]),
        ["no usable list 'ranks'"],
    ),
    "variants without a column": (
        lambda: onrecord.find_labels(A.documents, file("v.csv", "a,b\n")),
        ["v.csv has no column 'entity'", "entity and variant"],
    ),
    "an empty variant": (
        lambda: onrecord.find_labels(A.documents, file("v.csv", "entity,variant\nx,\n")),
        ["v.csv, line 2", "delete the line"],
    ),
    "a variant of two": (
        lambda: onrecord.find_labels(TEXT, {"a": ["x"], "b": ["x"]}),
        ["'x' belongs to both 'a' and 'b'"],
    ),
    "an entity without variants": (
        lambda: onrecord.find_labels(TEXT, {"a": []}),
        ["'a' must have at least one variant"],
    ),
    "a topic without words": (
        lambda: onrecord.add_topics(TEXT, {"flood": []}),
        ["topic 'flood' has no words", "['flood']"],
    ),
    "a topic that is there": (
        lambda: onrecord.add_topics(documents(is_about_flood=True), {"flood": ["flood"]}),
        ["'is_about_flood' already"],
    ),
    # measures
    "a table in place of an analysis": (
        lambda: onrecord.share_unnamed(TEXT),
        ["must be an analysis", "onrecord.analyse(documents)"],
    ),
    "an unknown denominator": (
        lambda: onrecord.share_unnamed(A, of="quotes"),
        ["of must be one of", "'quotes'", "sources, attributions, words or articles"],
    ),
    "an unknown unit": (
        lambda: onrecord.share_each(A, "form", of="quotes"),
        ["of must be one of", "'quotes'", "unnamed_sources"],
    ),
    "an unknown group": (
        lambda: onrecord.share_unnamed(A, by="paper"),
        ["by must be week, month, quarter, year", "not 'paper'", "outlet"],
    ),
    "an unknown period": (
        lambda: onrecord.mean_tone(onrecord.add_tone(A.sentences), A.documents, by="day"),
        ["'day'", "week"],
    ),
    "an unknown column": (lambda: onrecord.share_each(A, "colour"), ["no column 'colour'"]),
    "an unknown definition": (
        lambda: onrecord.find_unnamed(A, definition="loose"),
        ["definition must be", "strict, standard or broad", "'loose'"],
    ),
    "an unknown correction": (
        lambda: onrecord.compare_shares(onrecord.share_unnamed(A, by="outlet"), correction="none"),
        ["correction must be", "'none'", "holm"],
    ),
    "shares that are not by group": (
        lambda: onrecord.compare_shares(onrecord.share_unnamed(A)),
        ["shares must be a table of shares by group", "definition", 'by="outlet"'],
    ),
    "an unknown index": (
        lambda: onrecord.compare_speakers(A, index="gini2"),
        ["index must be", "'gini2'", "Did you mean 'gini'?"],
    ),
    "an outlet that is not there": (
        lambda: onrecord.compare_words(A.documents, A.documents, a="Sun"),
        ["outlet must be one of Herald, Post", "not 'Sun'"],
    ),
    "no tone yet": (
        lambda: onrecord.mean_tone(TEXT, A.documents),
        ["no column 'polarity'", "onrecord.add_tone"],
    ),
    "no parts": (lambda: onrecord.tone_within(A, by="part", n_parts=0), ["n_parts", "at least 1", "not 0"]),
    "a name as a string": (lambda: onrecord.target_tone(A, "Reed"), ["must be a list", "['Reed']"]),
    # coding
    "a sample of none": (lambda: onrecord.coding_sheet(TEXT, 0), ["n must be at least 1", "not 0"]),
    "an unknown level": (
        lambda: onrecord.agreement(TONES, level="ratio"),
        ["not 'ratio'", "nominal, ordinal or interval"],
    ),
    "words at the interval level": (
        lambda: onrecord.agreement(TONES, level="interval"),
        ["needs numbers", "'negative'", "nominal"],
    ),
    "a coder twice": (
        lambda: onrecord.agreement(TONES.assign(coder="a")),
        ["'a' has more than one coding of item 1", "keep one"],
    ),
    "a coder who is not there": (
        lambda: onrecord.count_confusions(TONES, coders=("a", "c")),
        ["coder 'c' not found", "'a', 'b'"],
    ),
    "no passages": (lambda: onrecord.show_passages(TEXT), ["no column 'passage'", "onrecord.find_passages"]),
    # charts and files
    "nothing to draw": (
        lambda: onrecord.plot_shares(TEXT, title="x"),
        ["must have one column share_", "It has doc_id, text"],
    ),
    "several rows a bar": (
        lambda: onrecord.plot_shares(pd.concat([RATES[RATES["definition"] == "strict"]] * 2), title="x"),
        ["'Herald' has several rows", "Choose one"],
    ),
    "no such axis": (
        lambda: onrecord.plot_points(TEXT, "x", "y", title="t", subtitle="s"),
        ["no column 'x'"],
    ),
    "a chart without numbers": (
        lambda: onrecord.save_chart(None, "c", data=TEXT.iloc[:0], source="x"),
        ["data must be the table", "at least one row"],
    ),
    "a chart without a source": (
        lambda: onrecord.save_chart(None, "c", data=TEXT, source=" "),
        ["source must say where the texts come from", "source="],
    ),
    "a table without a source": (
        lambda: onrecord.save_table(TEXT, "t", source=""),
        ["source must say where the texts come from", "source="],
    ),
    "no analysis there": (
        lambda: onrecord.Analysis.load("saved"),
        ["documents.parquet is missing", "Analysis.save"],
    ),
    "no corpus there": (
        lambda: onrecord.open_corpus("big"),
        ["does not contain a finished corpus", "analyse_corpus"],
    ),
    "no workers": (
        lambda: onrecord.analyse_corpus(TEXT, "out", workers=0),
        ["workers must be at least 1", "not 0"],
    ),
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("mistake", ERRORS)
def test_what_happened_where_and_what_to_do(mistake):
    make, words = ERRORS[mistake]
    with pytest.raises((ValueError, FileNotFoundError)) as caught:
        make()
    assert type(caught.value) in (ValueError, FileNotFoundError)
    message = str(caught.value)
    assert [word for word in words if word not in message] == [], message


def test_mixed_values_have_an_order():
    codings = TONES.assign(tone=["negative", "unclear"])
    table = onrecord.count_confusions(codings, coders=("a", "b"))
    assert list(table.columns) == ["negative", "unclear"]


def test_one_group_may_be_given_as_a_string():
    table = onrecord.count_unnamed(A, by="outlet")
    assert table.to_numpy().tolist() == [["Herald", 2, 2], ["Post", 1, 2]]
