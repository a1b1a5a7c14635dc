"""Mentions with a name: of a person, an organisation or an outlet."""

from __future__ import annotations

import re

from onrecord.mentions.name_parts import DAYS
from onrecord.mentions.outlets import outlet_like
from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.description_words import ARTICLE
from onrecord.sources.fragments import bearer_of_tag, is_fragment, speaks_by_last_name
from onrecord.sources.lone_names import family_of, only_opens_sentence, place_in_full
from onrecord.sources.organisation_evidence import (
    is_apposed_to_noun,
    is_taken_up_as_firm,
    speaks_as_it,
)
from onrecord.sources.organisation_nouns import name_behind_noun
from onrecord.sources.person_evidence import FIRST_NAME, LIKELY, is_person_name
from onrecord.wordlists import Lists, outlet_key, word_set

_DOCUMENT_LIKE = re.compile(
    r" (?:Act|Amendment|Constitution|Bill|Treaty|Agreement|Accord|Poll|Survey|Report|Study)$"
)
_PREPOSITION = re.compile(
    r"(?<![\w-])(?:of|for|to|by|with|from|like|including|in|at|on|about|against|near|than|between|among"
    r"|behind|under|around|as|representing|defending|advising|backing|opposing|supporting|accusing|involving"
    r"|investigating|guarding|employing|suing|prosecuting|treating|protecting|challenging|following"
    r")(?![\w-])"
)
_LETTER = re.compile(r"\w")
_WORD = re.compile(r"\w{3}")
_AND_ITS = re.compile(r"and (?:its|their|his|her|other)\b")
_WORDS = re.compile(r"[\w’'.-]+")
_OWNED = re.compile(r"['’](?:s\b)?(?= ?[\w“\"])")
_NEXT_WORD = re.compile(r" ([\w’'-]+)")
# What may follow a name that heads its mention; any other word makes the name a modifier.
_MAY_FOLLOW = word_set(
    """and or who then also on both too alike that later alone himself herself over after before during since
    last this earlier yesterday today tonight recently again once"""
)
_PARTY_TAG = re.compile(r" ?\([^()]*\)|,? [DRI]-[A-Z][\w.]*,?")
# What joins a description to the name behind it: "her husband, Piet", "a porter known here only as Ravi".
_TO_NAME = re.compile(
    r",? (?:(identified|named|called|known|who gave (?:his|her|their) (?:first )?name)"
    r"(?: only| simply| just)*(?: as| by)?(?: the name)?(?: of)? )?"
)
_TITLE = re.compile(r"([A-Z][\w.]*) (?=[A-Z])")
_USER = re.compile(r"(?<!\w)@\w{2,}")
_ENDS = (",", ".", ":", ";", "", "\n")
_AND = re.compile(r",? (?:and|or|&) |, (?=(?:[A-Z][\w.’'-]+ ){1,4}(?:and|or) )")
_AND_OTHERS = re.compile(r",? and (?:other|others|his|her|their|several|two|three|many|some)\b")


def named(cast: Cast, start: int, end: int) -> int | None:
    """Entity of the person whose name heads a mention, or None.

    A name inside a modifier names nobody: "Lee's aides", "the Lee campaign", "a friend of Lee".
    """
    text = cast.text
    for a, b, who in cast.persons.within(start, end):
        b = min(b, end)
        before, after = text[start:a], text[b:end]
        if (len(after) > 3 and _OWNED.match(after)) or not _heads(before, after, cast.lists):
            continue
        if not _is_group(after):
            return cast.person(who)
        mention = text[start:end]
        group = Entity("group", "named", mention, is_plural=True, proper=cast.persons.persons[who].name)
        return cast.lookup(f"{who} {mention.lower()}", group)
    return None


_POST_BY = re.compile(
    r"(?:an?|the|another|one|this|his|her) (?:[\w-]+ ){0,2}?(?:post|tweet|thread|retweet|caption)"
    r" (?:by|from) "
)


def poster(cast: Cast, start: int, end: int) -> int | None:
    """Named person whose post or tweet is the source, or None: "a post by Fenn"."""
    post = _POST_BY.match(cast.text, start, end)
    if post is None:
        return None
    return next(
        (cast.person(who) for a, _, who in cast.persons.within(post.end(), end) if a - post.end() < _NEAR),
        None,
    )


_NEAR = 40  # characters of a title before that name


def user_name(cast: Cast, mention: str) -> int | None:
    """Entity of a user name that the mention is or contains: "@pierwatch".

    None where the mention has none.
    """
    match = _USER.search(mention) if "@" in mention else None
    if match is None:
        return None
    return cast.lookup(match[0].lower(), Entity("person", "named", match[0], proper=match[0]))


_OWNED_ROLE = re.compile(r"['’]s? (?:[a-z-]+ ){1,3}$")


def _heads(before: str, after: str, lists: Lists) -> bool:
    """Whether a name between `before` and `after` is the head or an apposition."""
    following = _NEXT_WORD.match(after) if after else None
    while following and (following[1] in lists.post_nominals or following[1] in DAYS):
        after = after[following.end() :]
        following = _NEXT_WORD.match(after)
    if following and following[1] in lists.starters and following[1].endswith("s"):
        return True  # "Ann Lee Slams Bob Day": the verb of a headline
    if following and following[1] not in _MAY_FOLLOW and not _PREPOSITION.fullmatch(following[1]):
        return False
    if not before:
        return True
    segment = before.rpartition(", ")[2].rpartition(" and ")[2]
    prepositions = list(_PREPOSITION.finditer(segment))
    if not prepositions or not _LETTER.search(segment, 0, prepositions[-1].start()):
        return True
    between = _WORDS.findall(segment, prepositions[-1].end())
    earlier = _WORDS.findall(segment[: prepositions[-1].start()])
    if between and between[0][0].isupper() and earlier[-1][0].isupper():
        form = lists.bodies.get(earlier[-1].lower(), ("",))[0]
        if form == "institution":
            return True  # "Orvane Department of Law spokesman Jan Moll"
    if not between:
        return segment.rstrip().endswith(("identified as", "known as"))
    if before[:1].isupper() and not before.startswith(("The ", "A ", "An ")) and _OWNED_ROLE.search(segment):
        role = between[-1].lower()
        if role in lists.singular or role in lists.spokespeople:
            return True  # "Walk in the Mill's jockey Jan Moll"
    # "secretary of state Ann Lee", but not "an aide to President Ann Lee"
    word = between[-1]
    low = word.lower()
    return not (
        word in lists.titles
        or word in lists.adjectives
        or low in lists.singular
        or low in lists.spokespeople
        or low in ("the", "a", "late", "then")
    )


def _is_group(after: str) -> bool:
    """Whether further sources follow a name within its mention.

    An example is "and her aides".
    """
    if not after:
        return False
    rest = _PARTY_TAG.sub("", after)
    conjunction = _AND.match(rest)
    return bool((conjunction and _WORD.search(rest, conjunction.end())) or _AND_OTHERS.search(rest))


# "Grant, a Tarn lawyer who has …, said"
_APPOSITION_GOES_ON = re.compile(r" (?:who|and|of|from|with|at|for)\b[^.;:“”\"\n]{1,120}?, (?=[a-z]+)")


def apposed(cast: Cast, parse: Parse, start: int, end: int) -> int | None:
    """Person whose name is beside the mention, or None.

    "A spokeswoman, Ann Lee, said", "spokesman Bob Day", "Ann Lee, a spokeswoman, said", and at the
    start of a sentence "A former nurse, Lee said".
    """
    if parse.kind != "person" or parse.is_plural:
        return None
    text = cast.text
    gap = _TO_NAME.match(text, end)
    begin = gap.end() if gap else end
    while begin > end and (word := _TITLE.match(text, begin)) and word[1] in cast.lists.titles:
        begin = word.end()
    for a, b, who in cast.persons.within(begin, begin + 1):
        joined = text[end:begin] == " "
        opening = (
            parse.determiner == "a" and start == cast.article.sentences[cast.article.sentence_at(start)][0]
        )
        role = cast.lists.plural.get(parse.head, parse.head) if parse.is_one_of else parse.head
        is_name = " " in text[a:b] or role in cast.persons.persons[who].roles
        if (is_name and (joined or text[b : b + 1] in _ENDS or (gap and gap[1]))) or (opening and not joined):
            return cast.person(who)
    is_closed = parse.determiner in ("a", "the") and text[end : end + 1] == ","
    if not is_closed and parse.determiner == "a":
        is_closed = _APPOSITION_GOES_ON.match(text, end) is not None
    if is_closed and text[start - 2 : start] == ", ":
        for _, b, who in cast.persons.before(start, 1):
            if b == start - 2:
                return cast.person(who)
    return None


def beside_name(cast: Cast, parse: Parse, start: int, end: int) -> int | None:
    """Person whom a name with "a" describes, or None.

    An example is "Krone, a former Navy Seal, said".
    """
    is_office = parse.determiner == "the" and parse.head in cast.lists.singular
    if not (parse.determiner == "a" or is_office) or cast.text[start - 2 : start] != ", ":
        return None
    if "," not in cast.text[end - 2 : end + 1] and ", " not in cast.text[start:end]:
        return None
    return next((cast.person(who) for _, b, who in cast.persons.before(start, 1) if b == start - 2), None)


def proper(cast: Cast, parse: Parse, end: int, *, has_cue: bool) -> int:
    """Entity of a name that is not a known person's.

    It is an institution, an outlet, or a person who speaks.
    """
    core = _without_trade(_without_report(ARTICLE.sub("", parse.core), cast.lists), cast.lists)
    outlet = cast.outlet(core)
    noun, rest = name_behind_noun(parse.core, cast.lists)
    if noun and not outlet:
        core, outlet = rest, cast.outlet(rest)
    whole = cast.in_brackets.get(core) if core.isupper() and not outlet else None
    if whole is not None:
        return cast.named_organisation(whole, "institution")
    key = outlet_key(outlet or core)
    if key in cast.by_name:
        return cast.by_name[key]
    if not outlet and (short := cast.by_short.get(core)) is not None:
        return cast.by_name.setdefault(key, short)
    lone = " " not in core
    if lone and not outlet and (core in cast.lists.starters or only_opens_sentence(cast, core, end)):
        return cast.add(Entity("none", "unclear", core))  # "Furthermore": a sentence opens with it
    if (label := _speaker_of_label(cast, core, end)) is not None:
        return label
    if lone and not outlet and (who := cast.persons.named(core)) is not None:
        return cast.person(who)
    if lone and (family := family_of(cast, parse, core)) is not None:
        return family
    if lone and not outlet and (place := place_in_full(cast, core)) is not None:
        return cast.named_organisation(place, "institution")
    form, naming = "institution", "institution"
    if lone and len(core) > 3 and core.isupper() and cast.text[end : end + 1] == ":":
        spoken = core.capitalize()  # the speaker's label of a transcript
        return cast.lookup(key, Entity("person", "named", spoken, proper=spoken, parse=parse))
    if _AND_ITS.match(parse.complement):
        form = "group"
    elif outlet or outlet_like(cast.lists).search(core):
        form = "media"
    elif _DOCUMENT_LIKE.search(core):
        form = "document"
    elif (
        (has_cue or lone)
        and cast.lists.trades.get(noun, "either") == "either"
        and parse.determiner == "none"
        and _speaks_as_person(cast, core)
        and not _is_marked(cast, core, end)
    ):
        form, naming = "person", "named"
    if form == "institution" and not noun:
        start = max(0, cast.text.rfind(core, 0, end + 1))
        if (bearer := bearer_of_tag(cast, core, start)) is not None:
            return cast.person(bearer)
        if speaks_by_last_name(cast, parse, core, start + len(core)):
            return cast.lookup(key, Entity("person", "named", core, proper=core, parse=parse))
        if is_fragment(cast, parse, core, start, start + len(core)):
            return cast.add(Entity("none", "unclear", core))
    found = cast.lookup(
        key, Entity(form, naming, outlet or core, head=parse.head, proper=outlet or core, parse=parse)
    )
    if noun in cast.lists.trades:
        cast.trades.setdefault(found, cast.lists.trades[noun])
    return found


def _without_report(core: str, lists: Lists) -> str:
    """Name without the noun for the words that it denied: "a charge Lurania denied"."""
    first, _, rest = core.partition(" ")
    return rest if rest[:1].isupper() and first in lists.reporting_nouns else core


def _without_trade(core: str, lists: Lists) -> str:
    """Name without the noun that opens its sentence: "Investor Greenmoor Capital"."""
    first, _, rest = core.partition(" ")
    low = first.lower()
    is_name = rest in lists.first_names or rest in lists.name_genders
    is_lone = low in lists.trades and " " not in rest and not is_name  # "Brewer Hopfgarten"
    is_noun = low.endswith("er") and (lists.trades.get(low, "either") != "either" or is_lone)
    is_noun = is_noun or (low in lists.singular and rest.rpartition(" ")[2] in lists.firm_words)
    return rest if is_noun and rest[:1].isupper() and first != first.upper() else core


_LONGEST_NAME = 5  # words, not reached by a name in a label


def _speaker_of_label(cast: Cast, core: str, end: int) -> int | None:
    """Person whom the label of a transcript names: "DR. HUGHES-PARRY:".

    None where it is not such a label.
    """
    if not core.isupper() or not cast.text.startswith((":", " :"), end):
        return None
    words = core.split(" ")
    if 1 < len(words) < _LONGEST_NAME and words[0].capitalize() in cast.lists.first_names:
        name = " ".join(word.title() for word in words)
        return cast.lookup(name.lower(), Entity("person", "named", name, proper=name))
    titles = cast.lists.titles
    first = 0
    while first < len(words) - 1 and (
        words[first].capitalize() in titles or words[first].rstrip(".").lower() in cast.lists.singular
    ):
        first += 1
    name = " ".join(words[first:])
    if first == 0 or " " in name:
        return None
    who = cast.persons.named(name)
    if who is not None:
        return cast.person(who)
    return cast.lookup(name.lower(), Entity("person", "named", name.capitalize(), proper=name.capitalize()))


def _is_marked(cast: Cast, core: str, end: int) -> bool:
    """Whether the words around a name show that it is an organisation's."""
    first = cast.text.find(core)
    noun = cast.text[cast.text.rfind(" ", 0, max(0, first - 1)) + 1 : max(0, first - 1)].strip('\n“"').lower()
    if " " not in core and noun.rpartition("\n")[2] in cast.lists.trades and first > 0:
        return True  # "Brewer Hopfgarten has bought a rival. Hopfgarten said …"
    if first >= 0 and is_taken_up_as_firm(cast.text, first, first + len(core), cast.lists):
        return True
    start = cast.text.rfind(core, 0, end + 1)
    if start >= 0 and speaks_as_it(cast.text, start + len(core)):
        return True
    return start >= 0 and is_apposed_to_noun(cast.text, start, start + len(core), cast.lists)


def _speaks_as_person(cast: Cast, core: str) -> bool:
    """Whether a name that speaks is a person's.

    For a known first name alone less evidence will do.
    """
    least = FIRST_NAME if core in cast.lists.first_names else LIKELY
    return is_person_name(core, cast.persons.types, cast.lists, least=least)
