"""Web pages saved from a browser: the article without the page around it.

trafilatura finds the article; what follows mends what it is known to miss or to keep: paragraphs of
the article's second half, an initial set large, galleries, pull quotes, and the headline once more.
"""

from __future__ import annotations

import json
import re
from collections import Counter

from onrecord.readers import factiva, nexis, proquest
from onrecord.readers.lines import html_lines
from onrecord.readers.reading import RawArticle, Reading, Unreadable

MAX_HTML = 20_000_000  # a page above this holds data, not an article

# Parts of a page that are no article, by a whole word of their class or id.
_ASIDE = re.compile(
    r"(?<![^\s_-])(?:galler(?:y|ies)|slideshow|newsletters?|sign-?up|related|recirc\w*|recommend\w*|promo|most-?read"
    r"|social|sharing|advert\w*|paywall|comments?|factbox|cookie\w*)(?![^\s_-])",
    re.IGNORECASE,
)
_PULL_QUOTE = re.compile(r"pull-?(?:quote|left|right|center)", re.IGNORECASE)
_ALL_QUOTED = re.compile(r"[“\"‘'][^“”\"]+[”\"’']")


def read_html(page: str) -> tuple[str, Reading]:
    """Return (format, the articles) of a page: a database's export, or the one article of a site."""
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
    return "html", Reading([read_page(page)], 1)


def read_page(page: str) -> RawArticle:
    """Return the article of a site's page; its text is None where none is found."""
    import trafilatura
    from lxml import etree

    tree = trafilatura.load_html(page)
    if tree is None:
        return RawArticle(None)
    stated = _stated_body(tree)
    head = trafilatura.extract_metadata(tree)
    _prune(tree)
    _join_initials(tree)
    shown = [
        (f"{p.getparent().tag} {p.getparent().get('class', '')}", " ".join("".join(p.itertext()).split()))
        for p in tree.iter("p")
        if p.getparent() is not None
    ]
    found = trafilatura.bare_extraction(
        etree.tostring(tree, encoding="unicode", method="html"),
        include_comments=False,
        include_tables=False,
    )
    extracted = (found.text if found is not None else None) or ""
    paragraphs = [line for line in extracted.split("\n") if line.strip()]
    paragraphs = without_repeats(_with_lost(paragraphs, shown))
    above = {_letters(part) for part in (head.title, head.description, *_headings(tree)) if part}
    while len(paragraphs) > 1 and _letters(paragraphs[0]) in above:
        paragraphs.pop(0)
    text = "\n\n".join(paragraphs) or None
    if stated and len(stated.split()) > 1.5 * len((text or "").split()):
        text = stated
    return RawArticle(
        text,
        outlet=re.sub(r"^https?://(?:www\.)?|/$", "", head.sitename or "") or None,
        published=head.date,
        byline=_byline(head.author),
        headline=head.title,
        standfirst=head.description,
        url=head.url,
    )


def _byline(author: str | None) -> str | None:
    author = re.sub(r"^(?:view )?all posts by\s+", "", author or "", flags=re.IGNORECASE)
    return None if not author or author.endswith(" says") else author  # "… says": a reader's comment


def page_text(page: str) -> str | None:
    """Return the text of a page that is no article of a site, such as a newsletter."""
    return read_page(page).text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _headings(tree) -> list[str]:
    return ["".join(heading.itertext()) for heading in tree.iter("h1")]


def _prune(tree) -> None:
    """Take galleries, sign-up boxes, repeated pull quotes and the like out of a page; never most of it."""
    total = sum(len("".join(p.itertext())) for p in tree.iter("p"))
    for element in list(
        tree.iter("div", "section", "aside", "ul", "p", "blockquote", "amp-lightbox", "figure")
    ):
        names = f"{element.get('class', '')} {element.get('id', '')} {element.get('data-shortcode-type', '')}"
        if element.getparent() is None:
            continue
        own = sum(len("".join(p.itertext())) for p in element.iter("p"))
        is_aside = own < 0.2 * total and _ASIDE.search(names)
        if is_aside or (_PULL_QUOTE.search(names) and _is_repeated(element, tree)):
            element.drop_tree()


def _is_repeated(element, tree) -> bool:
    """Return whether most of an element's words stand in paragraphs outside it too."""
    inside = set(element.iter())
    outside = ("".join(p.itertext()) for p in tree.iter("p") if p not in inside)
    elsewhere = {gram for paragraph in outside for gram in _trigrams(paragraph)}
    own = _trigrams("".join(element.itertext()))
    return bool(own) and len(own & elsewhere) >= 0.6 * len(own)


def _join_initials(tree) -> None:
    """Put an initial that is set large, before its paragraph, back into it."""
    for paragraph in list(tree.iter("p")):
        before = paragraph.getprevious()
        if before is not None and isinstance(before.tag, str):
            initial = "".join(before.itertext()).strip()
            rest = "".join(paragraph.itertext()).lstrip()
            if len(initial) == 1 and initial.isupper() and rest[:1].islower():
                paragraph.text = initial + (paragraph.text or "").lstrip()
                before.drop_tree()


def _with_lost(paragraphs: list[str], shown: list[tuple[str, str]]) -> list[str]:
    """Return paragraphs with those put back that the page shows in the same container as the others.

    `shown` is each paragraph of the page with its parent's tag and class.
    """
    place = {_letters(paragraph): i for i, paragraph in enumerate(paragraphs)}
    found: list[int | None] = []
    for _, text in shown:
        letters = _letters(text)
        at = place.get(letters)
        if at is None and letters and letters[1:] in place:  # an initial set large, and lost
            at = place[letters[1:]]
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
    known = "".join(map(_letters, paragraphs))
    for (parent, text), at in zip(shown, found, strict=True):
        if at is not None:
            last = at
        elif parent == main and last is not None and len(text) > 40 and _letters(text) not in known:
            lost.setdefault(last, []).append(text)
    return [one for i, paragraph in enumerate(paragraphs) for one in (paragraph, *lost.get(i, []))]


def without_repeats(paragraphs: list[str]) -> list[str]:
    """Return paragraphs without those that stand there twice, and without pull quotes.

    A pull quote is a paragraph wholly within quotation marks whose words stand, nearly all in the
    same order, in the other paragraphs too.
    """
    once: dict[str, str] = {}
    for i, paragraph in enumerate(paragraphs):
        long = len(paragraph.split()) >= 8  # short lines, such as "Yes.", may well return
        once.setdefault(_letters(paragraph) if long else str(i), paragraph)
    grams = {paragraph: _trigrams(paragraph) for paragraph in once.values()}
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


def _trigrams(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def _stated_body(tree) -> str | None:
    """Return the text that a page states in its metadata for programs (JSON-LD), if it holds one."""
    bodies: list[str] = []

    def walk(node) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("articleBody"), str):
                bodies.append(node["articleBody"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            walk(json.loads(script.text or ""))
        except ValueError:
            continue
    # Several bodies are a live blog's entries, or other articles.
    return bodies[0].strip() or None if len(bodies) == 1 else None
