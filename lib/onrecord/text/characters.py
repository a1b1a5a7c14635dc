"""Characters shown as what they are.

What is shown of an article is its text and nothing else.
"""

from __future__ import annotations

import re

# Characters that reverse the reading order or draw nothing: a headline can carry them into a label.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


def clean(value: object) -> str:
    """`value` as text without control and direction characters."""
    return _UNSEEN.sub("", str(value))


def spelled(value: object) -> str:
    """`value` with each control or direction character written as its code, ⟨U+202E⟩."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", str(value))
