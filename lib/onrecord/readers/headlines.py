"""The headline that a page prints, and the name of its site.

The name of the site is not a part of the headline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from onrecord.readers.outlets import host_of, registered_domain
from onrecord.readers.reading import Element

# What parts a headline from the name of the site in a page's title.
_SEPARATOR = re.compile(r"\s+(?:[|•·»«~]|::?|—|–|-{1,3})\s+|\s*\|\s*|:\s+")
_TOP_LEVEL = re.compile(r"\.(?:com|org|net|example|info|news|co|tv|io|me|(?:co|com|org)\.[a-z]{2}|[a-z]{2})$")
_LONGEST = 1000  # characters of a title; a longer one is left as it is
_MOST_EXTRA = 2  # words beside the site's own in "Herald Politics"
_LINKING_WORDS = frozenset(["the", "a", "of", "and", "online", "www", "com", "&"])


def page_headline(tree: Element, title: str | None, sites: list[str]) -> str | None:
    """The headline of a page, without the name of its site.

    It is the printed one (h1), else the `title` of its metadata.

    `tree` is the page, `sites` what it says the site is called.
    """
    title = without_site(title, sites)
    headings = [without_site(heading, sites) for heading in _printed(tree) if not names_site(heading, sites)]
    printed = [heading for heading in headings if heading and len(heading.split()) > 1]
    if not printed:
        return title
    if title is None:
        return printed[0]
    wanted = letters(title)
    for heading in printed:
        if wanted and wanted in letters(heading):  # with the name of a section before it
            return title if len(letters(heading)) > len(wanted) else heading
    for heading in printed:
        if letters(heading) in wanted and len(heading.split()) > 2:
            return heading
    # A title written for search or sharing: the printed one wins where there is no doubt which it is.
    return printed[0] if len(printed) == 1 and len(printed[0].split()) > 2 else title


def _printed(tree: Element) -> Iterator[str]:
    for heading in tree.iter("h1"):
        if any(parent.tag in ("nav", "footer", "aside") for parent in heading.iterancestors()):
            continue
        text = " ".join(" ".join(heading.itertext()).split())
        if text:
            yield text


def letters(text: str) -> str:
    """The letters and digits of `text` alone, in lower case.

    What two copies of a line have in common.
    """
    return re.sub(r"[\W_]+", "", text).casefold()


def without_site(title: str | None, sites: list[str]) -> str | None:
    """`title` without the parts at its end or beginning that are the name of the site."""
    title = " ".join((title or "").split())
    if not title:
        return None
    while len(title) < _LONGEST:
        marks = [(match.start(), match.end(), match[0].strip()) for match in _SEPARATOR.finditer(title)]
        dashes = [mark for mark in marks if mark[0] > 0 and (":" not in mark[2] or "::" in mark[2])]
        ends = [*(mark[0] for mark in dashes[1:]), len(title)][: len(dashes)]
        named = next(
            (
                mark
                for mark, end in zip(dashes, ends, strict=True)
                if names_site(title[mark[1] : end], sites, section=end == len(title))
            ),
            None,
        )
        if named is not None:
            title = _without_section(title[: named[0]].rstrip(), named[2])
            continue
        if marks and marks[0][0] > 0 and names_site(title[: marks[0][0]], sites):
            title = title[marks[0][1] :].lstrip()
            continue
        break
    return title


def _without_section(title: str, mark: str) -> str:
    """A title without the section behind it ("… | World news").

    The section was between the title and the name of the site.
    """
    parts = re.split(rf"\s+{re.escape(mark)}\s+", title)
    while len(parts) > 1 and len(parts[-1].split()) <= _MOST_EXTRA and len(parts[0].split()) > _MOST_EXTRA:
        parts.pop()
    return f" {mark} ".join(parts)


def names_site(part: str, sites: list[str], *, section: bool = False) -> bool:
    """Whether a part of a title is the name of the site.

    With `section`, also that of one of its sections.
    """
    own = _words(part)
    if not own:
        return False
    joined = "".join(own)
    for site in sites:
        words = _words(site)
        whole = "".join(words)
        if not words:
            continue
        if joined == whole or joined == letters(site):
            return True
        initials = "".join(word[0] for word in re.findall(r"\w+", site.lower()))
        if len(joined) >= 3 and part.isupper() and joined in (initials, "".join(word[0] for word in words)):
            return True
        if section and set(words) <= set(own) and len(own) <= len(words) + _MOST_EXTRA:
            return True
        if len(own) < len(words) and own == words[: len(own)] and len(joined) > 3:
            return True
    return False


def _words(name: str) -> list[str]:
    name = _TOP_LEVEL.sub(
        "", name.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    )
    return [word for word in re.findall(r"\w+", name.removeprefix("www.")) if word not in _LINKING_WORDS]


def site_names(tree: Element, url: str | None, more: Iterable[str | None] = ()) -> list[str]:
    """What a page says its site is called, the surest first.

    In its metadata, and by its address.
    """
    names = [
        *tree.xpath("//meta[@property='og:site_name' or @name='og:site_name']/@content"),
        *tree.xpath("//meta[@name='application-name' or @name='apple-mobile-web-app-title']/@content"),
        *_publishers(tree),
        *(name for name in more if name),
    ]
    if host := host_of(url or ""):
        domain = registered_domain(host.lower())
        names += [domain, domain.split(".")[0]]
    names = [" ".join(str(name).split()) for name in names]
    return [name for name in dict.fromkeys(names) if name and len(name) < 80]


def _publishers(tree: Element) -> Iterator[str]:
    for node in linked_data(tree):
        publisher = node.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                yield one["name"]


def linked_data(tree: Element) -> Iterator[dict]:
    """The objects that a page states for programs (JSON-LD), those within others too."""

    def walk(node: object) -> Iterator[dict]:
        if isinstance(node, dict):
            yield node
            for value in node.values():
                yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            yield from walk(json.loads(script.text or ""))
        except (ValueError, RecursionError):
            continue


def _bare(name: str) -> str:
    return letters(_TOP_LEVEL.sub("", name.strip())).removeprefix("the")


def page_outlet(tree: Element, sitename: str | None, title: str | None) -> str | None:
    """What a page calls its site.

    As it writes it in its metadata or title, not as an account is called.
    """
    application = tree.xpath("//meta[@name='application-name']/@content")
    named = tree.xpath("//meta[@property='og:site_name' or @name='og:site_name']/@content")
    publishers = list(dict.fromkeys(_publishers(tree)))
    accounts = {
        letters(one)
        for one in tree.xpath("//meta[@name='twitter:site' or @property='twitter:site']/@content")
    }
    name = next((one.strip() for one in named if one.strip()), None)
    if name is None and len(publishers) == 1:
        name = publishers[0].strip()
    if name is None:  # "Nature", never "bostonherald"
        name = next((one.strip() for one in application if one.strip()[:1].isupper()), None)
    name = name or sitename
    if not name:
        return None
    name = re.sub(r"^https?://(?:www\.)?|/$", "", name)
    parts = _SEPARATOR.split(" ".join((title or "").split()))
    spaced = next((part for part in parts if _bare(part) == _bare(name)), None)
    if spaced and " " in spaced and " " not in name:
        return spaced
    if name is sitename and letters(name) in accounts and not named and not publishers and spaced is None:
        return None  # the name of an account
    return name or None
