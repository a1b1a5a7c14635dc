"""The sources of the site: pages of the repository in the same folders, with pages that are computed."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

from front import front_images, front_page
from function_pages import function_pages
from index_pages import index_pages, title_of
from notebook_pages import notebook_pages, question_of

# Pages that are copied. Files of the user are not among them. The start page replaces README.md, and
# function_pages splits docs/functions.md.
PATTERNS = (
    "docs/*.md",
    "docs/howto/*.md",
    *(f"data/{name}/README.md" for name in ("articles", "benchmarks", "lexicons", "sample", "sample/mixed")),
    "lib/onrecord/**/*.md",
    *(f"{name}.md" for name in ("CHANGELOG", "CODE_OF_CONDUCT", "CONTRIBUTING", "SECURITY")),
)
LEFT_OUT = ("README.md", "docs/functions.md", "docs/accuracy-head.md", "docs/licences-head.md")
DESCRIPTIONS = "descriptions.js"
MOVED = {".binder/README.md": "docs/binder.md"}  # a site has no hidden folders
_LINK = re.compile(r"(\[[^]\n]*\]\(|\]\()([^)\s]+)(\))")
_IMAGE = re.compile(r'<img [^>]*?src="([^"]+)"')


def stage(root: Path, out: Path) -> None:
    """Write all sources of the site to the folder `out`, which is emptied first."""
    shutil.rmtree(out, ignore_errors=True)
    pages = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in documents(root)}
    pages |= {to: (root / name).read_text(encoding="utf-8") for name, to in MOVED.items()}
    pages |= notebook_pages(root) | function_pages(root) | front_page(root)
    pages |= index_pages(root, pages)
    for name, text in pages.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        linked = text if name.endswith(".ipynb") else with_links(text, root, out, name, pages)
        path.write_text(linked, encoding="utf-8", newline="\n")
    described = {name.rpartition(".")[0]: description_of(name, text) for name, text in pages.items()}
    script = f"const DESCRIPTIONS = {json.dumps(described, ensure_ascii=False)};\n"
    (out / DESCRIPTIONS).write_text(script, encoding="utf-8")
    for name, data in front_images(root).items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def description_of(name: str, text: str) -> str:
    """The first words of a page below its title, for the results of a search."""
    if name.endswith(".ipynb"):
        return question_of(json.loads(text))
    text = re.sub(r"^[`:]{3,}.*$|^:module:.*$", "", re.sub(r"(?s)\A---\n.*?\n---\n", "", text), flags=re.M)
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text)]
    prose = (block for block in blocks if block and not re.match(r"[#|!<>\-`]| {4}", block))
    words = re.sub(r"\[([^]]+)\]\([^)]+\)|[*`\\]", r"\1", next(prose, ""))
    sentences = re.split(r"(?<=[.?:])\s", " ".join(words.split()))
    return " ".join(sentence for sentence in sentences[:2] if not sentence.endswith(":"))


def documents(root: Path) -> list[Path]:
    """Pages of the repository that are shown as they are."""
    found = {path for pattern in PATTERNS for path in root.glob(pattern)}
    return sorted(found - {root / name for name in LEFT_OUT})


def with_links(text: str, root: Path, out: Path, name: str, pages: dict[str, str]) -> str:
    """Return a page whose links lead to pages of the site, and copy the other files that it names.

    Links that show the name of a file show the title of its page. Blocks of code have no links.
    """
    folder = (root / name).parent

    def target_of(match: re.Match[str]) -> str:
        target = match[2]
        if re.match(r"https?://|#|mailto:", target):
            return match[0]
        place, _, anchor = unquote(target).partition("#")
        found = os.path.relpath(os.path.normpath(folder / place), root)
        found, anchor = page_of(found.replace(os.sep, "/"), anchor, root)
        if found not in pages and (root / found).is_file():
            copy(root / found, out / found)
        title = title_of(pages.get(found, ""))
        start = f"[{title}](" if title and re.fullmatch(r"\[[\w./-]+\.md\]\(", match[1]) else match[1]
        back = os.path.relpath(found, os.path.dirname(name) or ".").replace(os.sep, "/")
        return f"{start}{back}{'#' * bool(anchor)}{anchor}{match[3]}"

    for match in _IMAGE.finditer(text):
        found = os.path.relpath(os.path.normpath(folder / match[1]), root)
        copy(root / found, out / found)
    parts = re.split(r"(^`{3,}.*?^`{3,}$)", text, flags=re.M | re.S)
    return "".join(part if part.startswith("```") else _LINK.sub(target_of, part) for part in parts)


def page_of(found: str, anchor: str, root: Path) -> tuple[str, str]:
    """Return the page of the site, and the place on it, for a file of the repository."""
    if found in MOVED:
        return MOVED[found], anchor
    if found in ("README.md", "."):
        return "index.md", ""
    if found == "docs/functions.md":
        return (f"docs/functions/{anchor}.md" if anchor else "docs/functions/index.md"), ""
    if (root / found / "README.md").is_file():
        return f"{found}/README.md", anchor
    return found, anchor


def copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)
