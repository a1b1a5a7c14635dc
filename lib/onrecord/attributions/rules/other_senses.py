"""Reporting verbs in another sense, and things that were taken for sources.

"She called a plumber", "the bill tells its own story", "presented to the museum", "if he were to claim the
prize": the verb reports nobody's words. "The black heap looked like a whale": nobody is the source.
"""

from __future__ import annotations

from onrecord.attributions.acts import cue_is_listed
from onrecord.attributions.rules.clauses import is_time, sentence_tokens
from onrecord.attributions.rules.hearers import may_be_verb, noun_phrase
from onrecord.attributions.rules.mention_kinds import NAMED
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

_SPEECH = frozenset(("say", "tell", "judge", "think", "show", "name"))
_WITH_OTHER_SENSES = word_set("say answer note tell call present")
_AUXILIARIES = word_set("is was are were be been being has have had having ’s 's ’ve 've ’d 'd")
_NARRATORS = word_set("i we you i'm we're you're i’m we’re you’re i've i’ve")
_SHOUTED = word_set("from across after down up over out")
_BELLS = word_set("door phone telephone bell call")
_JOKES = word_set("joke anecdote lie fib riddle")
_SMALL = word_set("the of and a in on")
_JOINING = word_set("then and")
_STORIES = word_set("story tale stories")
_SPEAKERS = frozenset(("person", "people", "group", "name", "pronoun", "quantity"))


# Of the indirect attributions whose source is neither somebody nor a document, one in eight is right below
# this probability on PolNeAR dev.
SURE_OF_THINGS = 0.6
SURE_OF_DEEDS = 0.85  # the same for verbs in a chain
LONGEST_THING = 3  # tokens of "a fish soup"
BARE = 2  # tokens of an object alone: "the time"
LONGEST_CHAIN = 3  # tokens between a content and the next verb


def without_other_senses(
    article: Article, attributions: list[Attribution], lists: Lists
) -> list[Attribution]:
    """Attributions without those whose verb has another sense."""
    has_titles = not lists.context_words["titled"].isdisjoint(article.places)
    return [
        _up_to_deed(article, one, lists) if one.form == "indirect" else one
        for one in attributions
        if not (
            _has_other_sense(article, one, lists)
            or (one.probability < SURE_OF_THINGS and _is_of_thing(article, one, lists))
            if one.form == "indirect"
            else has_titles and _is_name_of_thing(article, one, lists)
        )
    ]


def _up_to_deed(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution without the next thing that its speaker did.

    "Denied the charge [and left]".
    """
    cue, (start, end) = attribution.cue, attribution.content[0]
    if cue is None or start != cue[1] + 1:
        return attribution
    begin = article.token_at(start)
    if word_class(article.tokens[begin - 1]) != "d":
        return attribution
    joint = _next_deed(article, begin - 1, begin, article.token_at(end), lists)
    if joint is None or article.token_ends[joint - 1] >= end:
        return attribution
    return attribution._replace(content=[(start, article.token_ends[joint - 1]), *attribution.content[1:]])


def _is_of_thing(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether the unsure source is a thing, the author or the reader."""
    source = attribution.source
    if source is None:
        return False
    written = article.text[slice(*source)]
    if written.lower() in _NARRATORS:
        return True
    if parse_mention(written, lists).kind != "other":
        return False
    cue, stop = attribution.cue, article.token_at(source[1])
    if cue is not None and stop == article.token_at(cue[0]):
        stop += article.tokens[stop].islower()  # "a passionate [defender] of the lake"
    words = article.text[source[0] : article.token_ends[stop - 1]]
    return parse_mention(words, lists).kind == "other"


def _is_name_of_thing(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether the quoted words are the name of something: "a soup called “mud”"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or article.text[slice(*cue)].lower() not in lists.context_words["titled"]:
        return False
    at, behind = article.token_at(cue[0]), article.token_at(cue[1])
    if behind >= len(article.tokens) or article.quoted_span_of[behind] < 0 or article.token_is_quoted[at]:
        return False
    quoted = article.quoted_spans[article.quoted_span_of[behind]]
    if article.text[quoted.start : quoted.end].rstrip("”\"’'")[-1:] in ("!", "?", ".", ","):
        return False  # "a porter called “Stop!”"
    if any(word in ("a", "an") for word in article.lowered[max(0, at - LONGEST_THING) : at]):
        return True
    if source is None or source[1] + 1 != cue[0]:
        return False
    return parse_mention(article.text[slice(*source)], lists).kind == "other"


def _has_other_sense(article: Article, attribution: Attribution, lists: Lists) -> bool:
    cue = attribution.cue
    if cue is None or attribution.content[0][0] < cue[0]:
        return False
    first, stop = article.token_at(cue[0]), article.token_at(cue[1])
    words = article.lowered[first:stop]
    if len(words) > 1:
        if words[:2] == ["were", "to"] and _is_supposed(article, first):
            return True
        words = [word for word in words if word not in _AUXILIARIES]
        if words[:1] in (["called"], ["calls"]) and words[1:] and words[1] in _SHOUTED:
            return True  # "called from the track"
    if len(words) != 1 or words[0] in _AUXILIARIES:
        return False
    verb = lists.reporting_verbs.get(words[0])
    if verb is not None and verb.verb not in _WITH_OTHER_SENSES and not verb.kinds.isdisjoint(_SPEECH):
        return False  # most verbs
    begin, end = article.token_at(attribution.content[0][0]), article.token_at(attribution.content[0][1])
    is_weak = verb is None or not verb.kinds & _SPEECH
    is_behind = begin == stop and stop - first == 1
    joint = _next_deed(article, first, begin, end, lists) if is_behind else None
    if is_weak and joint is not None and attribution.probability < SURE_OF_DEEDS:
        return True
    if verb is None:
        return words[0] in lists.deeds and _goes_to_things(article, stop, lists)
    content = article.lowered[begin:end]
    if verb.verb == "say" and content[:1] and content[0] in lists.context_words["greeting"]:
        return True  # "said goodbye to the sea"
    if verb.verb == "answer" and content[:1] == ["the"] and not _BELLS.isdisjoint(content[1:2]):
        return True
    if verb.verb == "note" and content[:1] == ["the"] and (joint or end) - begin == BARE:
        return True  # "noted the time"
    if verb.verb == "tell" and content[:1] in (["a"], ["an"]) and not _JOKES.isdisjoint(content[1:3]):
        return True
    if verb.verb == "call":
        return _is_phoned(article, attribution, lists)
    if verb.verb == "tell":
        return _tells_story(article, attribution, lists)
    return verb.verb == "present" and _goes_to_things(article, stop, lists)


def _next_deed(article: Article, cue: int, begin: int, stop: int, lists: Lists) -> int | None:
    """Token before the next of several things that somebody did.

    "Doubled his prices [and] moved".
    """
    tokens = article.tokens
    if word_class(tokens[cue]) != "d" or word_class(tokens[begin]) not in ("D", "0"):
        return None
    _, end = sentence_tokens(article, cue)
    near = range(begin + 1, min(end - 2, stop + LONGEST_CHAIN))
    joint = next((i for i in near if tokens[i] in ("and", ",") and _is_past(article, i, end)), None)
    if joint is None or any(word_class(word) in ("A", "that") for word in article.lowered[begin:joint]):
        return None
    at = joint + 1 + (tokens[joint + 1] in _JOINING)
    is_reporting = cue_is_listed(tokens[at], lists) and word_class(tokens[at + 1]) != "I"
    return None if is_reporting else joint


def _is_past(article: Article, joint: int, end: int) -> bool:
    """Whether a past form follows "and" or a comma: "and [moved]", "and then [left]"."""
    tokens = article.tokens
    at = joint + 1 + (tokens[joint + 1] in _JOINING)
    return (
        at + 1 < end
        and tokens[at].islower()
        and may_be_verb(tokens, at, end)
        and word_class(tokens[at]) != "A"
    )


def _is_supposed(article: Article, cue: int) -> bool:
    """Whether the clause of the cue "were to claim" is a supposition."""
    first = article.sentence_tokens[article.sentence_of[cue]]
    return any(word in ("if", "unless") for word in article.lowered[max(first, cue - 6) : cue])


def _goes_to_things(article: Article, token: int, lists: Lists) -> bool:
    """Whether "to" and a noun phrase follow: "presented [to the museum]"."""
    tokens = article.tokens
    if token + 1 >= len(tokens) or tokens[token] != "to":
        return False
    return word_class(tokens[token + 1]) in ("D", "N")


def _is_phoned(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether somebody is phoned, or something is convened: "called a plumber at six"."""
    first, stop = article.token_at(attribution.content[0][0]), article.token_at(attribution.content[0][1])
    phrase = noun_phrase(article, first, stop, lists)
    if phrase is None or attribution.cue is None or first != article.token_at(attribution.cue[1]):
        return False
    title = article.tokens[first:stop]
    if title[-1][0].isupper() and all(word[0].isupper() or word in _SMALL for word in title):
        return True  # "a novel called The Red Room"
    behind = article.tokens[phrase[1]] if phrase[1] < stop else ""
    if behind and not (word_class(behind) in ("I", "to", "C") or is_time(article, phrase[1])):
        return False
    if any(word in ("a", "an") for word in article.lowered[phrase[1] + 1 : stop]) and behind != "to":
        return False  # "called her vote in May a mistake"
    words = article.text[article.token_starts[phrase[0]] : article.token_ends[phrase[1] - 1]]
    if article.tokens[phrase[1] - 1].lower() in lists.context_words["called"]:
        return True
    kind = parse_mention(words, lists).kind
    return kind in NAMED and not (kind == "people" and behind == "to")  # "called people to march"


def _tells_story(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether a thing tells a story: "the bill tells its own story"."""
    source = attribution.source
    if source is None or article.lowered[article.token_at(attribution.content[0][1]) - 1] not in _STORIES:
        return False
    if parse_mention(article.text[slice(*source)], lists).kind in _SPEAKERS:
        return False
    return len(article.text[slice(*attribution.content[0])].split()) < 5
