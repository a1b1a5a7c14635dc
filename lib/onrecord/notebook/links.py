"""Where a passage is from: outlet, day, headline, and a link to the article."""

from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd

from onrecord.notebook.settings import REPORT_FOLDER, load_settings
from onrecord.text.characters import clean, spelled

ORIGIN = ("outlet", "published", "headline", "url", "path")  # columns of documents that say where it is from
_LONGEST = 120  # characters of a headline in a line


def page_folder() -> Path:
    """Folder of the page that is drawn: that of the report, else that of the notebook."""
    prepared = os.environ.get(REPORT_FOLDER)
    return Path(prepared).parent if prepared else Path.cwd()


def origin_html(about: Mapping[Any, Any]) -> str:
    """The line that says where a passage is from.

    The headline is a link where the article has an address. `about` has the columns of ORIGIN and doc_id,
    as far as they are known. Everything is escaped.
    """
    facts = [escape(spelled(about["outlet"]))] if _is_known(about.get("outlet")) else []
    if day := day_of(about.get("published")):
        facts.append(day)
    title = headline_of(about)
    if title:
        address = address_of(about.get("url"), about.get("path"))
        facts.append(_linked(title, address) if address else f"“{escape(title)}”")
    return " · ".join(facts)


def origin_text(about: Mapping[Any, Any]) -> str:
    """The line of origin_html as text, with the address in place of a link."""
    facts = [spelled(about["outlet"])] if _is_known(about.get("outlet")) else []
    facts += [day] if (day := day_of(about.get("published"))) else []
    facts += [f"“{title}”"] if (title := headline_of(about)) else []
    url = about.get("url")
    return " · ".join([*facts, *([str(url)] if _is_web(url) else [])])


def headline_of(about: Mapping[Any, Any]) -> str:
    """The headline, else the doc_id, shortened; "" where neither is known."""
    for name in ("headline", "doc_id"):
        if _is_known(about.get(name)):
            words = " ".join(spelled(about[name]).split())
            return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
    return ""


def day_of(published: object) -> str:
    """A day in words, "14 January 2026", or "" where it is not known."""
    if not _is_known(published):
        return ""
    day = pd.Timestamp(published)  # type: ignore[arg-type]
    return f"{day.day} {day:%B %Y}"


def address_of(url: object, path: object) -> str | None:
    """The address of an article, None where it has none.

    That is its web address, else the file that it was read from, relative to the page. Other schemes than
    http and https are left out, so that an article cannot bring in a script.
    """
    if _is_web(url):
        return str(url).strip()
    if not _is_known(path):
        return None
    wanted = PurePosixPath(str(path))
    if wanted.is_absolute() or ".." in wanted.parts:
        return None
    for folder in _folders():
        # The article of an archive is in the archive.
        for part in (wanted, *wanted.parents):
            file = folder / part
            if os.path.isfile(file):  # False, too, for what cannot be a name of a file
                try:
                    near = os.path.relpath(file, page_folder())
                except ValueError:  # another drive
                    return None
                return quote(Path(near).as_posix())
    return None


def _is_web(url: object) -> bool:
    if not isinstance(url, str) or clean(url) != url or any(sign.isspace() for sign in url.strip()):
        return False
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _linked(words: str, address: str) -> str:
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def _is_known(value: object) -> bool:
    return value is not None and not pd.isna(value) and bool(str(value).strip())  # type: ignore[call-overload]


_KNOWN_FOLDERS: dict[tuple[str, str | None], tuple[Path, ...]] = {}


def _folders() -> tuple[Path, ...]:
    """Return the folders of articles that the settings name.

    The settings are read once per folder of notebooks.
    """
    key = (str(Path.cwd()), os.environ.get(REPORT_FOLDER))
    if key not in _KNOWN_FOLDERS:
        try:
            articles = load_settings().articles
        except (OSError, ValueError):
            articles = ()
        _KNOWN_FOLDERS[key] = tuple(one if one.is_dir() else one.parent for one in articles)
    return _KNOWN_FOLDERS[key]
