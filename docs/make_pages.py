"""Write docs/tables.md, functions.md and accuracy.md from the library itself: `make docs`.

The picture of the README is a chart of a notebook, as committed.
"""

from __future__ import annotations

import inspect
import re
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pandas as pd

import onrecord
from onrecord.analysis import TABLES
from onrecord.export.provenance import describe_columns
from onrecord.tables import COUNT, FLAG, SHARE, TEXT, TIME

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS / "site"))

from notebook_pages import find_chart  # noqa: E402

PICTURE = "00-unnamed-by-outlet"  # of the README
DATA = DOCS.parent / "data" / "sample"
TYPES = {TEXT: "text", COUNT: "whole number", FLAG: "yes or no", SHARE: "number", TIME: "time, UTC"}
ROWS = {
    "documents": "one article",
    "sentences": "one sentence",
    "spans": "one span of text of an attribution",
    "attributions": "one attribution: a content, a cue, a source",
    "sources": "one source of one article, with all its mentions",
    "scare_quotes": "one quoted span that is not a quotation",
    "disclosures": "one note that somebody did not answer, or that something was not verified",
    "report": "one file: what was read from it, and what was not (`read_corpus(…).report`)",
    "codings": "one answer of a coder to one item of a coding sheet (`read_codings(…)`)",
    "checks": "one check of the set-up or of the articles read (`check_setup(…)`, `check_documents(…)`)",
    "uploads": "one file brought into the folder of articles (`show_upload(…)`)",
    "exclusions": "one reason for leaving rows out, with the rows before and after (`exclude(…).steps`)",
    "occurrences": "one occurrence of a word or phrase (`keyword_in_context(…)` shows them)",
    "findings": "one finding of a notebook (`NN-findings.csv` among the exports)",
    "failures": "one article that could not be analysed, and why (`open_corpus(…)`)",
    "duplicates": "one article that repeats another (`find_duplicates`)",
    "boilerplate": "one span that is not part of the story (`find_boilerplate`)",
    "events": "one article that reports the same news as another outlet's (`find_events`)",
    "labels": "one occurrence of a variant (`find_labels`)",
    "wordings": "one agentless passive or hedge (`find_wordings`)",
    "voice_spans": "one span in one voice (`split_voices`)",
    "tone_words": "one word of the lexicon in a text (`find_tone_words`)",
    "sourced_statements": "one statement of one source, in one or several sentences (`sourced_statements`)",
    "mentions": "one mention of a name (`target_tone`)",
    "targets": "one person or organisation toward whom the tone is measured (`find_targets`)",
}
PACKAGES = {
    "readers": "Reading files",
    "corpus": "Preparing a corpus",
    "text": "The text itself",
    "analysis": "The analysis",
    "sources": "Sources",
    "voices": "Voices",
    "passages": "Passages",
    "wordlists": "Word lists",
    "measures": "Measures",
    "tone": "Tone",
    "framing": "Framing and events",
    "charts": "Charts",
    "export": "Files",
    "evaluation": "Checking by hand",
    "notebook": "In the notebook",
    "one_article": "One article",
    "reports": "Reports",
    "workbench": "The workbench",
    "scale": "Large corpora",
}


def schemas() -> dict[str, dict[str, str]]:
    """Return every SCHEMA of the library by the name of its table."""
    found = {}
    for module in walk_packages(onrecord.__path__, "onrecord."):
        for name, value in vars(import_module(module.name)).items():
            is_schema = (
                name.isupper()
                and isinstance(value, dict)
                and value
                and all(kind in TYPES for kind in map(str, value.values()))
            )
            if is_schema:
                found.setdefault(name.strip("_").lower(), value)
    order = [*TABLES, *(name for name in found if name not in TABLES)]
    return {name: found[name] for name in order}


def markdown(rows: list[list], header: list[str]) -> str:
    def line(cells: list) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(header), "|" + "---|" * len(header), *map(line, rows)])


def tables_page() -> str:
    parts = [
        "# The tables",
        "Made by `make docs`. Every table is keyed by `doc_id`. `start` and `end` count Unicode code "
        "points of the text, half open: `text[start:end]` gives the words back. Missing is NA, never "
        "an empty string or 0. The sheet *columns* of every workbook that `save_table` writes has the same "
        "meanings.",
    ]
    known: set[str] = set()
    for name, schema in schemas().items():
        about = describe_columns(pd.DataFrame(columns=list(schema))).fillna("")
        rows = [
            [f"`{row.column}`", TYPES[schema[row.column]], row.meaning, row.unit, row.range]
            for row in about.itertuples()
        ]
        parts += [
            f"## {name}",
            f"Each row is {ROWS[name]}.",
            markdown(rows, ["column", "type", "meaning", "unit", "range"]),
        ]
        known |= set(schema)
    registry = pd.read_csv(Path(onrecord.__file__).with_name("columns.csv"), dtype="string").fillna("")
    others = registry[~registry["column"].isin(known)]
    rows = [[f"`{row.column}`", row.meaning, row.unit, row.range] for row in others.itertuples()]
    parts += [
        "## Columns of measures",
        "What the functions `count_`, `share_`, `mean_` and `compare_` return, besides the columns above. "
        "A name with `*` represents a family: {} is the text in place of the star. "
        "[functions.md](functions.md) says which function returns which columns.",
        markdown(rows, ["column", "meaning", "unit", "range"]),
    ]
    return "\n\n".join(parts) + "\n"


def functions_page() -> str:
    parts = [
        "# The functions",
        "Made by `make docs` from the docstrings: everything that `import onrecord` offers, grouped by task. "
        "The examples use `documents` and `analysis`, the twelve short articles of "
        "[data/sample/short.csv](../data/sample/README.md): "
        '`documents = onrecord.read_documents("data/sample/short.csv")` and '
        "`analysis = onrecord.analyse(documents)`.",
    ]
    modules = dict(onrecord._MODULE_OF)
    for package, title in PACKAGES.items():
        names = [name for name in onrecord.__all__ if modules[name].partition(".")[0] == package]
        parts += [f"## {title}"] if names else []
        for name in names:
            value = getattr(onrecord, name)
            signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(value)))
            parts += [f"### {name}", f"```\n{name}{signature}\n```", escaped(inspect.getdoc(value))]
            if inspect.isclass(value):
                methods = [
                    key for key in vars(value) if not key.startswith("_") and callable(getattr(value, key))
                ]
                parts += [
                    f"`{name}.{key}`: {escaped(inspect.getdoc(getattr(value, key)))}" for key in methods
                ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return a docstring as Markdown, in which angle brackets are not HTML and examples are code."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        if paragraph.startswith(">>>"):
            paragraphs.append(f"```pycon\n{paragraph}\n```")
            continue
        lines = [
            line if line.startswith("    ") else re.sub(r"([<*_])", r"\\\1", line)
            for line in paragraph.split("\n")
        ]
        unescaped = re.sub(r"`[^`\n]*`", lambda code: code[0].replace("\\", ""), "\n".join(lines))
        paragraphs.append(unescaped)
    return "\n\n".join(paragraphs)


def accuracy_page() -> str:
    annotations = pd.read_csv(DATA / "annotations.csv")
    documents = onrecord.read_documents(DATA / "articles")
    analysis = onrecord.analyse(documents[documents["doc_id"].isin(annotations["doc_id"])])
    parts = [(DOCS / "accuracy-head.md").read_text(encoding="utf-8").rstrip()]
    for by, title in (
        (None, "All attributions"),
        ("form", "By form"),
        ("outlet", "By outlet"),
        ("naming", "By naming"),
    ):
        table = onrecord.compare_annotations(analysis, annotations, by=by).dropna(subset="share_right")
        labels = [name for name in (by, "measure") if name]
        rows = [
            [*(row[name] if pd.notna(row[name]) else "no source" for name in labels), *figures(row)]
            for row in table.to_dict("records")
        ]
        parts += [f"### {title}", markdown(rows, [*labels, "right", "95% interval", "cases", "articles"])]
    parts += ["## The models", CARDS]
    return "\n\n".join(parts) + "\n"


def figures(row: dict) -> list[str]:
    is_known = pd.notna(row["low"])
    interval = f"{row['low']:.0%} to {row['high']:.0%}" if is_known else "too few articles"
    return [f"{row['share_right']:.0%}", interval, row["n_cases"], row["n_articles"]]


def picture() -> bytes:
    """Return the picture of the README (PNG)."""
    return find_chart(DOCS.parent, PICTURE)[1].image


CARDS = (
    "The models' cards have their training, measurement and limits: "
    "[attributions](../lib/onrecord/models/attributions.md), "
    "[types of names](../lib/onrecord/models/name_types.md), "
    "[kinds of quoted spans](../lib/onrecord/models/quoted_spans.md), "
    "[references](../lib/onrecord/models/references.md), "
    "[tone toward a target](../lib/onrecord/models/target_tone.md). "
    "[measured.md](measured.md) has the accuracy on real articles, beside people and other systems."
)
PAGES = {"tables.md": tables_page, "functions.md": functions_page, "accuracy.md": accuracy_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")
    (DOCS / "unnamed-by-outlet.png").write_bytes(picture())
