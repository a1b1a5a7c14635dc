"""Columns of codings, and the check of a coder's name.

Every module that reads or writes codings needs them.
"""

from __future__ import annotations

from onrecord.tables import FLAG, TEXT, TIME, Schema

CODINGS: Schema = {
    "item_id": TEXT,
    "coder": TEXT,
    "is_right": FLAG,  # False where the item is not an attribution
    "form": TEXT,
    "naming": TEXT,
    "speaker": TEXT,
    "coded_at": TIME,
    "tone": TEXT,
}


def check_coder(coder: str) -> None:
    """Raise ValueError for a blank coder name."""
    if not coder.strip():
        raise ValueError(
            "coder is empty; give your name or initials, which distinguish your answers from those of "
            "another coder."
        )
