"""One reading of an article: tokens, and the sentence, quotation and boilerplate of each."""

from __future__ import annotations

import pytest

from onrecord.text.tokens import read_article

TEXT = (
    "Varn opened the lock. “It held,” she said, “for a day.”\n"
    "Read more: Lock of Halm shut again\n"
    "“We wait,” a diver said. He’s tired."
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Varn’s lock", ["Varn", "’s", "lock"]),
        ("Varn's lock", ["Varn", "'s", "lock"]),
        ("They don’t, can't", ["They", "don’t", ",", "can't"]),
        ("a well-known lock", ["a", "well-known", "lock"]),
        ("the U.S. and the E.U.", ["the", "U.S.", "and", "the", "E.U."]),
        ("2,500 at 10:30 and 3.5%", ["2,500", "at", "10:30", "and", "3.5", "%"]),
        ("``It fell,'' she said", ["``", "It", "fell", ",", "''", "she", "said"]),
        ("So ... it goes -- on", ["So", "...", "it", "goes", "--", "on"]),
        ("@halm_lock wrote #shut", ["@", "halm_lock", "wrote", "#", "shut"]),
        ("Ølsen, Šimek and 王", ["Ølsen", ",", "Šimek", "and", "王"]),
        ("", []),
    ],
)
def test_tokens(text, tokens):
    assert read_article(text).tokens == tokens


def test_offsets_give_back_the_tokens():
    article = read_article(TEXT)
    assert [TEXT[a:b] for a, b in zip(article.starts, article.ends, strict=True)] == article.tokens


def test_tokens_know_their_sentence_and_quotation():
    article = read_article(TEXT)
    sentences = [TEXT[a:b] for a, b, _ in article.sentences]
    assert sentences == [
        "Varn opened the lock.",
        "“It held,” she said, “for a day.”",
        "Read more: Lock of Halm shut again",
        "“We wait,” a diver said.",
        "He’s tired.",
    ]
    for token, start, number in zip(article.tokens, article.starts, article.token_sentence, strict=True):
        first, last, _ = article.sentences[number]
        assert first <= start < last, token
    quoted = [" ".join(_tokens_in(article, number)) for number in range(len(article.quoted_spans))]
    assert quoted == ["“ It held , ”", "“ for a day . ”", "“ We wait , ”"]


def _tokens_in(article, number: int) -> list[str]:
    return [token for token, n in zip(article.tokens, article.token_quoted_span, strict=True) if n == number]


def test_boilerplate_is_a_flag_a_paragraph():
    assert read_article(TEXT).is_boilerplate == [False, True, False]


@pytest.mark.parametrize(
    ("offset", "number"), [(0, 0), (20, 0), (21, 0), (22, 1), (len(TEXT) - 1, 4), (len(TEXT), 4)]
)
def test_sentence_at(offset, number):
    assert read_article(TEXT).sentence_at(offset) == number


def test_empty_text():
    article = read_article("")
    assert (article.paragraphs, article.sentences, article.quoted_spans, article.tokens) == ([], [], [], [])
    assert len(article.token_sentence) == len(article.token_quoted_span) == 0
