"""The page of one article as a display that can be saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from onrecord.analysis import analyse
from onrecord.evaluation.corrections import apply_codings_of
from onrecord.notebook.shown import Shown
from onrecord.one_article.given import NotOne, read_given
from onrecord.one_article.page import html_of, parts_of, plain_of, sentence_html
from onrecord.readers.corpus import ReadResult
from onrecord.text.characters import spelled
from onrecord.wordlists import Lists


@dataclass(frozen=True, repr=False)
class OneArticle(Shown):
    """Display of the page of one article: `save` writes it as a file to print."""

    page: str  # the whole HTML page

    def save(self, path: str | Path) -> Path:
        """Write the page as one HTML file; return its path. Missing folders are created.

        It contains no script and requests nothing from a network.
        """
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.page, encoding="utf-8")
        return path


def page_of(
    article: str | Path | pd.DataFrame | ReadResult,
    *,
    doc_id: str | None = None,
    outlet: str | None = None,
    lists: Lists | None = None,
    notes: tuple[str, ...] = (),
    files: Sequence[tuple[str, str]] = (),
    corrections: Path | None = None,
) -> OneArticle:
    """The page of what is given; a sentence where that is not one article.

    `notes` are sentences above the answers, `files` addresses and descriptions of files beside the page.
    `corrections` is a file of codings by hand, which replace the machine's readings.
    """
    try:
        given = read_given(article, doc_id=doc_id, outlet=outlet, lists=lists)
    except NotOne as error:
        words = str(error)
        return OneArticle(
            sentence_html(words, is_fragment=True), spelled(words), sentence_html(words, is_fragment=False)
        )
    analysis, _ = apply_codings_of(analyse(given.documents, lists=lists), corrections)
    parts = parts_of(analysis, lists=lists, notes=(*notes, *given.notes), files=files)
    return OneArticle(html_of(parts, is_fragment=True), plain_of(parts), html_of(parts, is_fragment=False))
