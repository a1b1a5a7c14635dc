"""Parts of a page that are not its article.

Link boxes, captions, galleries, sign-up boxes, pull quotes.
"""

from __future__ import annotations

import re
from collections import Counter

from onrecord.readers.reading import Element

# By a whole word of their class or id.
_ASIDE = re.compile(
    r"(?<![^\s_-])(?:galler(?:y|ies)|slideshow|newsletters?|sign-?up|related|recirc\w*|recommend\w*|promo\w*|most-?read"
    r"|social|sharing|share-?(?:bar|tools|buttons?)|advert\w*|paywall|comments?|factbox|cookie\w*|read-?more|more-?on"
    r"|also-?read|see-?also|inline-?links?|link-?box|appeal|donat\w*|subscri(?:be|ption)\w*|trending|taboola|outbrain"
    r"|captions?|photo-?credit|image-?credit|media-?credit|breadcrumbs?|author-?bio|off-?screen|visually-?hidden"
    r"|lightbox|modal|pop-?up|bookmark\w*|sr-?only|screen-?reader\w*)(?![^\s_-])",
    re.IGNORECASE,
)
_PULL_QUOTE = re.compile(r"pull-?(?:quote|left|right|center)", re.IGNORECASE)
DECK = re.compile(
    r"(?<![^\s_-])(?:standfirst|deck|dek|sub-?titles?|sub-?head(?:line|ing)?s?|sub-?hed|strap-?line|teaser|excerpt|kicker"
    r"|tag-?line|description|abstract|summary)(?![^\s_-])",
    re.IGNORECASE,
)
_ELEMENTS = (
    "div",
    "section",
    "aside",
    "ul",
    "p",
    "blockquote",
    "amp-lightbox",
    "figure",
    "figcaption",
    "span",
    "small",
)
_LINK_WORDS = re.compile(
    r"\W*(?:read (?:more|also|next|this)|see also|also read|related|more|watch|listen|don[’']t miss"
    r"|recommended"
    r"|in pictures|analysis|explainer|opinion)\b\W*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:,;][”’\"')\]]*$")


def names_of(element: Element) -> str:
    """The words by which a page marks an element: class, id and kind."""
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('data-shortcode-type', '')}"


def prune(tree: Element) -> None:
    """Take what is not the article out of a page.

    Boxes, captions, repeated pull quotes; never most of it.
    """
    counts: Counter[tuple[str, ...]] | None = None  # counted where a page has pull quotes
    total = sum(len("".join(p.itertext())) for p in tree.iter("p"))
    for element in list(tree.iter(*_ELEMENTS)):
        if element.getparent() is None:
            continue
        names = names_of(element)
        if not names.strip() and element.tag not in ("figcaption", "p", "ul"):
            continue
        own = sum(len("".join(p.itertext())) for p in element.iter("p"))
        if counts is None and _PULL_QUOTE.search(names):
            counts = _trigram_counts(tree)
        is_aside = own < 0.2 * total and (element.tag == "figcaption" or _ASIDE.search(names))
        if (
            is_aside
            or (counts is not None and _PULL_QUOTE.search(names) and _is_repeated(element, counts))
            or (element.tag in ("p", "ul") and _is_link_box(element))
        ):
            if counts is not None:
                counts.subtract(_trigram_counts(element))
            element.drop_tree()


def _is_link_box(element: Element) -> bool:
    """Whether a paragraph or list is nothing but links to other pages.

    Their headlines, not a sentence.
    """
    links = [link for link in element.iter("a") if link.get("href")]
    if not links:
        return False
    text = " ".join("".join(element.itertext()).split())
    linked = sum(len(" ".join("".join(link.itertext()).split())) for link in links)
    if element.tag == "ul":
        items = element.findall("li")
        return (
            len(items) > 1
            and linked > 0.9 * len(text)
            and not any(_SENTENCE_END.search("".join(item.itertext()).strip()) for item in items)
        )
    marked = _LINK_WORDS.match(text)
    rest = len(text) - (len(marked[0]) if marked else 0)
    if marked and len(marked[0]) < len(text) and linked >= 0.8 * rest > 0:
        return len(text) < 300
    return 3 < len(text.split()) < 40 and linked >= 0.95 * len(text) and not _SENTENCE_END.search(text)


def _is_repeated(element: Element, counts: Counter[tuple[str, ...]]) -> bool:
    """Whether most of an element's words are in paragraphs outside it too.

    `counts` says in how many paragraphs of the page three words are.
    """
    inside = _trigram_counts(element)
    own = trigrams("".join(element.itertext()))
    return bool(own) and sum(counts[gram] > inside[gram] for gram in own) >= 0.6 * len(own)


def _trigram_counts(element: Element) -> Counter[tuple[str, ...]]:
    """In how many paragraphs within an element each three words are."""
    return Counter(gram for p in element.iter("p") for gram in trigrams("".join(p.itertext())))


def trigrams(text: str) -> set[tuple[str, ...]]:
    """Each three words of `text` that follow each other."""
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def join_initials(tree: Element) -> None:
    """Put an initial that is set large, before its paragraph, back into it."""
    for paragraph in list(tree.iter("p")):
        before = paragraph.getprevious()
        if before is not None and isinstance(before.tag, str):
            initial = "".join(before.itertext()).strip()
            rest = "".join(paragraph.itertext()).lstrip()
            if len(initial) == 1 and initial.isupper() and rest[:1].islower():
                paragraph.text = initial + (paragraph.text or "").lstrip()
                before.drop_tree()
