"""The tree of a web page, whole: with pictures within it, or nested deeply.

The parser stops, without an error, at texts of 10 MB and at 256 levels, and takes time that grows with
the square of a tag's attributes. What it would stumble over is taken out first, and is said.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.readers.reading import Element

_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]{0,100},[^\"'\s()<>]{1000,}")  # a picture within the page
_LONG_TAG = re.compile(r"<(\w{1,40})\s[^<>]{20000,}>")
_MOST_LEVELS = 200  # a page of an article has about 30


class Page(NamedTuple):
    """The tree of a page, None where it has none, and notes on what was taken out."""

    tree: Element | None
    notes: tuple[str, ...]


def read_tree(page: str) -> Page:
    """The tree of a page, whole."""
    import trafilatura
    from trafilatura.utils import HTML_PARSER

    notes = []
    page, n_tags = _LONG_TAG.subn(r"<\1>", _DATA_ADDRESS.sub("data:,", page))
    if n_tags:
        notes.append(f"{n_tags} tags with more than 20,000 characters of attributes read without them")
    tree = trafilatura.load_html(page)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in HTML_PARSER.error_log):
        tree = _whole_tree(page)
        if n_taken := _flatten(tree):
            notes.append(f"{n_taken} elements nested more than {_MOST_LEVELS} deep read without their tags")
    return Page(tree, tuple(notes))


def _whole_tree(page: str) -> Element:
    """The tree of a page by a parser without limits of depth and length."""
    from lxml import html

    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    return html.document_fromstring(page, parser=parser)


def _flatten(tree: Element) -> int:
    """Take the tags off elements that are nested too deep, and return how many.

    Their texts stay."""
    deep: list[Element] = []
    waiting = [(tree, 1)]
    while waiting:
        element, level = waiting.pop()
        if level > _MOST_LEVELS and element.tag != "p":
            deep.append(element)
        waiting.extend((child, level + 1) for child in element if isinstance(child.tag, str))
    for element in reversed(deep):  # the inner ones first: each text is moved one level at a time
        element.drop_tag()
    return len(deep)
