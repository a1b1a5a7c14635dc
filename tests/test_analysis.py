"""The contract of `analyse`: tables, types, errors, and that an article is read as if it were alone."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pandas as pd
import pytest

from onrecord import Analysis, analyse, tables
from onrecord.analysis import TABLES
from onrecord.rules import rules_version

TEXTS = {
    "lock": (
        "The lock of Halm has been shut since Monday.\n"
        "“It leaks like a basket,” Ilse Varn, an engineer, said. “And we knew.”\n"
        "Mayor Otto Brandel said that it would cost 4 million crowns. A “repair” took place in 2019.\n"
        "Read more: Mayor calls diver 'a liar'"
    ),
    "ferry": (
        "Two officials briefed on the inquiry, who asked not to be named because talks go on, told the Halm "
        "Post that the captain had slept. “He slept,” one of them said. She declined to say more, a "
        "spokeswoman added, and “that is that.\n"
        "The film “Shut Water” was shot there in 1974."
    ),
    "british": (
        "‘We don’t know,’ said the millers’ chief, Ada Senn. ‘Nobody has told us, and they won’t.’\n"
        "According to a report, the fund is empty."
    ),
    "wild": "\u202eشلال\u202c said “نعم” 🚢🚢 — ‘🤷’ said Varn, “that\u0301 it’s over.”",
    "blank": " \n ",
}


def documents(**columns) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": list(TEXTS), "text": list(TEXTS.values()), **columns})


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(documents())


def table(analysis: Analysis, name: str) -> pd.DataFrame:
    return getattr(analysis, name)


def tables_of(analysis: Analysis) -> list[tuple[str, pd.DataFrame]]:
    return [(name, table(analysis, name)) for name in TABLES]


def assert_schemas(analysis: Analysis) -> None:
    for name, schema in TABLES.items():
        assert dict(table(analysis, name).dtypes.astype(str)) == dict(schema), name
        assert list(table(analysis, name).columns) == list(schema), name


def test_tables_have_their_columns_and_types(analysis):
    assert_schemas(analysis)
    for name in TABLES:
        assert isinstance(table(analysis, name).index, pd.RangeIndex), name
        assert len(table(analysis, name)), name


@pytest.mark.parametrize(
    "empty",
    [
        pd.DataFrame({"doc_id": [], "text": []}),
        tables.as_table([], tables.DOCUMENTS),
        documents().head(0),
        pd.DataFrame({"doc_id": ["a", "b", "c"], "text": [None, "", "\n"]}),
    ],
)
def test_empty_corpus(empty):
    analysis = analyse(empty)
    assert_schemas(analysis)
    assert len(analysis.documents) == len(empty)
    assert all(table(analysis, name).empty for name in TABLES if name != "documents")


def test_offsets_give_back_the_text(analysis):
    for name in ("sentences", "spans", "scare_quotes"):
        for row in table(analysis, name).itertuples():
            assert TEXTS[row.doc_id][row.start : row.end] == row.text, name
    marked = analysis.sources.dropna(subset="marker")
    assert len(marked)
    for row in marked.itertuples():
        assert TEXTS[row.doc_id][row.marker_start : row.marker_end] == row.marker


def test_keys_are_unique_and_join(analysis):
    key = {
        "documents": [],
        "sentences": ["sentence_id"],
        "attributions": ["attribution_id"],
        "sources": ["source_id"],
    }
    for name, columns in key.items():
        assert not table(analysis, name).duplicated(["doc_id", *columns]).any(), name
    attributions, spans = analysis.attributions, analysis.spans
    together = spans.merge(attributions, on=["doc_id", "attribution_id"], how="outer", indicator=True)
    assert together["_merge"].eq("both").all()
    resolved = attributions.dropna(subset="source_id")
    joined = resolved.merge(analysis.sources, on=["doc_id", "source_id"], how="left", validate="many_to_one")
    assert joined["naming"].notna().all()
    counted = resolved.groupby(["doc_id", "source_id"]).agg(
        n=("form", "size"), words=("n_words_quoted", "sum")
    )
    sources = analysis.sources.set_index(["doc_id", "source_id"]).sort_index()
    assert counted["n"].tolist() == sources["n_attributions"].tolist()
    assert counted["words"].tolist() == sources["n_words_quoted"].tolist()


def test_attributions_say_what_their_spans_say(analysis):
    for row in analysis.attributions.itertuples():
        own = analysis.spans.query("doc_id == @row.doc_id and attribution_id == @row.attribution_id")
        words = {role: own.loc[own["role"] == role, "text"].tolist() for role in ("content", "cue", "source")}
        assert row.text == " … ".join(words["content"])
        assert words["cue"] == ([] if pd.isna(row.cue) else [row.cue])
        assert words["source"] == ([] if pd.isna(row.speaker) else [row.speaker])
        assert own.loc[own["role"] == "content", "start"].is_monotonic_increasing


def test_values_are_those_of_the_codebook(analysis):
    attributions, sources = analysis.attributions, analysis.sources
    assert set(attributions["form"]) <= {"direct", "mixed", "indirect"}
    assert attributions["probability"].between(0, 1).all()
    assert attributions["is_closed"].notna().all() and attributions["n_words_quoted"].ge(0).all()
    assert (attributions["n_words_quoted"].eq(0) == attributions["form"].eq("indirect")).all()
    assert set(attributions["cue_stance"].dropna()) <= {"neutral", "endorsing", "distancing", "other"}
    assert set(sources["form"]) <= {"person", "group", "institution", "media", "document", "narrator", "none"}
    assert set(sources["naming"]) <= {
        *("named", "institution", "anonymous", "identifiable", "spokesperson", "unnamed", "collective"),
        *("narrator", "unidentified_document", "unclear"),
    }
    assert set(analysis.spans["role"]) <= {"content", "cue", "source"}
    assert set(analysis.scare_quotes["kind"]) <= {"scare", "title"}


def test_missing_is_never_an_empty_string(analysis):
    for name in TABLES:
        for column in table(analysis, name).select_dtypes("string"):
            if (name, column) != ("documents", "text"):
                assert not table(analysis, name)[column].eq("").any(), (name, column)


def test_the_plain_cases(analysis):
    found = analysis.attributions.query("doc_id == 'lock'")
    varn = found.query("speaker.str.contains('Varn')", engine="python").iloc[0]
    assert varn["text"].startswith("“It leaks like a basket,”") and varn["cue"] == "said"
    assert found["speaker"].str.contains("Brandel").any()
    scare = analysis.scare_quotes[["doc_id", "kind", "text"]].values.tolist()
    assert ["lock", "scare", "“repair”"] in scare and ["ferry", "title", "“Shut Water”"] in scare
    # Boilerplate quotes nobody.
    start = TEXTS["lock"].index("Read more")
    for name in ("spans", "scare_quotes"):
        assert table(analysis, name).query("doc_id == 'lock'")["start"].lt(start).all()
    assert "anonymous" in analysis.sources.query("doc_id == 'ferry'")["naming"].tolist()
    unclosed = analysis.attributions.query("doc_id == 'ferry' and not is_closed")
    assert unclosed["text"].str.contains("that is that").all() and len(unclosed) == 1


def test_documents_are_filled_and_kept():
    given = documents(
        outlet=["Halm Post", None, "Post", None, None],
        published=["2026-01-05T10:00:00+02:00", None, "2026-01-06", None, None],
        topic=list("abcde"),
        weight=[1, 2, 3, 4, 5],
    )
    before = given.copy(deep=True)
    kept = analyse(given).documents
    pd.testing.assert_frame_equal(given, before)
    assert list(kept.columns) == [*tables.DOCUMENTS, "topic", "weight"]
    assert kept["topic"].tolist() == list("abcde") and kept["weight"].dtype == given["weight"].dtype
    assert kept["outlet"].isna().tolist() == [False, True, False, True, True]
    assert str(kept["published"].iloc[0]) == "2026-01-05 08:00:00+00:00"
    assert kept["n_words"].iloc[0] == 46 and kept["text"].tolist() == list(TEXTS.values())
    assert kept["headline"].isna().all()


def test_any_index_will_do(analysis):
    given = documents().set_index(pd.Index([7, 7, 7, 7, 7]))
    assert_same(analyse(given), analysis)


def assert_same(one: Analysis, other: Analysis) -> None:
    for name in TABLES:
        # A sum over a batch may differ in the last digit of a probability.
        pd.testing.assert_frame_equal(table(one, name), table(other, name), rtol=1e-9, atol=1e-9)


def part(analysis: Analysis, doc_id: str) -> Analysis:
    return Analysis(
        **{
            name: frame[frame["doc_id"] == doc_id].reset_index(drop=True)
            for name, frame in tables_of(analysis)
        }
    )


def test_an_article_is_read_as_if_alone(analysis):
    reverse = analyse(documents().iloc[::-1])
    for doc_id in TEXTS:
        alone = analyse(documents().query("doc_id == @doc_id"))
        assert_same(part(analysis, doc_id), alone)
        assert_same(part(reverse, doc_id), alone)


def test_small_batches_give_the_same(analysis, monkeypatch):
    monkeypatch.setattr("onrecord.analysis.BATCH_CHARACTERS", 1)
    assert_same(analyse(documents()), analysis)


def test_twice_gives_the_same(analysis):
    assert_same(analyse(documents()), analysis)


def test_save_and_load(analysis, tmp_path):
    given = analyse(documents(topic=list("abcde")))
    paths = given.save(tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [*(f"{name}.parquet" for name in TABLES), "analysis.json"]
    read = Analysis.load(tmp_path / "new" / "folder")
    for name in TABLES:
        pd.testing.assert_frame_equal(table(read, name), table(given, name))
    assert read.documents["topic"].tolist() == list("abcde")
    assert read.rules == given.rules == rules_version()


def test_an_analysis_saved_without_rules_has_none(analysis, tmp_path):
    analysis.save(tmp_path)
    (tmp_path / "analysis.json").unlink()
    assert Analysis.load(tmp_path).rules == ""


def test_each_table_is_a_field():
    assert [field.name for field in fields(Analysis)] == [*TABLES, "rules"]


def test_the_repr_is_one_line(analysis):
    assert repr(analysis).startswith("Analysis(5 documents, ") and "\n" not in repr(analysis)


def test_save_and_load_of_nothing(tmp_path):
    given = analyse(pd.DataFrame({"doc_id": [], "text": []}))
    given.save(tmp_path)
    assert_schemas(Analysis.load(str(tmp_path)))


def test_load_says_what_is_missing(analysis, tmp_path):
    analysis.save(tmp_path)
    (tmp_path / "spans.parquet").unlink()
    with pytest.raises(FileNotFoundError, match=r"spans\.parquet is missing: save the analysis again"):
        Analysis.load(tmp_path)
    analysis.spans.drop(columns="role").to_parquet(tmp_path / "spans.parquet")
    with pytest.raises(ValueError, match=r"spans\.parquet has no column 'role'"):
        Analysis.load(tmp_path)


def test_an_analysis_is_frozen(analysis):
    with pytest.raises(FrozenInstanceError):
        analysis.spans = None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (pd.DataFrame({"doc_id": ["a"]}), r"documents has no column 'text'; it has doc_id\."),
        (pd.DataFrame({"text": ["a"]}), r"documents has no column 'doc_id'; it has text\. If"),
        (pd.DataFrame(), "documents is a table without columns"),
        (
            pd.DataFrame({"doc_id": ["a", "b", "a"], "text": ["", "", ""]}),
            r"doc_id 'a' occurs more than once; make the ids differ, or remove the repeated rows with "
            r"documents\.drop_duplicates\('doc_id'\)",
        ),
        (
            pd.DataFrame({"doc_id": ["a", None, np.nan], "text": ["", "", ""]}),
            "2 rows have no doc_id; give each article its own",
        ),
        (
            pd.DataFrame({"doc_id": ["a", "b"], "text": ["", 7]}),
            "the text of 'b' is int, not a string; convert it first",
        ),
        (
            pd.DataFrame({"doc_id": ["a"], "text": [b"bytes"]}),
            "the text of 'a' is bytes, not a string; convert it first",
        ),
        (
            pd.DataFrame({"doc_id": ["a"], "text": [["list", "of"]]}),
            "the text of 'a' is list, not a string; convert it first",
        ),
        (pd.DataFrame({"doc_id": [1, 1], "text": ["", ""]}), "doc_id '1' occurs more than once"),
        (pd.DataFrame({"doc_id": [1, "1"], "text": ["", ""]}), "doc_id '1' occurs more than once"),
    ],
)
def test_bad_tables(given, message):
    with pytest.raises(ValueError, match=message):
        analyse(given)


def test_numbers_as_ids_become_text():
    analysis = analyse(
        pd.DataFrame({"doc_id": [1, 2], "text": ["Varn said it leaks.", "“It leaks,” Varn said."]})
    )
    assert_schemas(analysis)
    assert set(analysis.spans["doc_id"]) <= set(analysis.documents["doc_id"]) == {"1", "2"}
    assert len(analysis.spans)


def test_the_tables_are_the_fields_of_an_analysis():
    assert (*TABLES, "rules") == tuple(field.name for field in fields(Analysis))


def test_an_analysis_is_displayed_in_one_line():
    found = analyse(pd.DataFrame({"doc_id": ["a"], "text": ["“It leaks,” Ann Reed said."]}))
    assert repr(found).startswith("Analysis(1 documents, 1 sentences, ") and "\n" not in repr(found)
