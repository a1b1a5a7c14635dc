"""Web pages saved from a browser: the article without the page around it.

trafilatura finds the article. The rest mends what it is known to miss or to keep: a lede in the block
of the headline, paragraphs of the second half, an initial set large, link boxes, galleries, pull
quotes, and the headline once more.
"""

from __future__ import annotations

import re
from collections import Counter

from onrecord.readers import factiva, nexis, proquest
from onrecord.readers.bylines import persons_of
from onrecord.readers.headlines import (
    letters,
    linked_data,
    page_headline,
    page_outlet,
    site_names,
)
from onrecord.readers.lines import html_lines
from onrecord.readers.page_parts import DECK, join_initials, names_of, prune, trigrams
from onrecord.readers.page_tree import read_tree
from onrecord.readers.reading import Element, RawArticle, Reading, Unreadable

# A lede: a sentence of twelve words and more that ends as one.
_LEDE = re.compile(r"(?=.{60,900}$)[“\"‘'(]?\w(?:\S*\s+){11,}\S+[.!?][”\"’')]?$")
_ATTRIBUTES = re.compile(
    r"\b(?:said|told|according to|wrote|added|warned|confirmed|denied|on condition)\b|“", re.IGNORECASE
)
MAX_HTML = 20_000_000  # a page above this contains data, not an article

_ALL_QUOTED = re.compile(r"[“\"‘'][^“”\"]+[”\"’']")


def read_html(page: str) -> tuple[str, Reading]:
    """Format and articles of a page.

    A database's export, or the one article of a site.
    """
    if len(page) > MAX_HTML:
        size = f"{len(page) / 1e6:.0f} MB; pages up to {MAX_HTML / 1e6:.0f} MB are read"
        raise Unreadable(f"a page of {size}: save the article alone")
    if nexis.is_lexisnexis_html(page):
        return "lexisnexis-html", nexis.read_lexisnexis_html(page)
    if "ProQuest document" in page or "articleParagraph" in page or "Factiva" in page[:5000]:
        lines = html_lines(page)
        if proquest.is_proquest(lines):
            return "proquest-html", proquest.read_proquest(lines)
        if factiva.is_factiva(lines):
            return "factiva-html", factiva.read_factiva(lines)
    tree, notes = read_tree(page)
    return "html", Reading([article_of(tree)], 1, warnings=notes)


def article_of(tree: Element | None) -> RawArticle:
    """The article of a site's page by its tree; its text is None where none is found."""
    import trafilatura
    from lxml import etree

    if tree is None:
        return RawArticle(None)
    stated = _stated_body(tree)
    head = trafilatura.extract_metadata(tree)
    page_title = " ".join("".join(one.itertext()) for one in tree.iter("title"))
    outlet = page_outlet(tree, head.sitename, page_title)
    sites = site_names(tree, head.url, [outlet])
    headline = page_headline(tree, _title_of(tree, head.title, page_title), sites)
    prune(tree)
    join_initials(tree)
    shown = [
        (f"{p.getparent().tag} {p.getparent().get('class', '')}", _text_of(p))
        for p in tree.iter("p")
        if p.getparent() is not None
    ]
    found = trafilatura.bare_extraction(
        etree.tostring(tree, encoding="unicode", method="html"),
        include_comments=False,
        include_tables=False,
    )
    extracted = getattr(found, "text", None) or ""  # None where no article was found
    paragraphs = [line for line in extracted.split("\n") if line.strip()]
    paragraphs = without_repeats(_with_lost(paragraphs, shown))
    titles = {letters(part) for part in (head.title, headline, *map(_text_of, tree.iter("h1"))) if part}
    decks = {letters(part) for part in _decks(tree)}
    if head.description and _is_apart(tree, head.description) and not _is_lede(head.description):
        decks.add(letters(head.description))
    while len(paragraphs) > 1 and letters(paragraphs[0]) in titles | decks:
        paragraphs.pop(0)
    paragraphs = [*_lost_lede(tree, paragraphs, titles | decks), *paragraphs]
    text = "\n\n".join(paragraphs) or None
    if stated and len(stated.split()) > 1.5 * len((text or "").split()):
        text = stated
    return RawArticle(
        text,
        outlet=outlet,
        published=head.date,
        byline=persons_of(head.author),
        headline=headline,
        standfirst=head.description,
        url=head.url,
    )


def _title_of(tree: Element, found: str | None, whole: str) -> str | None:
    """The title of a page as it states it.

    It is whole, where a part of its title element was `found`.
    """
    stated = tree.xpath("//meta[@property='og:title' or @name='og:title']/@content")
    if found and not stated and letters(found) in letters(whole) and len(whole) < 300:
        return whole
    return found


def _text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _decks(tree: Element) -> list[str]:
    """The decks of a page: lines below the headline that are marked as such.

    Those that the page repeats in its text are not among them.

    A sentence among them that says who said something is the story's own: it is body.
    """
    found: list[str] = []
    elsewhere: Counter[str] = Counter()
    lengths: dict[object, int] = {}

    def length_of(element: Element) -> int:
        if element not in lengths:
            lengths[element] = len(_text_of(element))
        return lengths[element]

    for element in tree.iter("p", "h2", "h3", "h4", "div", "span"):
        if (
            element.tag in ("div", "span")
            and next(element.iter("p", "h2", "h3", "div"), element) is not element
        ):
            continue
        text = _text_of(element)
        if not 20 < len(text) < 1000:
            continue
        near = [element, *(parent for parent, _ in zip(element.iterancestors(), range(2), strict=False))]
        if any(DECK.search(names_of(one)) and length_of(one) < 2 * len(text) for one in near):
            found.append(text)
        elif element.tag == "p":
            elsewhere[letters(text)] += 1
    return [text for text in found if not elsewhere[letters(text)] and not _is_lede(text)]


def _lost_lede(tree: Element, paragraphs: list[str], known: set[str]) -> list[str]:
    """Sentences between the headline and the first paragraph that was found.

    A lede set in the block of the headline is body; what is marked as a deck is not, nor is a line that
    is not a sentence (a byline, a date).
    """
    if not paragraphs:
        return []
    first, whole = letters(paragraphs[0]), letters(" ".join(paragraphs))
    lost: list[str] = []
    has_headline = False
    for element in tree.iter("h1", "h2", "h3", "p", "div"):
        text = _text_of(element) if element.tag != "div" or not len(element) else ""
        key = letters(text)
        if not key:
            continue
        if key == first or (element.tag == "p" and first.startswith(key[:60]) and len(key) > 60):
            return lost if has_headline else []
        if element.tag == "h1" or key in known:
            has_headline = True
            lost.clear()
        elif (
            has_headline
            and len(lost) < 20
            and _LEDE.match(text)
            and key not in whole
            and not _in_aside(element)
        ):
            lost.append(text)
    return []


def _is_apart(tree: Element, description: str) -> bool:
    """Whether a page shows its description only apart from the text.

    As a heading, or in a box of its own.
    """
    key = letters(description)
    paragraphs = [(p, letters(_text_of(p))) for p in tree.iter("p")]
    parents = Counter(p.getparent() for p, text in paragraphs if len(text) > 40 and text != key)
    body = parents.most_common(1)[0][0] if parents else None
    return not any(text == key and p.getparent() is body for p, text in paragraphs)


def _is_lede(text: str) -> bool:
    return bool(_LEDE.match(text) and _ATTRIBUTES.search(text))


def _in_aside(element: Element) -> bool:
    return any(
        parent.tag in ("nav", "aside", "footer", "figure", "form", "li")
        or (DECK.search(names_of(parent)) and not _is_lede(_text_of(element)))
        for parent in (element, *element.iterancestors())
        if isinstance(parent.tag, str) and parent.tag not in ("html", "body")
    )


def page_text(page: str) -> str | None:
    """The text of a page that is not an article of a site, such as a newsletter."""
    return article_of(read_tree(page).tree).text


def _with_lost(paragraphs: list[str], shown: list[tuple[str, str]]) -> list[str]:
    """Paragraphs, with those put back that were lost.

    The page shows them in the same container as the others.

    `shown` is each paragraph of the page with its parent's tag and class.
    """
    place = {letters(paragraph): i for i, paragraph in enumerate(paragraphs)}
    found: list[int | None] = []
    for _, text in shown:
        key = letters(text)
        at = place.get(key)
        if at is None and key and key[1:] in place:  # an initial set large, and lost
            at = place[key[1:]]
            paragraphs[at] = text
        found.append(at)
    containers = Counter(parent for (parent, _), at in zip(shown, found, strict=True) if at is not None)
    sizes = Counter(parent for parent, text in shown if len(text) > 40)
    if not containers:
        return paragraphs
    main, n = containers.most_common(1)[0]
    if n < 3 or n < 0.4 * sizes[main] or not main.split(" ", 1)[1]:
        return paragraphs
    lost: dict[int, list[str]] = {}
    last = None
    known = "".join(map(letters, paragraphs))
    for (parent, text), at in zip(shown, found, strict=True):
        if at is not None:
            last = at
        elif parent == main and last is not None and len(text) > 40 and letters(text) not in known:
            lost.setdefault(last, []).append(text)
    return [one for i, paragraph in enumerate(paragraphs) for one in (paragraph, *lost.get(i, []))]


def without_repeats(paragraphs: list[str]) -> list[str]:
    """Paragraphs without those that are there twice, and without pull quotes.

    A pull quote is a paragraph wholly within quotation marks whose words are, nearly all in the
    same order, in the other paragraphs too.
    """
    once: dict[str, str] = {}
    for i, paragraph in enumerate(paragraphs):
        long = len(paragraph.split()) >= 8  # short lines, such as "Yes.", may well return
        once.setdefault(letters(paragraph) if long else str(i), paragraph)
    grams = {paragraph: trigrams(paragraph) for paragraph in once.values()}
    counts = Counter(gram for one in grams.values() for gram in one)

    def is_pulled(paragraph: str) -> bool:
        own = grams[paragraph]
        shared = sum(counts[gram] > 1 for gram in own)
        return (
            3 <= len(own) <= 80
            and shared >= 0.8 * len(own)
            and bool(_ALL_QUOTED.fullmatch(paragraph.strip()))
        )

    return [paragraph for paragraph in once.values() if not is_pulled(paragraph)]


def _stated_body(tree: Element) -> str | None:
    """The text that a page states for programs (JSON-LD), if it does."""
    bodies = [node["articleBody"] for node in linked_data(tree) if isinstance(node.get("articleBody"), str)]
    # Several bodies are a live blog's entries, or other articles.
    return bodies[0].strip() or None if len(bodies) == 1 else None
