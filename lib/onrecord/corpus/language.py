"""The language of each article, detected from its letters and words.

It is detected on this machine.

Clear English is detected by its commonest words; everything else by py3langid (BSD, model in the
package), among the languages that news is usually written in.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pandas as pd

from onrecord.tables import TEXT, require

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORDLESS = re.compile(r"[\u0e00-\u0eff\u2e80-\uffdc]")  # scripts that part no words: Thai, Chinese, Japanese
# The commonest words of English news that are words of no neighbouring language.
_ENGLISH = frozenset({
    "the", "of", "and", "to", "a", "in", "that", "is", "was", "for", "on", "with", "he", "it", "as", "at",
    "by", "from", "his", "they", "said", "has", "have", "be", "are", "but", "not", "had", "who", "an",
    "this", "will", "which", "would", "their", "were", "been", "she", "or", "after", "about", "more",
    "than", "its",
})  # fmt: skip
_SURE = 0.15  # of the words; other languages stay below 0.06, English lists of names reach 0.1
_SAMPLE = 600  # code points taken from the beginning, the middle and the end
# Without this, a page of names and figures is now and then taken for a language of no newspaper.
_NEWS_LANGUAGES = frozenset({
    "ar", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko", "lt", "lv",
    "mk", "ms", "mt", "nl", "no", "pl", "ps", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta",
    "th", "tl", "tr", "uk", "ur", "vi", "zh",
})  # fmt: skip


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_NEWS_LANGUAGES.intersection(identifier.labels))
    return identifier


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`.

    None where it is too short to determine.
    """
    middle = len(text) // 2
    sample = (
        text
        if len(text) < 3 * _SAMPLE
        else " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))
    )
    words = _WORD.findall(sample.lower())
    if words and sum(word in _ENGLISH for word in words) >= _SURE * len(words):
        return "en"
    if len(words) < 12 and len(_WORDLESS.findall(sample)) < 10:
        return None
    return _identifier().classify(sample)[0]


def add_language(documents: pd.DataFrame) -> pd.DataFrame:
    """`documents` with the column language.

    An ISO 639-1 code, NA where there is too little text.

    One row per article, as before. Needs the column text. Articles that are not English are kept:
    leave them out with `exclude`, which counts them.

    >>> add_language(pd.DataFrame({"text": ["The lock leaks, and they said that it has for years.", None]}))[
    ...     "language"
    ... ].tolist()
    ['en', <NA>]
    """
    require(documents, ["text"], table="documents")
    codes = [language_of(text) if isinstance(text, str) else None for text in documents["text"]]
    return documents.assign(language=pd.array(codes, dtype=TEXT))
