"""Sentences: abbreviations end none, marks stay with what they close, offsets give back the text."""

from __future__ import annotations

import pandas as pd
import pytest
from nltk.tokenize.punkt import PunktSentenceTokenizer

from onrecord.tables import SENTENCES
from onrecord.text.sentences import _LanguageVars, _punkt, _Token, sentence_spans, split_sentences
from onrecord.wordlists import load_lists


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in sentence_spans(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Varn met Mr. Otto Brandel and Mrs. Ilse Brandel at St. Anne’s.",
        "Gen. Hale and Lt. Col. Rusk flew to the U.S. on Jan. 5 with Sen. Dorn.",
        "The lock cost 2.5 million crowns, i.e. twice the price of Halm Corp.",
        "Varn vs. Brandel was heard at 9 a.m. on Monday.",
        "J. R. Brandel wrote it.",
        "“Why?” she asked.",
        '"Why now?" she asked.',
        "‘Stop!’ he cried.",
        "A headline without a full stop",
        "“We wait” is all she said.",
    ],
)
def test_one_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell. Nobody was hurt.", ["It fell.", "Nobody was hurt."]),
        ("“It fell.” Varn left.", ["“It fell.”", "Varn left."]),
        ('"It fell." Varn left.', ['"It fell."', "Varn left."]),
        ("‘It fell.’ Varn left.", ["‘It fell.’", "Varn left."]),
        ("“It fell,” she said. “We knew.”", ["“It fell,” she said.", "“We knew.”"]),
        ("“It fell. We knew,” she said.", ["“It fell.", "We knew,” she said."]),
        ("Did it fall? It did! So it goes.", ["Did it fall?", "It did!", "So it goes."]),
        ("A headline\nIt fell.\n\nNobody knew.", ["A headline", "It fell.", "Nobody knew."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text", ["fell. The", "Mr. Brandel", "Mrs. ilse", 'fell."', "corp. The", "fell. it", "AB. Varn", 'etc."']
)
def test_the_short_way_decides_as_punkt_does(text):
    short = _punkt(load_lists())
    assert short._PLAIN.fullmatch(text)
    assert short.text_contains_sentbreak(text) == PunktSentenceTokenizer.text_contains_sentbreak(short, text)


@pytest.mark.parametrize(
    "words",
    [
        *("fell. The", "Mr. Brandel", "Mrs. ilse", 'fell."', "corp. The", "fell. it", "AB. Varn", 'etc."'),
        *(
            "Fenn's. The",
            "don't. it",
            "(Mr. Varn)",
            "(It fell.) He",
            '"Fell?" He',
            "Fell?! it",
            "No . . . yes",
        ),
        *("fell. . . it", "fell... It", "fell.. It", "J. Varn", "J. 5 men", "in 1990. the", "in 1990. The"),
        *("vice-adm. Varn", "x-y. Varn", "U.S. Navy", "U.S.A.) The", "Mr. Fox. He", "Mr. Fox.", "a_b. it"),
        *(
            "\"Mr. Varn's. He",
            "fell .\tIt",
            "fell.\nIt",
            "fell.\x0bIt rose.\x1fIt",
            "fell.” It",
            "Żółw. Ęsi",
            "-",
        ),
        *("5's. it", "'tis. It", 'fell!) "It', "fell.] It", "fell.' 'It", ". It", "? it", "fell.  "),
        *('the "gate". It', "the gate (now). . . It", '". It', '"Mr.". it', 'U.S.". it', "1990). the"),
    ],
)
@pytest.mark.parametrize("before", ["", "The old gate ", "It is over. "])
@pytest.mark.parametrize("after", ["", " rose.", " rose. It fell again.", ' (here)." He left.'])
def test_the_short_way_gives_the_sentences_of_punkt(before, words, after):
    text = before + words + after
    short = _punkt(load_lists())
    plain = PunktSentenceTokenizer(short._params, lang_vars=_LanguageVars(), token_cls=_Token)
    assert list(short.span_tokenize(text)) == list(plain.span_tokenize(text))


def test_paragraph_numbers():
    assert [p for _, _, p in sentence_spans("One. Two.\n\nThree.\nFour. Five.")] == [0, 0, 1, 2, 2]


def test_table():
    documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": ["It fell. We knew.", None, " \n"]})
    found = split_sentences(documents)
    assert dict(found.dtypes.astype(str)) == dict(SENTENCES)
    assert found.values.tolist() == [["a", 0, 0, 0, 8, "It fell."], ["a", 1, 0, 9, 17, "We knew."]]
    assert documents["text"].isna().tolist() == [False, True, False]


def test_no_documents():
    found = split_sentences(pd.DataFrame({"doc_id": [], "text": []}))
    assert found.empty and dict(found.dtypes.astype(str)) == dict(SENTENCES)


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match=r"documents has no column 'text'; it has doc_id, body"):
        split_sentences(pd.DataFrame({"doc_id": [], "body": []}))
