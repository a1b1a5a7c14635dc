"""The settings: one file for all notebooks and the report, with errors that say what to do."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pandas as pd
import pytest

from onrecord.notebook.copies import copy_notebooks
from onrecord.notebook.loading import load_articles
from onrecord.notebook.selecting import select, source_line
from onrecord.notebook.settings import OWN, REPORT_FOLDER, SAMPLE, TEMPLATE, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path) -> Path:
    """A project with a sample of one article, a template and two notebooks."""
    for folder in ("data/sample/articles", "data/articles", "notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/sample/articles/a.txt").write_text(
        "outlet: Weir Herald\n\nThe lock is shut, he said.\n"
    )
    (tmp_path / SAMPLE).write_text(
        'articles = "data/sample/articles"\nsample = true\nexports = "exports/sample"\n'
    )
    (tmp_path / TEMPLATE).write_text('articles = "data/articles"\n')
    for name in ("00-a", "01-b"):
        cells = [
            {"cell_type": "markdown", "metadata": {"tags": ["sample"]}, "source": ["Invented."]},
            {"cell_type": "code", "metadata": {}, "source": ["1"], "outputs": [{}], "execution_count": 3},
        ]
        (tmp_path / f"notebooks/{name}.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}))
    return tmp_path


def settings_of(project: Path, text: str) -> Path:
    path = project / OWN
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sample_is_read_in_notebooks_and_ones_own_articles_in_own(project, monkeypatch):
    settings_of(project, 'articles = "data/articles"\nminimum_words = 50\n')
    monkeypatch.chdir(project / "notebooks")
    assert load_settings().is_sample and load_settings().exports == project / "exports/sample"
    copy_notebooks(project)
    monkeypatch.chdir(project / "own")
    own = load_settings()
    assert not own.is_sample and own.minimum_words == 50 and own.exports == project / "exports/own"


def test_own_reads_the_sample_while_there_are_no_settings(project, monkeypatch):
    (project / "own").mkdir()
    monkeypatch.chdir(project / "own")
    assert load_settings().is_sample


def test_a_report_names_its_own_settings(project, tmp_path, monkeypatch):
    folder = tmp_path / "prepared"
    folder.mkdir()
    monkeypatch.chdir(project / "notebooks")
    load_settings(overrides={"source": "A line", "outlets": 3}).save(folder / "settings.toml")
    monkeypatch.setenv(REPORT_FOLDER, str(folder))
    assert (load_settings().source, load_settings().outlets) == ("A line", 3)


def test_settings_are_the_same_after_they_were_saved(project):
    path = settings_of(
        project,
        'articles = ["data/articles", "data/sample"]\noutlets = ["A \\"B\\" C", "Dé"]\ncompare = 4\n'
        "from = 2026-01-02\nto = 2026-02-03\nminimum_words = 9\nkeep_copies = true\n"
        '[columns]\ntext = "Article body"\n[targets]\n"Mara Lind" = ["Mara Lind", "Lind"]\n'
        '[labels]\n"the fire" = "blaze"\n',
    )
    first = load_settings(path)
    again = load_settings(first.save(project / "again.toml"))
    assert first.first_day == datetime.date(2026, 1, 2) and first.outlets == ('A "B" C', "Dé")
    assert first.labels == {"the fire": ("blaze",)}
    different = {
        name
        for name in vars(first)
        if name not in ("file", "articles") and getattr(first, name) != getattr(again, name)
    }
    assert not different and [one.resolve() for one in first.articles] == list(again.articles)


@pytest.mark.parametrize(
    "text, words",
    [
        ("articles = data\n", ["settings.toml", "quotation marks"]),
        ('articels = "data/articles"\n', ["articels", "is not a setting", "Did you mean 'articles'?"]),
        ('articles = "nowhere"\n', ["articles = 'nowhere'", "was not found", "folder of the project"]),
        ("compare = 8\n", ["articles is missing", "Add a line"]),
        ("outlets = 0\n", ["outlets = 0", "list of names", "Leave the line out"]),
        ('outlets = ["A", 3]\n', ["outlets = ['A', 3]", "list of names"]),
        ("compare = 1\n", ["compare = 1", "from 2 to 12"]),
        ('compare = "many"\n', ["compare = 'many'", "whole number"]),
        ('from = "May"\n', ["from = 'May'", "2026-01-31"]),
        ("from = 2026-02-01\nto = 2026-01-01\n", ["to = 2026-01-01", "before from", "Exchange"]),
        ("minimum_words = -1\n", ["minimum_words = -1", "0 or more"]),
        ('source = " "\n', ["source = ' '", "Leave the line out"]),
        ('keep_copies = "yes"\n', ["keep_copies = 'yes'", "true or false"]),
        ('[columns]\ntxt = "Body"\n', ["columns", "txt"]),
        ("[columns]\ntext = 3\n", ["columns", "[columns]"]),
        ("[targets]\nLind = []\n", ["targets", "spelling of 'Lind'"]),
        ("exports = 3\n", ["exports = 3", "folder"]),
        ('corrections = "none.csv"\n', ["corrections = 'none.csv'", "path of a file"]),
        ('corrections = "data"\n', ["corrections = 'data'", "path of a file"]),
    ],
)
def test_an_error_names_the_file_the_key_the_value_and_the_remedy(project, text, words):
    start = (
        ""
        if "articles" in text or text.startswith(("articels", "compare = 8"))
        else 'articles = "data/articles"\n'
    )
    path = settings_of(project, start + text)
    with pytest.raises(ValueError) as caught:
        load_settings(path)
    assert str(path) in str(caught.value)
    for word in words:
        assert word in str(caught.value), str(caught.value)


def test_a_missing_file_says_how_to_make_it(project):
    with pytest.raises(FileNotFoundError, match=r"settings\.example\.toml.*make own"):
        load_settings(project / "none.toml")


def test_the_templates_of_the_project_are_settings():
    template = (ROOT / TEMPLATE).read_text(encoding="utf-8")
    assert load_settings(ROOT / SAMPLE).is_sample and load_settings(ROOT / "data/sample/mixed.toml").is_sample
    assert "invented" not in template
    # Each line that is commented out is a setting, too.
    lines = [line.removeprefix("# ") for line in template.splitlines()]
    text = "\n".join(
        line
        for line in lines
        if line.startswith("[") or (" = " in line and line[0] in '"abcdefghijklmnopqrstuvwxyz')
    )
    text = text.replace("data/articles-corrections.csv", SAMPLE)  # a file that exists
    path = ROOT / TEMPLATE
    uncommented = path.with_name("settings.uncommented.toml")
    try:
        uncommented.write_text(
            "\n".join(line for line in text.splitlines() if "outlets = 8" not in line), encoding="utf-8"
        )
        assert load_settings(uncommented).minimum_words == 100
    finally:
        uncommented.unlink(missing_ok=True)


def rows(n: int, **columns: object) -> pd.DataFrame:
    base = {"text": "A lock.", "language": "en", "duplicate_of": pd.NA, "not_article": pd.NA, "n_words": 60}
    table = pd.DataFrame({"doc_id": [f"d{i}" for i in range(n)], **base, **columns})
    return table.assign(
        published=pd.to_datetime(table["published"], utc=True, format="ISO8601")
        if "published" in table
        else pd.NaT
    )


def test_select_accounts_for_each_article_left_out(project):
    documents = rows(
        6,
        outlet=["A", "A", "B", "B", None, "C"],
        published=["2026-01-01T00:00", "2026-01-31T23:30", "2026-02-01", None, "2026-01-05", "2026-01-06"],
        n_words=[60, 60, 60, 60, 60, 10],
    )
    path = settings_of(
        project, 'articles = "data/articles"\nfrom = 2026-01-01\nto = 2026-01-31\nminimum_words = 50\n'
    )
    kept = select(documents, load_settings(path))
    assert kept.rows["doc_id"].tolist() == ["d0", "d1", "d4"]
    left_out = dict(zip(kept.steps["reason"], kept.steps["n_left_out"], strict=True))
    assert left_out["fewer than 50 words"] == 1 and left_out["no date of publication"] == 1
    assert left_out["after 2026-01-31"] == 1 and left_out["before 2026-01-01"] == 0
    most = select(documents, load_settings(path, {"outlets": 1}))
    assert most.rows["outlet"].tolist() == ["A", "A"] and most.steps["n_left_out"].iloc[-1] == 1
    with pytest.raises(ValueError, match="'Aa' does not occur"):
        select(documents, load_settings(path, {"outlets": ["Aa"]}))


def test_copies_stay_where_the_settings_keep_them(project):
    documents = rows(2, outlet=["A", "B"], duplicate_of=[pd.NA, "d0"])
    path = settings_of(project, 'articles = "data/articles"\n')
    assert len(select(documents, load_settings(path)).rows) == 1
    assert len(select(documents, load_settings(path, {"keep_copies": True})).rows) == 2


@pytest.mark.parametrize(
    "outlets, days, words",
    [
        (["A"], ["2026-01-05"], "Own count of 1 article of A, 5 January 2026"),
        (
            ["A", "B"],
            ["2026-01-05", "2026-03-01"],
            "Own count of 2 articles of 2 outlets, 5 January 2026 to 1 March 2026",
        ),
        (["outlet not given", "outlet not given"], [None, None], "Own count of 2 articles"),
    ],
)
def test_the_source_line_is_computed_from_the_articles(outlets, days, words):
    assert source_line(rows(len(outlets), outlet=outlets, published=days)) == words


def test_no_article_is_an_error_that_says_what_was_left_out(project, monkeypatch):
    copy_notebooks(project)
    (project / "data/articles/b.txt").write_text("outlet: Weir Herald\n\nThe lock is shut, a guard said.\n")
    settings_of(project, 'articles = "data/articles"\nminimum_words = 500\n')
    monkeypatch.chdir(project / "own")
    articles = load_articles()
    assert articles.kept.steps["n_left_out"].sum() == 1
    with pytest.raises(ValueError, match=r"no article remains of 1 row \(.*: 1\).*Notebook 04"):
        _ = articles.documents


def test_copies_of_notebooks_lose_outputs_and_what_is_true_of_the_sample(project):
    assert copy_notebooks(project) == []
    copy = json.loads((project / "own/00-a.ipynb").read_text())
    assert [cell["cell_type"] for cell in copy["cells"]] == ["code"]
    assert copy["cells"][0]["outputs"] == [] and (project / OWN).is_file()


def test_a_copy_is_renewed_unless_it_was_changed(project):
    copy_notebooks(project)
    changed, untouched = project / "own/00-a.ipynb", project / "own/01-b.ipynb"
    for path, source in ((changed, ["2"]), (untouched, ["1"])):
        book = json.loads(path.read_text())
        book["cells"][0] |= {"source": source, "outputs": [{"text": "run"}]}
        path.write_text(json.dumps(book))
    (project / OWN).write_text("# mine\n")
    for path in (project / "notebooks").iterdir():
        path.write_text(path.read_text().replace('"1"', '"3"'))
    assert copy_notebooks(project) == [changed]
    assert json.loads(changed.read_text())["cells"][0]["source"] == ["2"]
    assert json.loads(untouched.read_text())["cells"][0]["source"] == ["3"]
    assert (project / OWN).read_text() == "# mine\n"
