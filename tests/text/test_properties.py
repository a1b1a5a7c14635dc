"""What holds for any text at all: offsets give it back, borders are kept, nothing raises."""

from __future__ import annotations

import pandas as pd
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fuzz_inputs import PIECES
from onrecord import analyse
from onrecord.text.boilerplate import boilerplate_paragraphs
from onrecord.text.quotation_marks import find_minor_quoted_spans, find_quoted_spans, paragraph_spans
from onrecord.text.sentences import sentence_spans
from onrecord.text.tokens import read_article

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
fewer = settings(few, max_examples=25)

anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
pieces = st.sampled_from(PIECES)
newslike = st.lists(pieces, max_size=60).map("".join) | st.lists(pieces, max_size=60).map(" ".join)
texts = anything | newslike


def assert_ordered(spans: list[tuple[int, int]], text: str) -> None:
    """Assert that the spans are not empty, occur in the text, in its order, and do not overlap."""
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        position = end


@few
@given(texts)
def test_paragraphs_hold_all_but_blanks(text):
    spans = paragraph_spans(text)
    assert_ordered(spans, text)
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in spans)


@few
@given(texts)
def test_sentences_hold_all_but_blanks_and_stay_in_their_paragraph(text):
    paragraphs = paragraph_spans(text)
    spans = sentence_spans(text, paragraphs)
    assert_ordered([(a, b) for a, b, _ in spans], text)
    assert all(paragraphs[p][0] <= a and b <= paragraphs[p][1] for a, b, p in spans)
    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b, _ in spans)


@few
@given(texts)
def test_quoted_spans(text):
    paragraphs = paragraph_spans(text)
    quoted_spans = find_quoted_spans(text, paragraphs)
    assert_ordered([(s.start, s.end) for s in quoted_spans], text)
    starts = {start for start, _ in paragraphs}
    for quoted_span in quoted_spans:
        assert any(a <= quoted_span.start and quoted_span.end <= b for a, b in paragraphs)
        assert not text[quoted_span.start].isalnum()
        assert not quoted_span.is_continued or quoted_span.start in starts
    minor = find_minor_quoted_spans(text, quoted_spans, paragraphs)
    assert_ordered(minor, text)
    assert all(b <= s.start or s.end <= a for a, b in minor for s in quoted_spans)


@few
@given(texts)
@example("0’Read More:000")
@example("The lock is shut, he said.READ MOREHarbour talks end without a deal")
def test_reading_an_article(text):
    article = read_article(text)
    assert article.is_boilerplate == boilerplate_paragraphs(text, article.paragraphs)
    spans = list(zip(article.starts.tolist(), article.ends.tolist(), strict=True))
    assert_ordered(spans, text)
    assert [text[a:b] for a, b in spans] == article.tokens
    for (start, end), sentence, number in zip(
        spans, article.token_sentence, article.token_quoted_span, strict=True
    ):
        first, last, _ = article.sentences[sentence]
        assert first <= start and end <= last
        assert article.sentence_at(start) == sentence
        inside = [k for k, s in enumerate(article.quoted_spans) if s.start <= start < s.end]
        assert inside == ([] if number < 0 else [number])


@fewer
@given(st.lists(texts, min_size=1, max_size=4))
def test_an_analysis_points_into_its_texts(given_texts):
    documents = pd.DataFrame({"doc_id": [f"d{i}" for i in range(len(given_texts))], "text": given_texts})
    analysis = analyse(documents)
    read = dict(zip(documents["doc_id"], given_texts, strict=True))
    for name in ("sentences", "spans", "scare_quotes"):
        for row in getattr(analysis, name).itertuples():
            assert 0 <= row.start < row.end <= len(read[row.doc_id])
            assert read[row.doc_id][row.start : row.end] == row.text
    attributions, spans, sources = analysis.attributions, analysis.spans, analysis.sources
    contents = spans[spans["role"] == "content"]
    for _, part in contents.groupby("doc_id"):
        assert_ordered(
            sorted(part[["start", "end"]].itertuples(index=False, name=None)), read[part["doc_id"].iloc[0]]
        )
    keys = set(attributions[["doc_id", "attribution_id"]].itertuples(index=False, name=None))
    assert set(contents[["doc_id", "attribution_id"]].itertuples(index=False, name=None)) == keys
    assert attributions["probability"].between(0, 1).all()
    known = set(sources[["doc_id", "source_id"]].itertuples(index=False, name=None))
    used = attributions.dropna(subset="source_id")[["doc_id", "source_id"]]
    assert set(used.itertuples(index=False, name=None)) == known
    for row in sources.dropna(subset="marker").itertuples():
        assert read[row.doc_id][row.marker_start : row.marker_end] == row.marker
