"""Characters and words of a text: what is shown of it, and how many words it has."""

from __future__ import annotations

import re

# Characters that reverse the reading order, break a line or are invisible: a headline can bring them into
# a label. The last are tags, which can hide a whole text.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    r"\ufffe\uffff\U000e0000-\U000e007f]"
)
# No-break and narrow spaces. Each becomes one blank, so no offset changes.
_NO_BREAK = "\u00a0\u2007\u2009\u202f"
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


def count_words(text: str) -> int:
    """The number of words of `text`, as in the column n_words.

    A word is a run of letters and digits. A hyphen or apostrophe within it does not end it. A dash between
    blanks is not a word.

    >>> count_words("The well-known diver’s boat – it leaks")
    6
    """
    return len(_WORD.findall(text))


def plain_blanks(text: str) -> str:
    """`text` with a blank for each no-break space, at the same offsets."""
    if not text.isascii():
        for blank in _NO_BREAK:  # str.translate would look up every character
            text = text.replace(blank, " ")
    return text


def clean(value: object) -> str:
    """`value` as text without control and direction characters."""
    return _UNSEEN.sub("", str(value))


def spelled(value: object) -> str:
    """`value` as text, control and direction characters as codes: ⟨U+202E⟩."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", str(value))
