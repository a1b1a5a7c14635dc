"""Containers that were changed inside and packed again: read or refused, and nothing lost in silence."""

from __future__ import annotations

from fuzz_containers import KINDS, run


def test_changed_containers_are_read_or_refused_and_nothing_is_lost_in_silence():
    table, faults = run(10, seed=4)
    assert faults == []
    assert list(table.index) == list(KINDS)
    assert (table["read"] + table["refused"] == table["inputs"]).all()
    assert (table["read"] > 0).all() and table["refused"].sum() > 0  # the changes reach the readers
