"""The documentation says what the code does: names, columns, examples, figures, links."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import onrecord
from onrecord.export.provenance import describe_columns

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from make_pages import PAGES, accuracy_page, functions_page, picture, schemas, tables_page  # noqa: E402

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PAGES_OF_ALL = [
    *sorted(ROOT.glob("*.md")),
    *DOCS,
    *sorted((ROOT / "data").rglob("README.md")),
    *sorted((ROOT / "lib").rglob("*.md")),
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WITH_EXAMPLES = [path for path in PAGES_OF_ALL if "```python\n" in path.read_text(encoding="utf-8")]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [tables_page, functions_page, accuracy_page], ids=lambda page: page.__name__)
def test_a_made_page_is_as_the_library_says(page):
    name = next(name for name, made_by in PAGES.items() if made_by is page)
    assert text_of(f"docs/{name}") == page(), "after a change of the library: make docs"


def test_the_picture_of_the_readme_is_a_chart_of_a_notebook():
    assert (ROOT / "docs/unnamed-by-outlet.png").read_bytes() == picture(), "after make charts: make docs"


def test_every_public_function_is_described():
    page = text_of("docs/functions.md")
    assert [name for name in onrecord.__all__ if f"\n### {name}\n" not in page] == []


def test_every_column_of_every_table_has_a_meaning():
    page = text_of("docs/tables.md")
    for name, schema in schemas().items():
        about = describe_columns(pd.DataFrame(columns=list(schema)))
        assert about["meaning"].notna().all(), (name, about["column"][about["meaning"].isna()].tolist())
        assert all(f"| `{column}` |" in page for column in schema)


def test_the_codebook_has_every_value():
    """Each value that a coded column can take is in the codebook."""
    page = text_of("docs/codebook.md")
    registry = pd.read_csv(ROOT / "lib/onrecord/columns.csv").set_index("column")["range"]
    for column in ("naming", "reason_class", "relay", "status", "cue_stance", "form", "definition"):
        for value in re.split("[,;] ", registry[column]):
            assert f"`{value}`" in page, (column, value)
    for flag in registry.index[registry.index.str.match(r"is_anonymous|is_single|has_")]:
        assert f"`{flag}`" in page


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=relative)
def test_every_example_runs(path, tmp_path, monkeypatch):
    for name in ("sample", "lexicons", "benchmarks"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)
    names: dict = {"__name__": "__main__"}
    for block in blocks:
        if "documents" not in names and re.search(r"\(documents\b", block) and "documents =" not in block:
            names |= {"onrecord": onrecord, "documents": onrecord.read_documents("data/sample/articles")}
        exec(compile(block, relative(path), "exec"), names)
    plt.close("all")


def prose_of(path: Path) -> str:
    """Return the prose of a page or notebook, without blocks of code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells)
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


@pytest.mark.parametrize("path", [*PAGES_OF_ALL, *NOTEBOOKS], ids=relative)
def test_no_link_is_dead(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose_of(path)):
        if not re.match(r"https?://|#|mailto:", target):
            place, _, anchor = unquote(target).partition("#")
            assert (path.parent / place).exists(), target
            assert not anchor or anchor in anchors(path.parent / place), target


def test_a_page_that_a_notebook_names_exists():
    for path in NOTEBOOKS:
        for name in re.findall(r"`((?:docs|data|lib)/[^`\s*]+)`", prose_of(path)):
            # The user's own settings are made by `make own`, and git ignores them.
            assert (ROOT / name).exists() or name == "data/settings.toml", (path.name, name)


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_readme_leads_to_every_page():
    found, ahead = set(), {ROOT / "README.md"}
    while ahead:
        path = ahead.pop()
        found.add(path)
        targets = re.findall(r"\]\(([^)\s#]+\.md)", path.read_text(encoding="utf-8"))
        ahead |= {(path.parent / target).resolve() for target in targets} - found
    parts = {ROOT / "docs" / name for name in ("accuracy-head.md", "licences-head.md")}
    assert sorted(map(relative, set(DOCS) - found - parts)) == []


def test_the_map_of_the_house_has_every_package():
    page = text_of("CONTRIBUTING.md")
    for path in (ROOT / "lib" / "onrecord").iterdir():
        if path.is_dir() and (path / "__init__.py").exists():
            assert f"`{path.name}`" in page, path.name


def test_every_command_of_the_makefile_is_described():
    makefile = text_of("Makefile")
    for target in re.search(r"^\.PHONY: (.+)$", makefile, re.M)[1].split():
        assert f"#   make {target} " in makefile, target


def test_counts_of_the_sample():
    n_articles = len(list((ROOT / "data/sample/articles").glob("*/*.txt")))
    n_outlets = len(list((ROOT / "data/sample/articles").iterdir()))
    annotations = pd.read_csv(ROOT / "data/sample/annotations.csv")
    n_annotated = annotations["doc_id"].nunique()
    n_attributions = len(annotations.drop_duplicates(["doc_id", "attribution_id"]))
    assert (n_articles, n_outlets, n_annotated, n_attributions) == (48, 4, 24, 454)
    assert f"of {n_articles} invented articles" in text_of("README.md")
    assert f"{n_annotated} articles of the invented sample" in text_of("docs/measured.md")
    assert f"{n_annotated} invented articles, {n_attributions} attributions" in text_of("docs/accuracy.md")


def rows_of(name: str) -> dict[tuple[str, str], list[str]]:
    """Return the figures of a page's tables by what was measured, and on what."""
    lines = [line for line in text_of(name).splitlines() if line[:1] == "|"]
    rows, before = {}, ""
    for what, place, *figures in (re.split(r" *\| *", line.strip().strip("|").strip()) for line in lines):
        before = place if place != "the same" else before
        rows[what, before] = figures
    return rows


def row_of(what: str, measured_on: str) -> list[str]:
    """Return the figures of one row of measured.md."""
    for (name, place), figures in rows_of("docs/measured.md").items():
        if name == what and measured_on in place:
            return figures
    raise AssertionError(f"docs/measured.md has no row {what!r}, {measured_on!r}")


def test_the_readme_has_the_figures_of_the_page():
    whole = rows_of("docs/measured.md")
    rows = {key: row for key, row in rows_of("README.md").items() if re.search(r"\d\d", "".join(row))}
    figures = {key: row for key, row in rows.items() if "chart" not in row[-1]}
    assert len(figures) >= 8
    assert {key: whole.get(key) for key in figures} == figures


def test_the_readme_lists_every_notebook_with_its_charts():
    rows = re.findall(r"^\| \[(\d\d-[\w-]+)\]\((\S+)\) \| .+ \| (.+?) \|$", text_of("README.md"), re.M)
    assert [name for name, _, _ in rows] == [path.stem for path in NOTEBOOKS]
    for name, path, output in rows:
        assert path == f"notebooks/{name}.ipynb"
        cells = json.loads(text_of(path))["cells"]
        n_charts = sum(
            "image/png" in out.get("data", {}) for cell in cells for out in cell.get("outputs", [])
        )
        stated = re.match(r"(\d+) charts?\b", output)
        assert (int(stated[1]) if stated else 0) == n_charts, name


def test_figures_of_the_training():
    scores = json.loads(text_of("lib/onrecord/models/attributions_scores.json"))["tables"]["all"]
    by_form = {row["form"]: row for row in scores}
    for form, what in (("direct", "direct quotations"), ("mixed", "mixed"), ("indirect", "indirect")):
        row = by_form[form]
        expected = [f"{row[name]:.1f}" for name in ("f1", "precision", "recall")]
        assert row_of(what, "PolNeAR train") == expected
    for form, what in (("direct", "a direct quotation"), ("all", "any attribution")):
        expected = [f"{by_form[form]['speaker_accuracy']:.0f}%"]
        assert row_of(f"the speaker of {what} that was found", "PolNeAR train") == expected


def test_figures_on_dev_are_those_of_the_card():
    card = text_of("lib/onrecord/models/attributions.md")
    dev = card.partition("## Scores on PolNeAR dev")[2]
    for form, what in (("direct", "direct quotations"), ("indirect", "indirect")):
        row = re.search(rf"^\| {form} \| \d+ \| \d+ \| (\S+) \| (\S+) \| (\S+) \|", dev, re.M)
        assert row_of(what, "PolNeAR dev") == [row[3], row[1], row[2]]


def test_naming_on_the_sample():
    row = re.search(r"^\| naming \| (\d+)% \|", text_of("docs/accuracy.md"), re.M)
    assert row_of("naming of a source that was found", "invented sample") == [f"{row[1]}%"]


def test_figures_of_the_tone_model():
    card = text_of("lib/onrecord/models/tone_encoder.md")
    mean = float(re.search(r"^\| macro-F1 \|.* \.(\d+) \|$", card, re.M)[1]) / 1000
    textblob = re.search(r"TextBlob's sign (\.\d+) on the first", card)[1]
    what = "tone toward a target (negative, neutral, positive): macro-F1"
    shown = f"{mean:.2f}"[1:]
    assert row_of(what, "NewsMTSC") == [shown]
    assert f"tone toward a target, macro-F1 {shown}; TextBlob {textblob} " in text_of("docs/figures.md")
    assert f"macro-F1 {textblob} where the model for targets has {mean:.2f}".replace(" 0.", " .") in text_of(
        "docs/measured.md"
    )


def test_citation():
    lines = text_of("CITATION.cff").splitlines()
    fields = dict(line.split(": ", 1) for line in lines if re.match(r"[a-z-]+: \S", line))
    assert fields["cff-version"] == "1.2.0" and fields["version"] == onrecord.__version__
    assert fields["license"] == "MIT" and fields["type"] == "software"
    deposit = json.loads(text_of(".zenodo.json"))
    assert deposit["version"] == onrecord.__version__ and deposit["license"] == fields["license"]
    assert deposit["title"] == fields["title"].strip('"')
    assert all(f"  - {word}\n" in text_of("CITATION.cff") for word in deposit["keywords"])
    assert [f"  - name: {maker['name']}" in lines for maker in deposit["creators"]] == [True]
    assert {"message", "title"} <= set(fields) and "authors:" in lines


def test_the_changelog_follows_keep_a_changelog():
    text = text_of("CHANGELOG.md")
    versions = re.findall(r"^## (.+)$", text, re.M)
    assert versions[0] == "[Unreleased]" and versions[1].startswith(f"[{onrecord.__version__}] - ")
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"^### (.+)$", text, re.M)) <= kinds
    if versions[-1].endswith("unreleased"):  # nothing has changed before a first release
        assert "previously" not in text.lower()


def test_the_changelog_names_what_exists():
    names = re.findall(r"`([a-z_]+)`", text_of("CHANGELOG.md"))
    functions = {
        name for name in names if re.match(r"(add|compare|count|find|plot|read|save|share|show)_", name)
    }
    assert sorted(functions - set(onrecord.__all__)) == []
