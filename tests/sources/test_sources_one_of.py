"""One of several, and several that one is of: which mentions are one source, by number and words."""

from __future__ import annotations

import pytest

from coded import code


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        # One of a counted few is a source of its own, a member of the group.
        (
            "Two guards said it was late. One guard said he slept.",
            ["Two guards", "One guard"],
            [0, 1],
        ),
        (
            "Two guards said it was late. One guard said he slept. The guard then left.",
            ["Two guards", "One guard", "The guard"],
            [0, 1, 1],
        ),
        # Of an open class, one is somebody new.
        ("Guards said it was late. One guard said he slept.", ["Guards", "One guard"], [0, 1]),
        # An uncounted part of a group counts as the group.
        ("Two guards said it was late. Some said they slept.", ["Two guards", "Some"], [0, 0]),
        # Another one with other words is another person.
        (
            "One harbour official said yes. One ministry official said no.",
            ["One harbour official", "One ministry official"],
            [0, 1],
        ),
        (
            "Two nurses said yes. Three nurses said no.",
            ["Two nurses", "Three nurses"],
            [0, 1],
        ),
        # A body by its initials, and by a part of its name.
        (
            "The Orvane Harbour Board said yes. Later the OHB said no.",
            ["The Orvane Harbour Board", "the OHB"],
            [0, 0],
        ),
    ],
)
def test_which_mentions_are_one_source(text, mentions, expected):
    assert [coded.index for coded in code(text, *mentions)] == expected
