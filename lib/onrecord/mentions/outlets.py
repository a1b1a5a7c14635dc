"""Outlets on no list, known by how the article introduces them."""

from __future__ import annotations

import re

from onrecord.wordlists import outlet_key

# Names that sound like those of outlets, on a list or not.
OUTLET_LIKE = re.compile(
    r"\b(?:News|Times|Post|Journal|Daily|Tribune|Herald|Gazette|Magazine|Chronicle|TV|Television"
    r"|Radio|Press|Courier"
    r"|Mail|Telegraph|Review|Today|Bulletin|Observer|Sentinel|Examiner|Newswire|Broadcasting"
    r"|Channel \d+|FM)\b"
    r"(?! (?:Office|Association|Club|Secretary|Corp|Council))|\.(?:com|org|net|co\.uk)$"
)

_KIND = re.compile(
    r" (?:news (?:web)?site|news agency|news outlet|newspaper|broadcaster|news channel|radio station"
    r"|news service|website)\b"
)
_NAME_BEFORE = re.compile(r"\b[A-Z][\w.&’'-]*(?: [A-Z][\w.&’'-]*){0,3}$")
_REACH = 80  # characters before the kind in which its name may begin


def introduced_outlets(text: str) -> dict[str, str]:
    """Return the names of outlets that `text` introduces.

    Keys are the name as outlets are looked up, alone and introduced.
    """
    found: dict[str, str] = {}
    for kind in _KIND.finditer(text):
        before = text[max(0, kind.start() - _REACH) : kind.start()]
        if match := _NAME_BEFORE.search(before):
            name = match.group().removeprefix("The ")
            found[outlet_key(name)] = found[outlet_key(match.group() + kind.group())] = name
    return found
