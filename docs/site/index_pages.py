"""Pages that list others: the notebooks, the how-tos, the reference, the accuracy, and the project."""

from __future__ import annotations

import re
from pathlib import Path

from notebook_pages import charts_of, question_of, read_notebooks
from notebook_pages import title_of as name_of

# How-tos by their use. Others follow in the order of their titles.
HOWTOS = {
    "Read and count": (
        "one-article",
        "own-articles",
        "reading-an-export",
        "report",
        "which-share-to-quote",
        "comparing-outlets",
    ),
    "Rely on it": ("checking-by-hand", "how-good-on-my-articles"),
    "Go further": ("own-word-lists", "large-corpora", "extending"),
}
CARDS = {
    "attributions": "Attributions: who said what",
    "name_types": "Types of names",
    "quoted_spans": "Kinds of quoted spans",
    "references": "Whom a mention refers to",
    "target_tone": "Tone toward a target",
    "cue_counts": "How often a word is a cue",
}
STORY = "one-article-story"  # the how-to that leads from the beginning to the end
REFERENCE = {
    "codebook": "what is coded, and by which rule",
    "tables": "the meaning of each column",
    "../lib/onrecord/lexicons/README": "all word lists and their columns",
    "../data/sample/README": "the 48 invented articles and their annotation",
    "../data/sample/mixed/README": "files of many formats, for the readers",
    "../data/lexicons/README": "where your own word lists are",
    "../data/articles/README": "where your own articles are, and their formats",
}
TRUST = {
    "measured": "on real articles, beside people and other systems; what it cannot do",
    "accuracy": "on the annotated sample, by form, outlet and naming",
    "figures": "the command and the test of each figure",
    "../data/benchmarks/README": "the comparison with language models",
    "speed": "words per second, beside other tools",
}
PROJECT = {
    "cite": "how to cite the program, with the version and the word lists",
    "../CHANGELOG": "what has changed",
    "../CONTRIBUTING": "how to change it",
    "../CODE_OF_CONDUCT": "how we speak with each other",
    "binder": "the sample in a browser, without installing anything",
    "../SECURITY": "what is promised about your articles, with the test of each promise",
    "licences": "the licence of each installed package",
}


def index_pages(root: Path, pages: dict[str, str]) -> dict[str, str]:
    """Return the pages that list others, by their paths. `pages` has the pages that there are."""
    return {
        "notebooks/index.md": _notebooks(root),
        "docs/howto/index.md": _howtos(pages),
        "docs/reference.md": _listing("Reference", REFERENCE, pages),
        "docs/trust.md": _trust(pages),
        "docs/project.md": _project(pages),
    }


def _tree(names: list[str], *, title: str = "") -> str:
    caption = f":caption: {title}\n" if title else ""
    return f"```{{toctree}}\n:hidden:\n{caption}\n" + "\n".join(names) + "\n```"


def _notebooks(root: Path) -> str:
    books = read_notebooks(root)
    listed = _rows_of_readme(root)
    parts = [
        "# Notebooks",
        "Each notebook answers one question, from the articles to the charts. The pages show what each one "
        "gives for the invented sample. *Show code* opens the code of a cell. `make own` runs the notebooks "
        "on your own articles.",
    ]
    for stem, book in books.items():
        charts = charts_of(book)
        finding = next((chart.finding for chart in charts if chart.finding), "")
        question, reads, writes = listed.get(stem, (question_of(book), "articles", f"{len(charts)} charts"))
        parts.append(f"## [{stem[:2]} · {name_of(book)}]({stem}.ipynb)\n\n{question}")
        parts.append(f":::{{container}} facts\nReads {reads}. Writes {writes}.\n:::")
        if finding:
            parts.append(f"*In the sample:* {finding}.")
    return "\n\n".join([*parts, _tree(list(books))]) + "\n"


def _rows_of_readme(root: Path) -> dict[str, tuple[str, str, str]]:
    """Question, input and output of each notebook, from the table in the README."""
    text = (root / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\d\d-[\w-]+)\]\(\S+\) \| (.+?) \| (.+?) \| (.+?) \|$", text, re.M)
    return {stem: (question, reads, writes) for stem, question, reads, writes in rows}


def _howtos(pages: dict[str, str]) -> str:
    names = {Path(name).stem for name in pages if re.fullmatch(r"docs/howto/[^/]+\.md", name)}
    listed = {title: [name for name in stems if name in names] for title, stems in HOWTOS.items()}
    others = names - {name for stems in listed.values() for name in stems}
    listed["Further"] = sorted(others, key=lambda name: title_of(pages[f"docs/howto/{name}.md"]))
    parts = ["# How-tos"]
    if f"docs/{STORY}.md" in pages:
        parts += [f"[{title_of(pages[f'docs/{STORY}.md'])}](../{STORY}.md)", _tree([f"../{STORY}"])]
    for title, stems in listed.items():
        if stems:
            lines = [f"- [{title_of(pages[f'docs/howto/{name}.md'])}]({name}.md)" for name in stems]
            parts += [f"## {title}", "\n".join(lines), _tree(stems, title=title)]
    return "\n\n".join(parts) + "\n"


def _trust(pages: dict[str, str]) -> str:
    found = sorted(name for name in pages if re.fullmatch(r"lib/onrecord/models/\w+\.md", name))
    cards = {Path(name).stem: title_of(pages[name]) for name in found}
    cards = {name: CARDS.get(name, cards[name]) for name in [*CARDS, *cards] if name in cards}
    links = [f"- [{title}](../lib/onrecord/models/{name}.md)" for name, title in cards.items()]
    entries = [f"{title} <../lib/onrecord/models/{name}>" for name, title in cards.items()]
    tree = _tree(entries, title="Models")
    page = _listing("Accuracy", TRUST, pages)
    return "\n\n".join([page, "## The models' cards", "\n".join(links), tree]) + "\n"


def _project(pages: dict[str, str]) -> str:
    """The project's own pages, and those of docs that no other list has."""
    listed = {"start", "gallery", *REFERENCE, *TRUST, *PROJECT, *(f"howto/{name}" for name in _stems())}
    names = [name[len("docs/") : -len(".md")] for name in pages if re.fullmatch(r"docs/[^/]+\.md", name)]
    others = {name: "" for name in sorted(names) if name not in listed and name != STORY}
    return _listing("Project", PROJECT | others, pages)


def _stems() -> list[str]:
    return [name for stems in HOWTOS.values() for name in stems]


def _known(name: str, pages: dict[str, str]) -> bool:
    return f"docs/{name}.md" in pages or f"{name.removeprefix('../')}.md" in pages


def _listing(title: str, rows: dict[str, str], pages: dict[str, str]) -> str:
    known = {name: about for name, about in rows.items() if _known(name, pages)}
    table = "\n".join(f"| [{_name(name, pages)}]({name}.md) | {about} |" for name, about in known.items())
    return "\n\n".join([f"# {title}", f"| | |\n|---|---|\n{table}", _tree(list(known))]) + "\n"


def _name(name: str, pages: dict[str, str]) -> str:
    return title_of(pages.get(f"docs/{name}.md") or pages[f"{name.removeprefix('../')}.md"])


def title_of(text: str) -> str:
    """The title of a page, empty where it has none."""
    found = re.search(r"^# (.+)$", text, re.M)
    return found[1] if found else ""
