"""What is not an attribution: deeds and names."""

from __future__ import annotations

import re

from onrecord.attributions.acts import cue_is_listed
from onrecord.attributions.rules.clauses import FINITE_AUXILIARIES, verb_group
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.text.triggers import Triggers
from onrecord.wordlists import Lists, word_set

# Of the deeds that the models take for words, one in three is right below this probability on PolNeAR
# dev, three in four above it.
SURE = 0.6
SURE_OF_THINGS = 0.85  # the same where the content opens with "a" or a number: "signed a lease"
# Of the indirect attributions whose cue is in no list, one in three is right below this probability.
KNOWN = 0.36

_COMPLEMENT = word_set("to that for of as")
_INDEFINITE = word_set("a an another more extra new further two three four five six seven eight nine ten")
_PRONOUNS = word_set("which that it this him her them me you who whom these those")
_LONGEST_PRONOUN = max(map(len, _PRONOUNS))
_ANYBODY = frozenset(
    (
        "some",
        "one",
        "you",
        "many",
        "people",
        "some people",
        "critics",
        "sceptics",
        "skeptics",
        "others",
        "anyone",
    )
)
_SUPPOSING = ("Had ", "Should ")
_CONDITIONS = (*_SUPPOSING, "If ", "if ", "Unless ", "unless ")
_OBJECTIONS = (["argue"], ["say"], ["claim"], ["object"], ["suggest"])
_OMITTED = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|omit(?:s|ted|ting)?|neglect(?:s|ed|ing)?|forg[eo]t(?:s|ting|ten)?) to\b",
    re.IGNORECASE,
)
_ANYBODY_WHO = re.compile(r"\b(?P<one>some|any)(?:one|body) who\b", re.IGNORECASE)
_PAUSE = ", "
_SHOWN = frozenset(("show", "infer"))
_THINGS = _INDEFINITE | {"the", "his", "her", "its", "their"}
_SHOWMEN = frozenset(("person", "people", "name", "institution", "group", "pronoun"))
_BARE = 2  # words of an object alone: "the story"
_COMMA = 3  # characters between words and what goes on with them
_SUPPOSED = re.compile(r"\b(?:would|could|might|may|can|must|should|if)\b", re.IGNORECASE)
_NAMING = re.compile(
    r"\b(?:(?:also |better |best |widely |commonly |popularly |once |formerly )*"
    r"known(?: (?:to|by|among) [\w’'-]+(?: [\w’'-]+){0,3})? as"
    r"|(?:is|are|was|were|been|often|sometimes|affectionately|locally) (?:\w+ly )?"
    r"(?:dubbed|nicknamed|christened)"
    r"|(?<!has )(?<!have )(?<!had )(?:dubbed|nicknamed|titled|entitled|christened|codenamed|headlined))$"
)
# What the pattern ends with: most contents do not follow it.
_NAMING_ENDS = (" as", "dubbed", "named", "christened", "titled", "headlined")
_NAMES = Triggers(("known", *_NAMING_ENDS[1:]))  # only "known" is before "as"


def without_deeds(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions without deeds and names that were taken for words."""
    text = article.text
    names = next(_NAMES.find(article), None) is not None
    kept = [
        one
        for one in attributions
        if one.cue is None
        or not (
            (names and _is_name(article, one))
            or _is_hypothetical(article, one, lists)
            or _is_not_said(article, one)
            or (text.endswith(_PAUSE, 0, one.cue[0]) and _is_conclusion(article, one, attributions, lists))
            or (
                one.form == "indirect"
                and (
                    _is_pronoun(article, one, lists)
                    or _is_deed(article, one, lists)
                    or (one.probability < KNOWN and _is_unknown(article, one.cue, lists))
                )
            )
        )
    ]
    if not names:
        return kept
    return [one if len(one.content) < 2 else _without_nickname(article, one) for one in kept]


def _without_nickname(article: Article, attribution: Attribution) -> Attribution:
    """Attribution without a nickname: "Fenn, nicknamed [“the Fox”], said …"."""
    content = [
        span
        for span in attribution.content
        if not (
            article.is_quoted(span[0])
            and _ends_in_naming(article.text[max(0, span[0] - 60) : span[0]].rstrip(" “\"'‘:"))
        )
    ]
    if not content or len(content) == len(attribution.content):
        return attribution
    return attribution._replace(content=content, form=article.form_of(content))


def _is_deed(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether the cue is a verb for an act on a noun phrase: "attacked the harbour"."""
    cue, content = attribution.cue, attribution.content[0]
    if cue is None or content[0] < cue[1]:
        return False
    lowered = article.lowered
    first = article.token_at(content[0])
    opening = lowered[first]
    if opening in ("that", "to", "if", "whether", "how", "why"):
        return False
    behind = article.token_at(cue[1])
    verbs = [
        word
        for word in lowered[article.token_at(cue[0]) : behind]
        if word_class(word) != "A" and not word.endswith("ly") and word[0].isalpha()
    ]
    known = lists.reporting_verbs.get(verbs[0]) if verbs else None
    if known is not None and "judge" in known.kinds and verbs[0] in lists.deeds:
        return not _may_be_judged(article, content, lists)
    sure = SURE
    if opening in _INDEFINITE and _COMPLEMENT.isdisjoint(lowered[first : first + 8]):
        sure = SURE_OF_THINGS  # "a lease", not "a motion to open"
    if known is not None and "plain" in known.kinds and verbs[1:] == ["with"]:
        return True  # "argued with the referee"
    if len(verbs) == 1 and (
        _is_other_sense(article, verbs[0], content, lists) or _is_shown(article, attribution, verbs[0], lists)
    ):
        return True
    if " ".join(verbs[:2]) in lists.deeds:
        return attribution.probability < sure
    if verbs[:1] and verbs[0] in lists.deeds and attribution.probability < sure:
        return len(verbs) == 1 or all(word_class(word) == "I" for word in verbs[1:])
    if opening not in _INDEFINITE:
        return False
    group = verb_group(article, behind - 1, lists)
    if group is None or group.verb.verb != "add":
        return False
    return FINITE_AUXILIARIES.isdisjoint(lowered[first : first + 8])


def _is_other_sense(article: Article, verb: str, content: Span, lists: Lists) -> bool:
    """Whether the verb reports nothing here: "tells the story"."""
    known = lists.reporting_verbs.get(verb)
    if known is None or "plain" not in known.kinds or "tell" not in known.kinds:
        return False
    words = article.lowered[slice(*_token_range(article, content))]
    if len(words) > _BARE or words[0] != "the":
        return False
    return not any(word in FINITE_AUXILIARIES or word_class(word) in ("A", "that") for word in words)


def _is_shown(article: Article, attribution: Attribution, verb: str, lists: Lists) -> bool:
    """Whether somebody shows a thing: "the museum shows a map".

    A document reports with it.
    """
    known, source = lists.reporting_verbs.get(verb), attribution.source
    if known is None or source is None or "show" not in known.kinds or known.kinds - _SHOWN:
        return False
    words = article.lowered[slice(*_token_range(article, attribution.content[0]))]
    if words[0] not in _THINGS or any(word_class(w) in ("A", "d", "that", "to") for w in words):
        return False
    return parse_mention(article.text[slice(*source)], lists).kind in _SHOWMEN


def _token_range(article: Article, span: Span) -> tuple[int, int]:
    return article.token_at(span[0]), article.token_at(span[1])


def _is_pronoun(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether the content is a pronoun alone.

    "Questioned [her]", "a bill [which] they rejected"; but not "denied [it]", or "[which] she thought was
    late", whose clause goes on.
    """
    start, end = attribution.content[0][0], attribution.content[-1][1]
    if attribution.cue is None:
        return False
    written = article.text[start:end].strip(" ,.")
    if len(written) > _LONGEST_PRONOUN or written.lower() not in _PRONOUNS:
        return False
    words = article.text[slice(*attribution.cue)].lower().split()
    verbs = [lists.reporting_verbs[word].kinds for word in words if word in lists.reporting_verbs]
    precedes = end <= attribution.cue[0]
    return not any("clause" in kinds or (precedes and "think" in kinds) for kinds in verbs)


def _is_unknown(article: Article, cue: Span, lists: Lists) -> bool:
    """Whether no list has the cue of attributions of which the models are unsure.

    "Were capable of", "first debate against".
    """
    return not cue_is_listed(article.text[slice(*cue)], lists)


def _may_be_judged(article: Article, content: Span, lists: Lists) -> bool:
    """Whether the object of "attacked" can be attacked in words.

    A person, an organisation, "the plan as …".
    """
    words = article.text[slice(*content)]
    if re.search(r"\b(?:as|for|over)\b", words):
        return True
    return parse_mention(words, lists).kind in ("person", "people", "name", "pronoun", "institution", "group")


def _is_hypothetical(article: Article, attribution: Attribution, lists: Lists) -> bool:
    """Whether the cue is hypothetical: "some might argue", "if Fenn says no"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source[0] > cue[0]:
        return False
    text = article.text
    words = text[source[0] : source[1]].strip(" ,").lower()
    if words == "whoever" or (words == "who" and text.endswith("to say", *cue)):
        return True  # "who’s to say"
    if text.endswith(_CONDITIONS, 0, source[0]):
        if text.endswith(_SUPPOSING, 0, source[0]):
            return True  # "[Had] Fenn said so, she would have left"
        verb = verb_group(article, article.token_at(cue[1]) - 1, lists)
        return (
            verb is not None
            and verb.verb.verb in ("say", "tell")
            and "third" in verb.verb.tenses
            and verb.first == verb.at
        )
    if words not in _ANYBODY:
        return False
    cue_words = [*text[source[1] : cue[1]].lower().split(), *text[slice(*cue)].lower().split()]
    return cue_words[0] in ("might", "could", "may") or (
        cue_words[0] in ("would", "will") and cue_words[1:2] in _OBJECTIONS
    )


def _is_not_said(article: Article, attribution: Attribution) -> bool:
    """Whether nobody said it: "fail to tell", "anyone who says could be fined"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source[0] > cue[0]:
        return False
    text = article.text
    # A part of each pattern is looked for first: most texts do not have it.
    start = max(source[1], cue[0] - 12)
    if " to" in text[start : cue[1]].lower() and _OMITTED.search(text, start, cue[1]):
        return True
    if " who" not in text[max(0, source[0] - 12) : cue[0]].lower():
        return False
    first, last, _ = article.sentences[article.sentence_at(cue[0])]
    anybody = _ANYBODY_WHO.search(text, max(first, source[0] - 12), cue[0])
    if anybody is None:
        return False
    # "Someone who was there said it could rain" has said so.
    stop = anybody.start() if anybody["one"].lower() == "some" else last
    return _SUPPOSED.search(text, first, stop) is not None


def _is_conclusion(
    article: Article, attribution: Attribution, attributions: list[Attribution], lists: Lists
) -> bool:
    """Whether the reporter concludes it: "He left early, indicating that …".

    The participle of a verb of the kind `infer`, behind a comma, about what somebody did. Right behind what
    somebody said it goes on with that: "He said no, suggesting that …".
    """
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source[0] > cue[0] or attribution.form == "direct":
        return False
    if source[1] >= cue[0] - len(_PAUSE):
        return False
    verb = lists.reporting_verbs.get(article.text[slice(*cue)].lower())
    if verb is None or "infer" not in verb.kinds or "ing" not in verb.tenses:
        return False
    first = article.sentences[article.sentence_at(cue[0])][0]
    return not any(
        other.cue is not None
        and first <= other.cue[0] < cue[0]
        and any(
            cue[0] - _COMMA <= span[1] <= cue[0]
            for span in (other.cue, other.source, *other.content)
            if span is not None
        )
        and _is_finite(article.text[slice(*other.cue)], lists)
        for other in attributions
    )


def _is_finite(cue: str, lists: Lists) -> bool:
    """Whether a cue has a reporting verb in another form than the infinitive."""
    found = [lists.reporting_verbs.get(word) for word in cue.lower().split()]
    return any(verb is not None and verb.tenses - {"base"} for verb in found)


def _is_name(article: Article, attribution: Attribution) -> bool:
    """Whether the cue gives a name in general use: "is known as “the Fox”"."""
    cue, start = attribution.cue, attribution.content[0][0]
    if cue is None or start < cue[1]:
        return False
    number = article.quoted_span_of[article.token_at(attribution.content[0][1]) - 1]
    if number >= 0:  # "known [to friends as “the Fox”]"
        start = max(start, article.quoted_spans[number].start)
    before = article.text[max(0, start - 60) : start].rstrip(" “\"'‘:")
    if not _ends_in_naming(before):
        return False
    n_words = sum(len(article.text[a:b].split()) for a, b in attribution.content)
    has_agent = attribution.source is not None and attribution.source[0] >= cue[1]
    return not has_agent and n_words <= 8


def _ends_in_naming(before: str) -> bool:
    return before.endswith(_NAMING_ENDS) and _NAMING.search(before) is not None
