"""Check that an argument is one of the values that a function knows."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def require_choice(name: str, value: object, choices: Iterable[object]) -> None:
    """Raise ValueError unless `value` is one of `choices`, naming a close one."""
    known = list(choices)
    if value not in known:
        words = [str(choice) for choice in known]
        listed = f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
        message = f"{name} must be one of {listed}, not {value!r}." if words else f"{name} has no values."
        raise ValueError(message + did_you_mean(value, words))


def did_you_mean(value: object, known: Iterable[str]) -> str:
    """The question "Did you mean 'outlet'?" for the closest known value.

    An empty string where none is close.
    """
    close = get_close_matches(str(value), list(known), n=1, cutoff=0.7)
    return f" Did you mean {close[0]!r}?" if close else ""
