"""The rules of findings: what may be said of a table, and what every sentence of a notebook keeps to."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import onrecord
from onrecord.notebook import loading
from onrecord.notebook.claims import CLAIMS
from onrecord.notebook.findings import (
    NOT_STATED,
    Comparison,
    Finding,
    counted,
    enough,
    leader,
    part_of,
    range_of,
    standout,
)
from onrecord.notebook.found_list import accuracy_of, read_findings, show_list, table_of
from onrecord.notebook.selecting import restrict
from onrecord.notebook.settings import REPORT_FOLDER, Settings

ROOT = Path(__file__).parents[2]
QUESTIONS = ("01", "02", "03", "04", "05", "06", "10")


def shares(*groups: tuple[str, float, float, float, int, int]) -> pd.DataFrame:
    names = ["outlet", "share_of_sources", "low", "high", "n_sources", "n_articles"]
    table = pd.DataFrame(groups, columns=names)
    table.insert(1, "n_hits", 0)
    return table[["outlet", "n_hits", "n_sources", "share_of_sources", "low", "high", "n_articles"]]


SAY = Comparison("{group} has most: {figure}", "None stands out: {range}", "{group} has {figure}")


def test_a_group_is_named_only_where_it_is_beyond_chance_above_all_others():
    clear = shares(
        ("A", 0.60, 0.55, 0.65, 200, 20), ("B", 0.30, 0.25, 0.35, 200, 20), ("C", 0.2, 0.15, 0.25, 200, 20)
    )
    assert SAY.say(clear) == Finding(
        "A has most: 60%", "600 sources in 60 articles", 0.55, 0.65, True, "share_of_sources"
    )
    near = shares(
        ("A", 0.60, 0.50, 0.70, 200, 20), ("B", 0.58, 0.48, 0.68, 200, 20), ("C", 0.2, 0.15, 0.25, 200, 20)
    )
    assert (
        SAY.say(near).title
        == "None stands out: 20% to 60%. The highest and the lowest, A and C, differ beyond chance"
    )
    alike = shares(("A", 0.29, 0.19, 0.40, 200, 20), ("B", 0.23, 0.15, 0.35, 200, 20))
    assert SAY.say(alike).title == "None stands out: 23% to 29%"
    assert SAY.say(alike).interval == ""


def test_the_lowest_is_named_by_the_same_rule():
    table = shares(("A", 0.60, 0.55, 0.65, 200, 20), ("B", 0.30, 0.25, 0.35, 200, 20))
    assert replace(SAY, lowest=True).say(table).title == "B has most: 30%"


@pytest.mark.parametrize(
    "small",
    [
        ("Small", 1.0, 0.9, 1.0, 19, 9),  # too few sources
        ("Small", 1.0, 0.9, 1.0, 90, 4),  # too few articles
        ("Small", 1.0, np.nan, np.nan, 90, 9),  # no interval
        ("Small", np.nan, np.nan, np.nan, 0, 9),  # no share
        (NOT_STATED, 1.0, 0.9, 1.0, 90, 9),
        (pd.NA, 1.0, 0.9, 1.0, 90, 9),
    ],
)
def test_a_small_or_unknown_group_is_neither_named_nor_compared(small):
    others = ("A", 0.5, 0.4, 0.6, 90, 9), ("B", 0.45, 0.35, 0.55, 90, 9)
    is_drawn = str(small[0]) == "Small" and small[1] == 1.0
    both, one = (
        (" (2 of 3 outlets can be compared)", " (1 of 2 outlets can be compared)") if is_drawn else ("", "")
    )
    assert SAY.say(shares(small, *others)).title == f"None stands out: 45% to 50%{both}"
    assert SAY.say(shares(small, others[0])).title == f"A has 50%{one}"
    assert "Small" not in SAY.say(shares(small, small)).title


def test_without_outlets_the_figure_is_that_of_the_corpus():
    assert SAY.say(shares((NOT_STATED, 0.25, 0.2, 0.3, 90, 9))).title == "The corpus has 25%"


def test_too_few_and_nothing_are_said_in_words():
    few = SAY.say(shares(("A", 1.0, np.nan, np.nan, 1, 1)))
    assert few.title == "Too few articles for a share: 5 are needed" and few.n == "1 source in 1 article"
    less = SAY.say(shares(("A", 1.0, 0.2, 1.0, 9, 9), ("B", 1.0, 0.2, 1.0, 8, 9)))
    assert less.title == "Too few sources to compare outlets: 20 in 5 articles are needed"
    nothing = SAY.say(shares(("A", np.nan, np.nan, np.nan, 0, 0)))
    assert not nothing.is_answered and "no sources" in nothing.title


def test_a_range_of_one_value_is_not_a_range():
    same = shares(("A", 0.251, 0.2, 0.3, 90, 9), ("B", 0.249, 0.2, 0.3, 90, 9))
    assert SAY.say(same).title == "None stands out: 25% each"
    assert range_of(pd.Series([0.001, 0.004]), "share_of_words") == "under 1%"
    assert range_of(pd.Series([-0.101, 0.0]), "mean_polarity") == "−0.10 to 0"


def test_singular_and_plural():
    assert counted(1, "named sources") == "1 named source" and counted(2_658, "articles") == "2,658 articles"
    assert (
        part_of(1, 5, "sources") == "1 of 5 sources is" and part_of(3, 5, "sources") == "3 of 5 sources are"
    )
    assert (
        part_of(0, 5, "sources") == "None of the 5 sources is"
        and part_of(5, 5, "sources") == "All 5 sources are"
    )
    assert (
        part_of(0, 1, "sources") == "The one source is not"
        and part_of(1, 1, "sources") == "The one source is"
    )
    assert part_of(30, 40, "sources") == "75% of the sources are"
    assert part_of(399, 400, "sources") == "Over 99% of the sources are"


def test_a_leader_needs_more_than_one_article():
    even = pd.DataFrame({"A": [2] * 12, "B": [1] * 12})
    assert leader(even) == "A"
    one = pd.DataFrame({"A": [20] + [0] * 11, "B": [1] * 12})
    assert leader(one) is None and leader(even.head(3)) is None and leader(even[["A"]]) is None


def test_nobody_stands_out_by_chance():
    """Of ten outlets with one true share, one is named in about 5% of corpora, not in 90%."""
    rng = np.random.default_rng(1)
    n_named = 0
    for _ in range(200):
        share = rng.binomial(100, 0.3, 10) / 100
        half = 1.96 * np.sqrt(share * (1 - share) / 100)
        rows = [(f"O{i}", s, s - h, s + h, 100, 20) for i, (s, h) in enumerate(zip(share, half, strict=True))]
        n_named += standout(enough(shares(*rows))) is not None
    assert n_named <= 10


def test_the_list_has_n_interval_and_accuracy(tmp_path):
    found = {
        "03-unnamed-by-outlet": Finding("A leaves 25% unnamed", "90 sources", 0.2, 0.3),
        "03-disclosures": Finding("Not answered: none", is_answered=False),
    }
    table = table_of(found)
    assert "6 to 9 points" in table["rests_on"][0] and table["interval"][0] == "20% to 30%"
    assert str(show_list(table)) == "- A leaves 25% unnamed (95% interval 20% to 30%; 90 sources)."
    loading.save_findings(found, tmp_path)
    again = read_findings(tmp_path)
    assert again["finding"].tolist() == table["finding"].tolist() and again["low"].isna().tolist() == [
        False,
        True,
    ]
    assert read_findings(tmp_path / "none").empty


def test_every_claim_rests_on_a_known_accuracy():
    assert all(accuracy_of(claim.rests_on) for claim in CLAIMS.values() if claim.rests_on)


# Corpora of odd shapes


@pytest.fixture(scope="module")
def base() -> onrecord.Analysis:
    """The twelve short articles, those of two of the sample's outlets, and one without quotations."""
    sample = onrecord.read_documents(ROOT / "data/sample/articles")
    few = sample[sample["outlet"].isin(["Clear Signal", "The Daily Lantern"])]
    quiet = few.head(1).assign(doc_id="quiet", text="The river rose by two metres in the night. " * 9)
    return onrecord.analyse(pd.concat([few, quiet], ignore_index=True))


def with_documents(analysis: onrecord.Analysis, **columns: object) -> onrecord.Analysis:
    documents = analysis.documents.assign(**columns)
    types = {"outlet": "string"} if "outlet" in columns else {}
    return replace(analysis, documents=documents.astype(types))


def only(analysis: onrecord.Analysis, n: int) -> onrecord.Analysis:
    return restrict(analysis, analysis.documents["doc_id"].head(n))


def no_dates(analysis: onrecord.Analysis) -> onrecord.Analysis:
    return with_documents(analysis, published=pd.to_datetime([pd.NaT] * len(analysis.documents), utc=True))


SHAPES = {
    "as it is": lambda one: one,
    "one article": lambda one: only(one, 1),
    "one outlet": lambda one: only(one, 12),
    "no outlets": lambda one: with_documents(one, outlet=pd.NA),
    "some outlets": lambda one: with_documents(one, outlet=[pd.NA, "A"] * 12 + ["A"]),
    "no dates": no_dates,
    "an outlet each": lambda one: with_documents(one, outlet=[f"O{i} “<b>&” {{x}}" for i in range(25)]),
    "nothing quoted": lambda one: restrict(one, pd.Series(["quiet"])),
}


def cells(number: str) -> list[str]:
    """The code of a notebook as a person's own articles are counted by it."""
    path = next((ROOT / "notebooks").glob(f"{number}-*.ipynb"))
    book = json.loads(path.read_text(encoding="utf-8"))
    return [
        "".join(cell["source"])
        for cell in book["cells"]
        if cell["cell_type"] == "code" and "sample" not in cell["metadata"].get("tags", [])
    ]


@pytest.fixture(scope="module", params=SHAPES)
def found(request, base, tmp_path_factory) -> dict[str, tuple[Finding, pd.DataFrame]]:
    """The findings of all notebooks on a corpus of this shape, with the tables that they are about."""
    analysis, tmp_path = SHAPES[request.param](base), tmp_path_factory.mktemp("prepared")
    (tmp_path / "a.txt").write_text("x")
    settings = Settings(
        (tmp_path / "a.txt",), tmp_path / "exports", ROOT / "data/lexicons", tmp_path / "settings.toml"
    )
    settings.save(settings.file)
    analysis.save(tmp_path / "analysis")
    analysis.documents.to_parquet(tmp_path / "documents.parquet")
    n = len(analysis.documents)
    read = {"path": "a.csv", "file_format": "csv", "n_expected": [n], "n_found": n, "n_skipped": 0}
    pd.DataFrame(read | {"reason": pd.NA, "warnings": pd.NA}).to_parquet(tmp_path / "read_report.parquet")
    results: dict[str, tuple[Finding, pd.DataFrame]] = {}

    def record(self, plot, table, name, *, facts=None, **options):
        results[name] = self.find(name, table, facts=facts), table

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(REPORT_FOLDER, str(tmp_path))
        patch.setattr(loading.Articles, "draw", record)
        for number in QUESTIONS:
            names: dict[str, object] = {}
            for cell in cells(number):
                exec(cell, names)
    plt.close("all")
    return results


SUPERLATIVE = re.compile(r"\b(most|more than the other|least|highest is|lowest is|best)\b")
PLAIN = re.compile(r"(most quoted|five most|at most|Too few|highest and the lowest|the most quoted)")
# Words that a figure without a value, or of nothing, would leave.
SILLY = re.compile(
    r"\b(nan|None of the 0|NA|NaN|NaT)\b|<NA>|0 of 0|\b0 0\b|\bof 0 |nan%|inf|[{}](?!x)|"
    r"(?<![\d.,])1 (articles|sources|outlets|pairs|weeks|months|statements|attributions|words)\b|"
    r"(?<![\d.,])1 (mentions|times|formats|speakers|events|lines)\b"
)


def test_every_sentence_keeps_to_the_rules(found):
    assert len(found) > 45
    for name, (one, table) in found.items():
        title = one.title
        assert title and not SILLY.search(title.replace("{x}", "")), (name, title)
        assert not SILLY.search(one.n), (name, one.n)
        assert "NA" not in one.interval and "nan" not in one.interval, (name, one.interval)
        assert NOT_STATED not in title, (name, title)
        ends = re.search(r"(\S+%?) to (\S+%?)", title)
        assert not ends or ends[1] != ends[2], (name, title)
        if one.is_answered:
            assert title[0].isupper() or title[0].isdigit() or title[0] == "“", (name, title)
            assert not table.empty, name
        else:
            assert title.startswith(("Not answered: ", "Not drawn: ")) or title.endswith("no chart."), title


def test_an_outlet_is_named_only_with_enough_articles_and_where_it_is_drawn(found):
    for name, (one, table) in found.items():
        if (
            "outlet" not in table.columns
            or not one.is_answered
            or CLAIMS[name].say.__qualname__ != "Comparison.say"
        ):
            continue
        part = table
        for column, value in CLAIMS[name].say.__self__.where.items():
            part = part[part[column] == value]
        known = set(enough(part)["outlet"].dropna())
        for outlet in set(table["outlet"].dropna()) - known:
            assert outlet not in one.title, (name, one.title)


def test_a_sentence_with_a_superlative_has_an_interval(found):
    for name, (one, _) in found.items():
        if one.is_answered and SUPERLATIVE.search(PLAIN.sub("", one.title)):
            assert one.interval, (name, one.title)
