"""Who gets to speak: shares of sectors and genders, first and last words, choosable people."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord import Analysis
from onrecord.measures.narrowed import names_person
from onrecord.tables import ATTRIBUTIONS, SOURCES, as_table

# doc, source, form, name, title, affiliation, sector, gender
_SOURCES = [
    ("a", 0, "person", "Ada Quill", "mayor", None, "government", "woman"),
    ("a", 1, "person", "Bo Ranke", None, "Tarn University", "science and expertise", "man"),
    ("a", 2, "group", None, None, None, "citizens", "unknown"),
    ("a", 3, "document", "Tarn Report", None, None, None, None),
    ("b", 0, "person", "Ida Moss", None, None, "science and expertise", "woman"),
    ("b", 1, "person", "Lio Sand", "mayor", "Port Lorne", "government", "unknown"),
    ("c", 0, "person", "Ada Quill", "mayor", "Port Lorne", "government", "woman"),
]
# doc, attribution, source, quoted words
_SAID = [
    ("a", 0, 3, 0),
    ("a", 1, 1, 10),
    ("a", 2, 0, 5),
    ("a", 3, 2, 0),
    ("b", 0, 1, 4),
    ("b", 1, 0, 6),
    ("b", 2, 0, 2),
    ("c", 0, 0, 3),
]


def small_analysis() -> Analysis:
    documents = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "outlet": ["Post", "Post", "Mail"],
            "headline": ["Quill shuts the pool", "Rain", "No swimming"],
            "text": [
                "The pool will stay shut for the whole summer, says the council.\nBo Ranke is not glad.",
                "Short line\nIda Moss, who measures the rain, stood in it for four hours on Tuesday.\nMore.",
                "Nobody swam in Port Lorne on Monday, since the pool was dry all day.\nAda Quill said so.",
            ],
        }
    )
    empty = onrecord.analyse(documents)
    names = ("doc_id", "source_id", "form", "name", "title", "affiliation", "sector", "gender")
    sources = dict(zip(names, map(list, zip(*_SOURCES, strict=True)), strict=True))
    named = ["named" if form == "person" else "collective" for form in sources["form"]]
    counts = pd.DataFrame(_SAID, columns=["doc_id", "attribution_id", "source_id", "n_words_quoted"])
    per_source = [
        int(((counts["doc_id"] == doc) & (counts["source_id"] == number)).sum())
        for doc, number in zip(sources["doc_id"], sources["source_id"], strict=True)
    ]
    sources |= {"naming": named, "n_attributions": per_source, "n_statements": per_source}
    said = {name: counts[name].tolist() for name in counts}
    said |= {"act": ["statement"] * len(counts), "probability": [1.0] * len(counts)}
    said["form"] = ["direct"] * len(counts)
    return Analysis(
        empty.documents,
        empty.sentences,
        empty.spans.iloc[:0],
        as_table(said, ATTRIBUTIONS),
        as_table(sources, SOURCES),
        empty.scare_quotes.iloc[:0],
        empty.disclosures.iloc[:0],
    )


def hits(table: pd.DataFrame, column: str) -> dict[str, int]:
    return dict(zip(table[column], table["n_hits"], strict=True))


def test_statements_and_words_of_each_sector() -> None:
    analysis = small_analysis()
    table = onrecord.share_each(analysis, "sector", of="statements")
    assert hits(table, "sector") == {"citizens": 1, "government": 3, "science and expertise": 3}
    assert table["n_statements"].unique().tolist() == [7]
    assert table["n_unknown"].unique().tolist() == [1]  # the document
    words = onrecord.share_each(analysis, "sector", of="words")
    assert hits(words, "sector") == {"citizens": 0, "government": 12, "science and expertise": 18}


def test_share_of_women_among_those_whose_gender_is_known() -> None:
    table = onrecord.share_each(small_analysis(), "gender", of="sources", known_only=True)
    assert hits(table, "gender") == {"man": 1, "woman": 3}
    assert table["share_of_sources"].tolist() == [0.25, 0.75]
    assert table["n_unknown"].unique().tolist() == [2]
    assert table["unknown_share"].round(4).unique().tolist() == [0.3333]


def test_known_only_by_outlet_has_the_unknown_of_each() -> None:
    table = onrecord.share_each(small_analysis(), "gender", of="sources", by="outlet", known_only=True)
    women = table[table["gender"] == "woman"].set_index("outlet")
    assert women["n_hits"].to_dict() == {"Mail": 1, "Post": 2}
    assert women["n_unknown"].to_dict() == {"Mail": 0, "Post": 2}


def test_experts_by_gender() -> None:
    experts = {"sector": "science and expertise"}
    table = onrecord.share_each(small_analysis(), "gender", of="sources", where=experts, known_only=True)
    assert hits(table, "gender") == {"man": 1, "woman": 1}


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        ("first", {"government": 2, "science and expertise": 0}),
        ("last", {"citizens": 1, "government": 1, "science and expertise": 1}),
    ],
)
def test_who_has_the_first_and_the_last_word(turn: str, expected: dict[str, int]) -> None:
    table = onrecord.share_each(small_analysis(), "sector", of="statements", turn=turn)
    found = hits(table, "sector")
    assert {name: found.get(name, 0) for name in expected} == expected
    assert table["n_unknown"].unique().tolist() == [1 if turn == "first" else 0]


def test_choosable_people_are_those_whom_the_top_does_not_name() -> None:
    table = onrecord.share_each(small_analysis(), "gender", of="sources", known_only=True, choosable=True)
    # Quill is in the headline of a, Moss in the first paragraph of b
    assert hits(table, "gender") == {"man": 1, "woman": 1}


@pytest.mark.parametrize(
    ("top", "name", "expected"),
    [
        ("Quill shuts the pool", "Ada Quill", True),
        ("The quill is mightier", "Ada Quill", False),
        ("Quillham floods", "Ada Quill", False),
        ("Said Quill's aide", "Ada Quill", True),
        ("", "Ada Quill", False),
    ],
)
def test_names_at_the_top(top: str, name: str, expected: bool) -> None:
    assert names_person(top, name) is expected


def test_identified_sources_have_a_name_and_a_title_or_an_affiliation() -> None:
    table = onrecord.share_identified(small_analysis())
    assert table["n_hits"].tolist() == [3, 1, 0, 0]
    assert table["share_of_articles"].round(3).tolist() == [1.0, 0.333, 0.0, 0.0]
    by_outlet = onrecord.share_identified(small_analysis(), by="outlet")
    assert by_outlet[by_outlet["at_least"] == 2]["n_hits"].tolist() == [0, 1]


def test_an_unknown_turn_says_what_it_may_be() -> None:
    with pytest.raises(ValueError, match="turn must be one of first or last"):
        onrecord.share_each(small_analysis(), "sector", turn="middle")


def test_a_corpus_on_disk_gives_the_same(tmp_path: Path) -> None:
    root = Path(__file__).parents[2] / "data/sample/articles"
    documents = onrecord.read_documents(root)
    analysis = onrecord.analyse(documents)
    corpus = onrecord.analyse_corpus(documents, tmp_path / "corpus", workers=1)
    for options in (
        {"column": "sector", "of": "statements", "by": "outlet"},
        {"column": "gender", "of": "sources", "known_only": True},
        {"column": "gender", "of": "words", "choosable": True, "known_only": True},
        {"column": "sector", "of": "statements", "turn": "first"},
        {"column": "sector", "of": "sources", "turn": "last", "choosable": True},
        {"column": "gender", "of": "sources", "where": {"sector": "science and expertise"}},
    ):
        options = dict(options)
        column = options.pop("column")
        pd.testing.assert_frame_equal(
            onrecord.share_each(analysis, column, **options),
            onrecord.share_each(corpus, column, **options),
            check_dtype=False,
        )
    pd.testing.assert_frame_equal(
        onrecord.share_identified(analysis, by="outlet"), onrecord.share_identified(corpus, by="outlet")
    )
