"""The page of one article in a notebook, or a field to paste a text into."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from onrecord.notebook.shown import Shown
from onrecord.one_article.display import page_of
from onrecord.one_article.form import paste_form
from onrecord.readers.corpus import ReadResult
from onrecord.wordlists import Lists


def show_one_article(
    article: str | Path | pd.DataFrame | ReadResult | None = None,
    *,
    doc_id: str | None = None,
    outlet: str | None = None,
    lists: Lists | None = None,
) -> Shown | widgets.VBox:
    """Page that answers what one article rests on, with each sentence and rule.

    One row of its tables per source, relay, disclosure, sector, signal or passage without a source: who is
    quoted, who stays unnamed with which marker and reason, through whom the words came, who did not answer,
    which sector each source is from, where the article's own voice takes sides, what cannot be traced. Each
    row links to its passages in the text below and to the rule in words.

    `article` is a text, the path of a file, or what read_corpus or read_documents returns; None gives a field
    to paste a text into. Of several articles `doc_id` names one. `outlet` is the article's own outlet, where
    the file does not name it: words spoken to the own outlet are not relayed. `lists` are word lists from
    load_lists. Statements of probability .5 and above count.

    The display has a method save(path), which writes the page as one HTML file to print. What is not one
    article with a text in English is a sentence in place of the page.

    Source: the rules of docs/codebook.md.

    >>> text = "“The weir is safe,” a ministry official, who asked not to be named, told the Halm Post."
    >>> page = onrecord.show_one_article(text, outlet="Weir Herald")
    >>> print(page.plain.splitlines()[1])
    This does not look like an article, but like this: very short text. Check the text below.
    >>> page.save("page.html").name
    'page.html'
    """
    if article is None:
        return paste_form(lambda text, own: page_of(text, outlet=own, lists=lists))
    return page_of(article, doc_id=doc_id, outlet=outlet, lists=lists)
