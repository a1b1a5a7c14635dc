"""Questions, requests and subjects that nobody speaks in.

"Was asked for comment", "[Asked whether he would bowl], Fenn said …", "Do [you] believe that …?",
"[There] is concern about …".
"""

from __future__ import annotations

import re

from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_REACTIONS = frozenset(
    f"{before}{noun}"
    for before in ("", "for ", "a ", "for a ", "further ", "for further ")
    for noun in ("comment", "comments", "response", "reaction", "reply", "clarification")
)
_FOR_REACTION = re.compile(
    r"^(?:\S+ ){0,8}for (?:(?:a|an|further|its|his|her|their) )?(?:comment|response|reaction)s?$"
)
_ON_REACTION = re.compile(r"\bfor (?:(?:a|an|further|his|her|its|their) )?(?:comment|response|reaction)s?\b")
_PUT = re.compile(r"(?:Asked|Pressed|Questioned|Quizzed|Pushed|Challenged)\b")
LONGEST_WORD = 12  # characters
LONGEST_LABEL = 40
_CONTRACTION = re.compile(r"(?:n['’]t|['’](?:re|ve|ll|d|s|m))$")
_LONGEST = 40  # characters between "asked" and "comment"


def without_questions(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions without requests, questions put to a speaker, and nobody's words."""
    may_ask = not lists.context_words["asking"].isdisjoint(article.places)
    return [
        attribution
        for attribution in attributions
        if attribution.cue is None
        or attribution.form == "direct"
        or not (
            (may_ask and _is_request(article, attribution, lists))
            or (
                attribution.form == "indirect"
                and attribution.source is not None
                and (
                    _is_put_to_speaker(article, attribution, attribution.cue, attribution.source)
                    or _is_nobody(article, attribution.cue, attribution.source, lists)
                )
            )
        )
    ]


def _is_request(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether somebody only asks for a reaction.

    "Was asked for [comment]", "asked the firm for comment", "was asked for comment on [the trades]".
    """
    cue = attribution.cue
    if cue is None:
        return False
    cue_words = article.text[slice(*cue)].lower()
    asking_words = [word for word in cue_words.split() if word in lists.context_words["asking"]]
    if not asking_words:
        return False
    asking = asking_words[-1]
    start, end = attribution.content[0][0], attribution.content[-1][1]
    words = article.text[start:end].strip(' ,.”"').lower()
    if cue_words.endswith((asking, "for")) and (words in _REACTIONS or _FOR_REACTION.search(words)):
        return True
    if start < cue[0]:
        return False
    ends = cue[0] + cue_words.rindex(asking)
    return _ON_REACTION.search(article.text, ends, min(start, ends + _LONGEST)) is not None


def _is_put_to_speaker(article: Article, attribution: Attribution, cue: Span, source: Span) -> bool:
    """Whether the content is a question to its source.

    "[Asked whether he would], Fenn said".
    """
    if source[0] < attribution.content[-1][1] or not _PUT.match(article.text, cue[0]):
        return False
    return article.sentences[article.sentence_at(cue[0])][0] >= cue[0] - 1


def _is_nobody(article: Article, cue: Span, source: Span, lists: Lists) -> bool:
    """Whether the source is a word for nobody: "you", "there", "please"."""
    if cue[1] == cue[0] + 1 and article.text[cue[0]] == ":" and source[1] - source[0] <= LONGEST_LABEL:
        words = article.text[slice(*source)].lower().split()
        if words and not lists.context_words["label"].isdisjoint((words[0], words[-1])):
            return True  # "Image caption: …", "Read more: …"
    if source[1] - source[0] > LONGEST_WORD:
        return False
    word = article.text[slice(*source)].lower()
    return word in lists.context_words["nobody"] or (
        ("’" in word or "'" in word) and _CONTRACTION.sub("", word) in lists.context_words["nobody"]
    )
