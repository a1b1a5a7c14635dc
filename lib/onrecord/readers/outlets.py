"""One name per outlet.

What a file calls it, its web address, or the folder that the file is in.

The list of outlets (lexicons/outlets.csv, and a user's own) gives each its name and aliases. An
address that is not on it becomes its registered domain.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from onrecord.wordlists import Lists, load_lists, outlet_key

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z]{2,24}\.?(?::\d+)?", re.IGNORECASE)
# What databases write behind a name: "(London, England)", ", The", " - Online", "[Print edition]".
_EDITION = re.compile(
    r"\s*(?:\([^()]{2,40}\)|\[[^\[\]]{2,40}\]|[-–—,:]\s*(?:online|print|web|digital|international edition"
    r"|us edition"
    r"|uk edition|online edition|web edition|main edition|final edition))\s*$",
    re.IGNORECASE,
)
_ARTICLE_LAST = re.compile(r"(.+), (the)$", re.IGNORECASE)
_NAME_BEGINS = re.compile(r"(?:The|Le|La|El|Il|Der|Die|Das|De|Al)[ -](?=[A-Z])")
# "my exports", "March 2026": what is in a folder, or when, and not who published it.
_FOLDER = re.compile(r"(?:(?:my|new|all|old|the) )?(.+?)[\s_.-]*\d*", re.IGNORECASE)


def outlet_name(written: str | None, lists: Lists, host: str | None = None) -> str | None:
    """The one name of the outlet that a file calls `written`.

    By the list, else its domain, else as written.

    Where the article's `host` is that of another outlet, a name stays as it is written: several outlets
    are called "Observer".
    """
    if not written or not written.strip():
        return None
    written = written.strip()
    if own_host := host_of(written):
        return name_of_host(own_host, lists)
    listed = listed_name(written, lists)
    if listed is None or (host and name_of_host(host, lists) != listed):
        return written
    return listed


def listed_name(written: str, lists: Lists) -> str | None:
    """The name on the list of an outlet, else None.

    It may be written with its edition or city, or with its article last.
    """
    name = " ".join(written.split())
    for _ in range(3):
        if (found := lists.outlet(name)) and _is_same(name, found):
            return found
        if article_last := _ARTICLE_LAST.match(name):
            name = f"{article_last[2]} {article_last[1]}"
            continue
        shorter = _EDITION.sub("", name)
        if shorter == name:
            return None
        name = shorter
    return None


def _is_same(name: str, listed: str) -> bool:
    """Whether a name that is on the list as an alias is the outlet's own.

    In an article "the Times" and "The Mail on Sunday" mean a paper that the list gives another name;
    in a column of outlets they are papers of their own.
    """
    key, own = outlet_key(name), outlet_key(listed)
    if key == own or (name.isupper() and len(name) < 6):
        return True
    if "sunday" in key and "sunday" not in own:
        return False
    return (
        len(key.split()) > 1
        or "." in key
        or own.startswith(f"{key} ")
        or key.replace(" ", "") == own.replace(" ", "")
    )


def host_of(written: str) -> str | None:
    """The host of a web address or bare domain ("edition.example.com"), else None."""
    text = written.strip()
    if re.match(r"https?://", text, re.IGNORECASE):
        try:
            host = urlsplit(text).hostname
        except ValueError:  # such as an address with half a bracket
            return None
        return host.rstrip(".") if host and "." in host else None
    bare = text.split("/")[0]
    return bare.split(":")[0].rstrip(".").lower() if _HOST.fullmatch(bare) and " " not in text else None


def name_of_host(host: str, lists: Lists) -> str:
    """The name of the outlet at `host`.

    Of the host itself, of a domain above it, else its registered domain.
    """
    host = re.sub(r"^(?:www\d?|amp|m|mobile)\.(?=[^.]+\.)", "", host.lower())
    domain = registered_domain(host)
    parts = host.split(".")
    for at in range(len(parts) - 1):
        above = ".".join(parts[at:])
        if found := lists.outlet(above):
            return found
        if above == domain:
            break
    return domain


@lru_cache(maxsize=50_000)
def registered_domain(host: str) -> str:
    """The domain that was registered of a host: "news.example.co.uk" is example.co.uk."""
    import tld

    found = tld.get_fld(f"http://{host}", fail_silently=True, search_private=False)
    if found:
        return found
    return ".".join(host.split(".")[-2:])  # an ending that is on no list, such as .example


def outlet_of_folder(label: str, lists: Lists) -> str | None:
    """The outlet that the folder of a file is named after, if it is.

    The folder of "The Guardian/0001.txt" is.

    Its name must be on the list, an address, or have a word that outlets have: a folder may be named after
    what is in it, or after a time.
    """
    for folder in reversed(PurePosixPath(label).parent.parts):
        name = folder.replace("_", " ").strip()
        if host := host_of(name):
            return name_of_host(host, lists)
        if found := listed_name(name, lists) or listed_name(name.replace("-", " "), lists):
            return found
        if is_outlet_name(name, lists) or (_NAME_BEGINS.match(name) and len(name.split()) < 6):
            return name
        named = _FOLDER.fullmatch(name)
        is_generic = named is not None and named[1].lower() in lists.folder_words
        if not (is_generic or re.fullmatch(r"[\d\s.-]+", name)):
            return None
    return None


def is_outlet_name(text: str, lists: Lists | None = None) -> bool:
    """Whether a short line is the name of an outlet.

    On the list, or with a word that outlets have.
    """
    words = text.split()
    if not 0 < len(words) <= 6 or text[-1] in ".!?:":
        return False
    lists = lists or load_lists()
    if listed_name(text, lists):
        return True
    named = all(word[0].isupper() or word in ("of", "the", "and", "&") for word in words)
    return (
        named
        and not lists.outlet_field_words.isdisjoint(re.findall(r"\w+", text))
        and not text.lower().startswith("by ")
    )
