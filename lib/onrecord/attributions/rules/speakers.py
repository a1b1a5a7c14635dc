"""Sources corrected by the words around their cue.

"Fenn’s [claim] that …": the owner. "Disclosed to the Post, which first [reported] …": the one before the
pronoun. "After [saying] …, she left": the subject behind the comma. "Fenn said …, [telling] the Post …":
whoever spoke just before.
"""

from __future__ import annotations

from functools import lru_cache

from onrecord.attributions.rules.clauses import (
    ADVERBS,
    sentence_tokens,
    text_span,
    verb_group,
)
from onrecord.attributions.rules.mention_kinds import may_speak
from onrecord.attributions.rules.owners import owner_of
from onrecord.attributions.rules.phrases import SUBJECTS, phrase_after, phrase_before
from onrecord.attributions.rules.readings import with_source
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_CLAUSE = 40  # tokens between "after saying" and the subject

_OPENING = word_set("after before while by in when despite besides without since")
_RELATIVES = word_set("who which")
_SPEECH = frozenset(("say", "tell", "ask"))


def with_speakers(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the source that the words around their cue name."""
    ends = {one.content[-1][1]: one for one in attributions}
    relative = _behind_relatives(article)
    changed = []
    for one in attributions:
        source = None if one.cue is None else _speaker(article, one, ends, relative, lists)
        if source is None or source == one.source:
            changed.append(one)
        else:
            changed.append(with_source(article, one, source))
    return changed


def _behind_relatives(article: Article) -> dict[int, int]:
    """Tokens at which the verb of ", who" and ", which" may begin, with that pronoun.

    Adverbs may be between.
    """
    tokens, lowered = article.tokens, article.lowered
    found = {}
    for at in article.tokens_of(_RELATIVES):
        if tokens[at] not in _RELATIVES or at < 2 or tokens[at - 1] != ",":
            continue
        first, stop = sentence_tokens(article, at)
        if at - 2 < first:
            continue
        for verb in range(at + 1, stop):
            found[verb] = at
            if (
                lowered[verb] not in ADVERBS
                and word_class(tokens[verb]) != "l"
                and tokens[verb] != "together"
            ):
                break
    return found


@lru_cache(maxsize=4)
def _opening_words(lists: Lists) -> frozenset[str]:
    """First words of the verbs that may open a clause, in lower case: "saying"."""
    forms = (
        form for form, verb in lists.reporting_verbs.items() if "ing" in verb.tenses and verb.kinds & _SPEECH
    )
    return frozenset(form.split(" ")[0] for form in forms)


def _speaker(
    article: Article,
    attribution: Attribution,
    ends: dict[int, Attribution],
    relative: dict[int, int],
    lists: Lists,
) -> Span | None:
    """Source that the words around the cue name; None where they name none.

    `ends` has the attributions by the end of their content, `relative` is from `_behind_relatives`.
    """
    cue = attribution.cue
    if cue is None:
        return None
    first, stop = article.token_at(cue[0]), article.token_at(cue[1])
    if article.token_is_quoted[first]:
        return None
    word = article.lowered[stop - 1]
    if word in lists.reporting_nouns and stop < len(article.tokens) and article.tokens[stop] == "that":
        return owner_of(article, stop - 1, lists)
    if article.lowered[first] in lists.context_words["telling"] and article.tokens[first - 1] == ",":
        return _before_comma(article, attribution, first, ends)
    if not relative and word not in _opening_words(lists):
        return None
    group = verb_group(article, stop - 1, lists)
    if group is None or group.is_passive:
        return None
    if "ing" in group.verb.tenses and group.first == group.at and group.verb.kinds & _SPEECH:
        return _behind_clause(article, attribution, group.at, lists)
    at = relative.get(group.first)
    return None if at is None else _antecedent(article, attribution, at, lists)


def _antecedent(article: Article, attribution: Attribution, at: int, lists: Lists) -> Span | None:
    """Antecedent with its pronoun `at` a token: "[the Post, which] first reported"."""
    first, _ = sentence_tokens(article, at)
    source = attribution.source
    before = phrase_before(article, at - 1, first, lists)
    if before is None or source is None:
        return None
    begin, end = article.token_starts[before[0]], article.token_ends[at]
    if source[0] < end and begin < source[1]:
        return None
    if source[1] < begin and "," in article.text[source[1] : begin]:
        return None  # "Fenn, the head of the mill, who said": an aside between
    return (begin, end) if may_speak(article, before, lists) else None


def _behind_clause(article: Article, attribution: Attribution, at: int, lists: Lists) -> Span | None:
    """Subject behind an opening clause: "After saying her foot hurt, [she] left"."""
    tokens, source = article.tokens, attribution.source
    first, stop = sentence_tokens(article, at)
    opens = at == first or (at == first + 1 and article.lowered[first] in _OPENING)
    if not opens or (source is not None and source[0] > article.token_starts[at]):
        return None
    end = article.token_at(attribution.content[-1][1])
    if not at < end < min(stop, at + LONGEST_CLAUSE):
        return None
    comma = end if tokens[end] == "," else end - 1
    if tokens[comma] != "," and not (tokens[comma] in '”"' and tokens[comma - 1] == ","):
        return None
    if tokens[comma + 1].lower() in SUBJECTS:
        return text_span(article, (comma + 1, comma + 2))
    phrase = phrase_after(article, comma + 1, stop, lists)
    return text_span(article, phrase) if phrase and may_speak(article, phrase, lists) else None


def _before_comma(
    article: Article, attribution: Attribution, at: int, ends: dict[int, Attribution]
) -> Span | None:
    """Source of what ends right before the comma.

    "[Fenn] said it was late, telling the Post …".
    """
    end = article.token_ends[at - 2]
    before = ends.get(end) or ends.get(end + 1)
    if before is None or before is attribution or before.source is None or before.cue is None:
        return None
    if before.form == "direct" or before.source[0] > before.cue[0]:
        return None
    first, _ = sentence_tokens(article, at)
    return before.source if before.source[0] >= article.token_starts[first] else None
