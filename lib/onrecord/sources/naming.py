"""The codebook's ordered naming test, for mentions that no name resolves.

Plain functions over a parsed mention. Returned are the codebook's values of form and naming.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.mentions.parsing import Parse
from onrecord.wordlists import Lists

_PROPER = re.compile(r"(?<![\w’'])[A-ZÀ-Þ][\w’'.&-]*")
# "released by Harbour Watch", "filed with the Port Board"; not "obtained by the Courier".
_ISSUED = re.compile(
    r"(?:(?:by|from|of|conducted|including|such as)\b"
    r"|(?!.*\b(?:obtained|seen|reviewed|viewed|read|leaked) by\b)[^.;]{0,60}?\b(?:by|with|from|to)\b).*[A-Z]"
)


_READ_BY = re.compile(
    r"(?:first )?(?:obtained|seen|reviewed|viewed|read|leaked|shared) (?:by|to|with)\b(?!.* (?:from|by) )"
)
_FILED = re.compile(r"(?:filed|obtained|seen|released|leaked|signed)\b")
_OF_ANY = re.compile(r"of (?:an?|one|some|another)\b")
_FORMS = frozenset(("person", "group", "institution", "document", "media"))
LEGAL_PAPERS = frozenset(("papers",))
# "figures from the Harbour Institute", "figures released on Monday": numbers, not people.
_NUMBERS = re.compile(r"(?:from|by|for|on|(?:newly )?(?:released|published|compiled|issued|obtained|seen))\b")


def form_of(parse: Parse, lists: Lists) -> str:
    """Codebook's form of a parsed mention without pronoun or name."""
    if parse.head in LEGAL_PAPERS and (
        any(word.lower() in lists.context_words["papers"] for word in parse.words)
        or _FILED.match(parse.complement)
    ):
        return "document"
    if is_numbers(parse):
        return "document"
    if parse.kind in ("people", "quantity"):
        return "group" if parse.is_plural else "person"
    return parse.kind if parse.kind in _FORMS else "none"


def naming_of(parse: Parse, has_written: Callable[[str], bool], lists: Lists) -> str:
    """Codebook's naming of a mention without a name of its own.

    `has_written` says whether the article has a capitalised word: an indefinite institution is identified
    where the article elsewhere writes its noun with a capital ("a union", later "the Transport Union").
    """
    kind = parse.kind
    if is_numbers(parse):
        return _naming_of_document(parse, lists)
    if kind == "quantity":
        return "unnamed" if not parse.is_plural or _few(parse) else "collective"
    if kind in ("person", "people"):
        return _naming_of_people(parse, lists)
    if kind == "group":
        return "collective"
    if form_of(parse, lists) == "document":
        return _naming_of_document(parse, lists)
    if kind in ("institution", "media"):
        return _naming_of_body(parse, has_written)
    if kind == "document":
        return _naming_of_document(parse, lists)
    return "unclear"


def is_numbers(parse: Parse) -> bool:
    """Whether "figures" are numbers: without a word of rank, from or by somebody."""
    return parse.head == "figures" and not parse.words and bool(_NUMBERS.match(parse.complement))


def _naming_of_people(parse: Parse, lists: Lists) -> str:
    if parse.head in lists.spokespeople:
        bare = parse.is_plural and parse.determiner != "the" and parse.number is None
        return "collective" if bare and not _has_proper(parse) else "spokesperson"
    if parse.is_plural:
        if parse.determiner == "all" and parse.number and parse.complement:
            return "identifiable"  # all three members of one body can be looked up
        if _office(parse, lists) == "office" and parse.determiner == "the" and _has_proper(parse):
            return "identifiable"
        return "unnamed" if _few(parse) else "collective"
    if parse.head == "representative" and parse.complement.startswith("for "):
        return "spokesperson"
    if parse.is_one_of:
        return "unnamed"
    unique = _office(parse, lists)
    if not unique:
        return "unnamed"
    if (
        parse.head in lists.people_nouns["common_office"]
        and not _has_proper(parse)
        and _is_modified(parse, lists)
    ):
        unique = ""  # "the band leader" can be anybody
    if _OF_ANY.match(parse.complement):
        return "unnamed"
    held = parse.determiner in ("the", "owner") or (parse.determiner == "none" and _has_proper(parse))
    if unique == "office" and held:
        return "identifiable"
    if unique == "relation" and parse.determiner == "owner":
        return "identifiable"
    return "unnamed"


def _is_modified(parse: Parse, lists: Lists) -> bool:
    """Whether an office has a word before it that does not make it unique."""
    known = lists.context_words["unique"] | lists.ranks
    return any(word.lower() not in known for word in parse.words)


def _few(parse: Parse) -> bool:
    return parse.number is not None and not parse.is_share and parse.number <= 30


def _office(parse: Parse, lists: Lists) -> str:
    singular = lists.plural.get(parse.head, parse.head)
    double = f"{parse.words[-1].lower()}-{singular}" if parse.words else ""
    unique = lists.singular.get(double, "") or lists.singular.get(singular, "")
    return unique or (lists.singular.get(singular.rpartition("-")[2], "") if "-" in singular else "")


def _has_proper(parse: Parse) -> bool:
    return has_capital(parse) or bool(_PROPER.search(parse.complement))


def has_capital(parse: Parse) -> bool:
    """Whether a word before the head has a capital."""
    return bool(parse.words) and any([word[0].isupper() for word in parse.words])


def _naming_of_body(parse: Parse, has_written: Callable[[str], bool]) -> str:
    if parse.is_plural:
        if parse.determiner == "the" or re.match(r"(?i)(?:including|such as|ranging)\b", parse.complement):
            return "institution"
        if re.search(r"(?i)\b(?:including|such as|ranging)\b", parse.complement) and _has_proper(parse):
            return "institution"
        return "collective"
    if parse.determiner in ("a", "one") and not any(word[0].isupper() for word in parse.words):
        return "institution" if parse.complement or has_written(parse.head.capitalize()) else "unnamed"
    return "institution"


def _naming_of_document(parse: Parse, lists: Lists) -> str:
    if parse.determiner in ("a", "one", "some") and _READ_BY.match(parse.complement):
        # whoever has read a document does not say whose it is
        return "institution" if any(word[0].isupper() for word in parse.words) else "unidentified_document"
    proper = _has_proper(parse) or parse.determiner == "owner"
    if parse.is_plural and parse.determiner in ("none", "some", "all", "part"):
        by = _ISSUED.match(parse.complement)
        named = any(word[0].isupper() for word in parse.words[1 if parse.core[:1].isupper() else 0 :])
        return (
            "institution"
            if (by and not re.match(r"(?i)(?:of|from|in)\b", parse.complement)) or (named and parse.number)
            else "collective"
        )
    named = any(word[0].isupper() for word in parse.words[1:]) or bool(_PROPER.search(parse.complement))
    if parse.head in ("data", "evidence", "research") and parse.determiner == "none" and not named:
        return "unidentified_document"
    if parse.determiner in ("a", "one", "some") and not proper:
        is_generic = not lists.generic_documents.isdisjoint(re.findall(r"\w+", parse.head.lower()))
        return "unidentified_document" if is_generic else "institution"
    return "institution"
