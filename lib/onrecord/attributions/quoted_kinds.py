"""The kind of each quoted span: quotation, scare quote, title, nickname or term.

A multinomial logistic regression over the words of the span and its neighbours. It does not look at the
attribution around the span, so a scare quote within attributed words is recognised as one.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from itertools import islice

import numpy as np

from onrecord.attributions.tagging.word_forms import stem, word_class
from onrecord.records import Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

KINDS = ("quotation", "scare", "title", "nickname", "term")

_WORD = re.compile(r"\w[\w’'-]*")
_OUTSIDE = re.compile(r"\w[\w’'-]*|[^\w\s]")
REACH = 60  # code points looked at on each side of a span
_SPEAKS = word_set("i we you i’m i'm we’re we're it’s it's my our us me your don’t don't")
_CLAUSE = word_set("is was are were has have had will would can could not did do does")


def find_quoted_kinds(article: Article, spans: list[Span], lists: Lists) -> np.ndarray:
    """Probabilities of KINDS for each span with its quotation marks. One row per span."""
    numbers, weights = _weights()
    if not spans:
        return np.zeros((0, len(KINDS)))
    known: list[int] = []
    begins = []
    for span in spans:
        begins.append(len(known))
        known += [numbers[one] for one in span_features(article, span, lists) if one in numbers]
    found = np.add.reduceat(weights.take(known, axis=0), begins)
    found -= found.max(axis=1, keepdims=True)
    np.exp(found, out=found)
    return found / found.sum(axis=1, keepdims=True)


@cache
def _weights() -> tuple[dict[str, int], np.ndarray]:
    """Row of each feature, and the weights, with one column for each of KINDS."""
    path = resources.files("onrecord").joinpath("models/quoted_spans.csv")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return (
        {row["feature"]: number for number, row in enumerate(rows)},
        np.array([[float(row[kind]) for kind in KINDS] for row in rows]),
    )


def span_features(article: Article, span: Span, lists: Lists) -> list[str]:
    """Features of a quoted span: what it is made of, what is beside it."""
    text = article.text
    start, end = span
    inner = text[start:end].strip("\"“”„‘’'`´«»‹›「」『』 ")
    words = _WORD.findall(inner)
    lower = [word.lower() for word in words]
    first, last, _ = article.sentences[article.sentence_at(start)]
    before = _OUTSIDE.findall(text, max(first, start - REACH), start)
    behind = _OUTSIDE.finditer(text, end, min(max(last, end), end + REACH))
    after = [match[0] for match in islice(behind, 3)]
    left = [word.lower() for word in before[-4:]]
    right = [word.lower() for word in after]
    beside = set(left)
    n = len(words)
    size = str(n) if n < 5 else "5-6" if n < 7 else "7-9" if n < 10 else "10+"
    large = sum([word[0].isupper() for word in words])
    look = (
        "none"
        if not large
        else "all"
        if large == n
        else "first"
        if large == 1 and words[0][0].isupper()
        else "some"
    )
    if look == "some" and words and words[0][0].isupper() and words[-1][0].isupper():
        small = [word for word in words if word[0].islower()]
        look = (
            "title" if all(word_class(word) in "DIC" or word in ("to", "who") for word in small) else "some"
        )
    closing = inner[-1:] if inner[-1:] in ",.?!;…" else "none"
    context = lists.context_words
    previous = left[-1] if left else "^"
    following = right[0] if right else "$"
    previous_word = before[-1] if before else ""
    left_class, right_class = _class(previous_word, lists), _class(after[0] if after else "", lists)
    return [
        "bias",
        f"size={size}",
        f"look={look}",
        f"size={size} look={look}",
        f"closing={closing}",
        f"previous={previous}",
        f"following={following}",
        f"previous class={left_class}",
        f"following class={right_class}",
        f"previous class={left_class} following class={right_class}",
        f"previous class={left_class} size={size}",
        f"speech before={_speech_at(left, lists)}",
        f"speech after={not lists.reporting_verbs.keys().isdisjoint(right)}",
        f"work={not (beside.isdisjoint(context['work']) and beside.isdisjoint(lists.works))}",
        f"naming={not beside.isdisjoint(context['naming'])}",
        f"term={not beside.isdisjoint(context['term'])}",
        f"speaks={not _SPEAKS.isdisjoint(lower)}",
        f"clause={not _CLAUSE.isdisjoint(lower)}",
        f"opens={word_class(words[0]) if words else '-'}",
        f"between names={_is_name(previous_word) and bool(after) and _is_name(after[0])}",
        f"possessive={previous in ('’s', 's') or previous.endswith(('’s', chr(39) + 's', 's’'))}",
        f"closed={text[end - 1] in '”’»›」』' or text[end - 1] in chr(34) + chr(39)}",
    ]


def _class(word: str, lists: Lists) -> str:
    if not word:
        return "-"
    verb = lists.reporting_verbs.get(word.lower())
    if verb is not None and word.islower():
        return "judge" if verb.kinds & {"name", "judge"} else "speech"
    if word.lower() in ("his", "her", "their", "its", "my", "our"):
        return "owner"
    return word_class(word)


def _speech_at(left: list[str], lists: Lists) -> int:
    """Distance in words of the reporting verb before the span.

    The nearest of the four words before it; 0 where there is none.
    """
    for distance, word in enumerate(reversed(left), 1):
        if word in lists.reporting_verbs or stem(word) in lists.reporting_verbs:
            return distance
    return 0


def _is_name(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1
