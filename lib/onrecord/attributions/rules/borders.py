"""Borders of sources and contents.

An adverb is not part of a name. A noun phrase alone is not the content of "said".
"""

from __future__ import annotations

from bisect import bisect_right

from onrecord.attributions.rules.clauses import (
    DAYS,
    TIME_OPENERS,
    Range,
    is_time,
    sentence_tokens,
    text_span,
    verb_group,
)
from onrecord.attributions.rules.embedded import end_of_relative
from onrecord.attributions.rules.hearer_borders import behind_hearer, without_hearer
from onrecord.attributions.rules.mention_kinds import SPEAKERS
from onrecord.attributions.rules.phrases import LONGEST_ASIDE, REDUCED, phrase_after, phrase_before
from onrecord.attributions.rules.readings import stripped
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

_ADVERBS = word_set("yesterday today later earlier afterwards afterward then again recently last late early")
_ASIDES = word_set("before after while when as in on at during since speaking")
_AUXILIARIES = word_set(
    "is was are were has have had will would can could may might must should does did do ’s 's ’ll 'll"
)
_PREPOSITIONS = word_set(
    "to in at on with by from during after for upon amid despite besides unlike like against"
)
_SIGNS = frozenset(",—–―")  # around an aside
_BEHIND_ADVERB = word_set("on in at after during from as when with to before")
_ARTICLES = word_set("the a an")
_PLACE_NAMES = word_set("Street House Palace Hall Office")  # "[Downing] Street said"
_BEFORE_CLAUSE = frozenset((",", "and", "but"))
# Words at which a name or a noun phrase may end. The others end in "-ly".
_ENDS = _ADVERBS | TIME_OPENERS | {","}
_OPENERS = frozenset("gd")  # classes of "[Speaking] at a rally" and "[Contacted] by the Post"


def with_borders(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with sources cut to their noun phrase.

    Contents are continued to a whole clause.
    """
    contents = sorted([span for attribution in attributions for span in attribution.content])
    cues = sorted([attribution.cue for attribution in attributions if attribution.cue is not None])
    changed = []
    for attribution in attributions:
        if attribution.source is not None:
            source = _subject(article, attribution, lists) or attribution.source
            source = _source(article, source, attribution.cue, lists)
            if source != attribution.source:
                attribution = attribution._replace(source=source)
        if attribution.cue is not None and attribution.form != "direct":
            content = attribution.content
            if len(content) > 1 and content[0][1] <= attribution.cue[0]:
                attribution = _without_relative(article, attribution)
                attribution = _without_participle(article, attribution, lists)
            attribution = without_hearer(article, attribution, lists)
            attribution = _behind_aside(article, attribution, lists)
        if attribution.form == "indirect" and attribution.cue is not None:
            attribution = behind_hearer(article, attribution, lists)
            attribution = _whole_clause(article, attribution, contents, cues, lists)
            attribution = _with_second_clause(article, attribution, contents)
        changed.append(attribution)
    return changed


def _subject(article: Article, attribution: Attribution, lists: Lists) -> Span | None:
    """Subject of the cue, where the source is of another clause.

    "[To the Post, Orla Fenn,] said", "The Post, [which] broke the story, said".
    """
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None:
        return None
    if source[1] > cue[0]:
        return None
    at, begin = article.token_at(cue[0]), article.token_at(source[0])
    first, _ = sentence_tokens(article, at)
    tokens = article.tokens
    opening = article.lowered[begin]
    words, between = article.text[slice(*source)], article.text[source[1] : cue[0]]
    # "The Post, [which] broke the story, said", "[Contacted] by the Post, Fenn said"
    is_far = (words in ("who", "which") and not _SIGNS.isdisjoint(between)) or (
        begin == first and " " not in words and word_class(words.lower()) in _OPENERS
    )
    # "Not everyone agrees: [Fenn] says"
    is_far = is_far or (":" in between and begin >= first and verb_group(article, at, lists) is not None)
    # "Bera Vosk, [an ecologist], cautions": the name before the aside
    in_aside = (
        tokens[begin - 1] == ","
        and opening in _ARTICLES
        and begin - 1 > first
        and tokens[begin - 2][0].isupper()
        and ("," in between or words[-1:] == ",")
        and verb_group(article, at, lists) is not None
    )
    is_far = is_far or in_aside
    # "The memo, seen by [the Post], said"
    is_far = is_far or (begin - 2 > first and (tokens[begin - 2], tokens[begin - 1]) in REDUCED)
    if not is_far:
        opens = cue[0] <= source[1] + 2 and (
            opening in _PREPOSITIONS
            or (
                begin == first
                and begin + 1 < len(tokens)
                and word_class(opening) in _OPENERS
                and word_class(tokens[begin + 1]) == "I"
            )
        )
        if not opens:
            return None
    group = verb_group(article, at, lists)
    first = first if is_far else begin
    phrase = phrase_before(article, group.first if group else at, first, lists)
    if phrase is None:
        return None
    span = text_span(article, phrase)
    if in_aside and span[1] > source[0]:
        return None
    return span if parse_mention(article.text[slice(*span)], lists).kind in SPEAKERS else None


def _without_relative(article: Article, attribution: Attribution) -> Attribution:
    """Attribution without a relative pronoun before its subject.

    "In [which] he warned that …".
    """
    content = attribution.content
    before = article.text[max(0, content[0][0] - 8) : content[0][0]].split()
    if article.text[slice(*content[0])].lower() not in ("which", "whom") or before[-1:] != ["in"]:
        return attribution
    return attribution._replace(content=content[1:], form=article.form_of(content[1:]))


def _without_participle(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution without what its speaker did meanwhile.

    "“Where?” Fenn asked[, leafing through a book]".
    """
    cue, content = attribution.cue, attribution.content
    if cue is None or len(content) < 2 or content[0][1] > cue[0] or not article.is_quoted(content[0][0]):
        return attribution
    if article.text[content[0][0] : content[0][1]].rstrip("”\"’'»")[-1:] not in ("?", "!"):
        return attribution
    kept = []
    for start, end in content:
        at = article.token_at(start)
        is_participle = (
            cue[1] <= start <= cue[1] + 2
            and not article.token_is_quoted[at]
            and article.tokens[at - 1] == ","
            and word_class(article.tokens[at]) == "g"
            and verb_group(article, at, lists) is None
            and article.sentence_at(end - 1) == article.sentence_at(cue[0])
        )
        if not is_participle:
            kept.append((start, end))
    return (
        attribution
        if len(kept) == len(content)
        else attribution._replace(content=kept, form=article.form_of(kept))
    )


def _behind_aside(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution without an aside between the verb and "that".

    "Said[, in remarks that drew boos,] that the tram was dead."
    """
    cue, end = attribution.cue, attribution.content[-1][1]
    if cue is None or attribution.content[0][0] <= cue[0]:
        return attribution
    at = article.token_at(cue[1])
    if at + 1 >= len(article.tokens) or article.tokens[at] != "," or article.tokens[at + 1] == "that":
        return attribution
    stop = article.token_at(end)
    nearby = range(at + 2, min(stop, at + LONGEST_ASIDE))
    that = next((i + 1 for i in nearby if article.tokens[i : i + 2] == [",", "that"]), None)
    words = article.tokens[at + 1 : that or stop]
    if that is None or word_class(words[0].lower()) not in "Igld" or any(word_class(w) == "A" for w in words):
        return attribution
    border = article.token_starts[that]
    content = [(max(span[0], border), span[1]) for span in attribution.content if span[1] > border]
    if not content or content == attribution.content:
        return attribution
    return attribution._replace(content=content, form=article.form_of(content))


def _with_second_clause(article: Article, attribution: Attribution, contents: list[Span]) -> Attribution:
    """Attribution with the clause behind "and that".

    "Said the pool was shut, and that the hall would be."
    """
    start, end = attribution.content[-1]
    if attribution.cue is None or attribution.cue[0] > start:
        return attribution
    at = article.token_at(end)
    tokens = article.tokens
    if at >= len(tokens) or tokens[at] not in _BEFORE_CLAUSE:
        return attribution
    _, stop = sentence_tokens(article, article.token_at(start))
    at += at < stop and tokens[at] == ","
    if at + 3 >= stop or tokens[at] not in ("and", "but") or tokens[at + 1] != "that":
        return attribution
    if tokens[at + 2] in ("’s", "'s") or word_class(tokens[at + 2]) == "A":
        return attribution  # "and that is why"
    whole = stripped(article.text, start, article.token_ends[stop - 1])
    if article.sentence_at(start) != article.sentence_at(end - 1) or any(
        a < whole[1] and end < b and (a, b) not in attribution.content for a, b in contents
    ):
        return attribution
    content = [*attribution.content[:-1], whole]
    return attribution._replace(content=content, form=article.form_of(content))


def _source(article: Article, source: Span, cue: Span | None, lists: Lists) -> Span:
    """Source without an adverb, a time or an aside behind it: "Fenn [firmly]"."""
    opening, stop = article.token_at(source[0]), article.token_at(source[1])
    first, tokens = opening, article.tokens
    if tokens[first] in _PLACE_NAMES and first and tokens[first - 1][0].isupper():
        first -= article.sentence_of[first - 1] == article.sentence_of[first]
    if stop - first < 2:
        if article.lowered[first] in _ARTICLES:
            _, border = sentence_tokens(article, first)
            if cue is not None and cue[0] > source[0]:
                border = article.token_at(cue[0])
            phrase = phrase_after(article, first, border, lists)  # "[The] family also wants"
            return source if phrase is None else text_span(article, phrase)
        return source
    end = stop
    for i in range(first + 1, stop):
        word, lower = tokens[i], article.lowered[i]
        if lower not in _ENDS and not lower.endswith("ly"):
            continue  # most words
        is_adverb = word.islower() and (
            lower in _ADVERBS
            or (lower.endswith("ly") and word_class(word) == "l" and word_class(tokens[i - 1]) != "D")
        )  # "the [family] wants"
        following = tokens[i + 1] if i + 1 < stop else ""
        if (
            (
                is_adverb
                and (
                    not following
                    or not following[0].isalnum()
                    or is_time(article, i + 1)
                    or (following in _BEHIND_ADVERB and tokens[i - 1][0].isupper())
                )
            )
            or (
                word == "," and following.islower() and (following in _ASIDES or word_class(following) == "g")
            )
            or (
                is_time(article, i)
                and tokens[i - 1].lower() not in ("of", "the", "for")
                and (word[0].islower() or (word in DAYS and i - first > 1 and tokens[i - 1][0].isupper()))
            )
        ):
            end = i
        if end < stop:
            break
    first = _behind_outlet(article, (first, end), lists)
    return source if (first, end) == (opening, stop) else text_span(article, (first, end))


def _behind_outlet(article: Article, tokens: Range, lists: Lists) -> int:
    """Token at which the name begins in "the Courier's Orla Fenn": behind the outlet."""
    first, stop = tokens
    words = article.tokens
    for i in range(first + 1, stop - 2):
        if words[i] in ("’s", "'s") and all(word[0].isupper() for word in words[i + 1 : stop]):
            owner = article.text[slice(*text_span(article, (first, i)))]
            return i + 1 if lists.outlet(owner) or owner.lower().startswith("the ") else first
    return first


def _whole_clause(
    article: Article, attribution: Attribution, contents: list[Span], cues: list[Span], lists: Lists
) -> Attribution:
    """Attribution with its content continued to a verb.

    "Said [his boat], which …, [could be sold]". It ends before ", adding that".
    """
    start, end = attribution.content[-1]
    cue = attribution.cue
    if cue is None or not 0 <= start - cue[1] <= 40:
        return attribution
    group = verb_group(article, article.token_at(cue[1]) - 1, lists)
    if group is None or "plain" not in group.verb.kinds or group.is_passive:
        return attribution
    first, stop = article.token_at(attribution.content[0][0]), article.token_at(end)
    _, border = sentence_tokens(article, first)
    source = attribution.source
    if source is not None and article.text[slice(*source)].endswith(("who", "which")):
        border = end_of_relative(article, first, border)
    following = cues[bisect_right(cues, (end, end)) :][:1]
    if following and following[0][0] < article.token_ends[border - 1]:
        at = article.token_at(following[0][0])
        if article.tokens[at - 1] == "," and word_class(article.tokens[at]) == "g":
            border = at - 1
    if stop >= border - 1 or not _is_cut(article, first, stop, border):
        return attribution
    if any(article.token_is_quoted[stop:border]):
        return attribution
    whole = stripped(article.text, article.token_starts[first], article.token_ends[border - 1])
    if any(a < whole[1] and end < b and (a, b) not in attribution.content for a, b in contents):
        return attribution
    return attribution._replace(content=[whole])


def _is_cut(article: Article, first: int, stop: int, border: int) -> bool:
    """Whether the content has no verb of its own, and what follows has one."""
    tokens = article.tokens
    inside = article.lowered[first:stop]
    relative = next((i for i, word in enumerate(inside) if word in ("which", "who", "whose")), len(inside))
    if any(word in _AUXILIARIES or word_class(word) == "d" for word in inside[:relative]):
        return False
    if relative < len(inside) and inside[relative - 1 : relative] != [","]:
        return False
    if _AUXILIARIES.isdisjoint(article.lowered[stop:border]):
        return False
    return (
        tokens[stop] == ","
        or tokens[stop].lower() in ("which", "who", "and", "that")
        or relative < len(inside)
        or tokens[stop].lower() in _AUXILIARIES
    )
