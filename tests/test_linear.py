"""Work for one very long article grows with its length, whatever it contains."""

import sys

import pandas as pd
import pytest

import onrecord
from long_texts import SHAPES, filled
from onrecord.text.quotation_marks import find_quoted_spans, paragraph_spans
from timing import processor_seconds

SHORT = 2_500  # characters
MOST = 6  # times the calls for 4 times the length: 4 if linear, 16 if quadratic


def calls(shape: str, length: int) -> int:
    """Number of calls of functions in one analysis: the same on every machine."""
    documents = pd.DataFrame({"doc_id": ["a"], "text": [filled(shape, length)]})
    n = 0

    def count(frame, event, argument):
        nonlocal n
        n += 1

    sys.setprofile(count)
    try:
        onrecord.analyse(documents)
    finally:
        sys.setprofile(None)
    return n


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_calls_grow_with_the_length_of_one_article(shape):
    onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [filled(shape, SHORT)]}))  # memos are filled
    assert calls(shape, 4 * SHORT) < MOST * calls(shape, SHORT)


# Searches in the text are one call, however far they go.
@pytest.mark.parametrize("shape", ["nested marks, words", "unclosed double marks", "unclosed straight marks"])
def test_time_for_marks_that_are_never_closed_is_linear(shape):
    def seconds(length: int) -> float:
        text = filled(shape, length)
        return processor_seconds(lambda: find_quoted_spans(text, paragraph_spans(text)))

    assert seconds(160_000) < 24 * max(seconds(20_000), 0.01)
