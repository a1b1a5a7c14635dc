"""Patterns of how an article says through whom words came."""

from __future__ import annotations

import re

from onrecord.mentions.name_runs import UPPER
from onrecord.text.triggers import Triggers

NAME = (
    rf"(?:the )?(?P<name>(?:The )?(?:[A-Z][\w.-]*\w|[{UPPER}]\w*)"
    r"(?: (?:of |de |al-)?(?:[A-Z\d][\w.-]*\w|\d+)){0,4}"
    r"|[a-z\d][\w-]*+(?:\.[\w-]+)*\.(?:com|org|net|info|news|tv|co\.[a-z]{2}|[a-z]{2})\b)"
)
TOLD = re.compile(
    r"\b(?:told|tells|tell|telling|informed|(?:spoke|spoken|speak|speaking|talked|talking|said|confirmed"
    r"|disclosed|revealed|explained|complained|leaked|admitted|wrote|added|emailed|comments?|remarks?"
    r"|statement|email|e-mail|interview|letter|message|insisted) (?:\w+ ){0,3}?(?:to|with|by)"
    r"|(?:speaking|spoke|talking|interviewed) on) "
    r"(?:reporters? (?:from|of|for|at|with) )?(?:(?:the |an? )?(?:[a-z-]+ ){0,3}?"
    r"(?:television|TV|radio|broadcaster|newspaper|daily|weekly|magazine|agency|channel|station|website) )?"
    rf"{NAME}"
)
# "told the newspaper": the outlet that was named last.
TOLD_OUTLET = re.compile(
    r"\b(?:told|informed|(?:spoke|speaking|spoken|talked|said|disclosed|confirmed) (?:\w+ ){0,2}?"
    r"(?:to|with)) "
    r"(?P<which>the|this) (?:newspaper|paper|daily|magazine|website|news (?:web)?site|news agency|broadcaster"
    r"|radio station)\b"
)
_VERB = r" (?:reports?|reported|wrote|writes|quoted|quotes|quoting|cited|cites|citing|revealed|learned)\b"
REPORTS = re.compile(_VERB)  # in any match of REPORTED
REPORTED = re.compile(rf"{NAME}(?:['’]s? (?:\w+ ){{1,4}})?,?(?: on \w+day| \w+day| [a-z]+)?{_VERB}")
ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Pp]er|(?<!first )reported by|reports? (?:by|from|in|on)"
    r"|(?:polled|surveyed|interviewed|quoted|cited|obtained|seen|reviewed|contacted|compiled|taken"
    r"|published|broadcast|aired)"
    r"(?: as (?:saying|telling|stating|claiming|warning))? by"
    r"|an? (?:\w+ ){0,2}(?:report|story|article|interview|dispatch|piece) (?:by|in|from|on|with))"
    r"(?: an?| (?:the |an? )?(?:[a-z-]+ ){0,3}?(?:agency|daily|newspaper|paper|weekly|magazine|broadcaster"
    rf"|station|channel|tabloid|website|radio|television))? {NAME}"
)
# Whoever reports something "citing" others is an outlet, whatever it is called.
WITH_CITATION = re.compile(r"(?: on \w+day| earlier| late| first)?,? (?:citing|quoting)\b")
# "Citing two pilots, the Post said": what opens the sentence says that the outlet passes words on.
CITING = re.compile(
    r"(?:[Cc]iting|[Qq]uoting) [^.;:“”\"\n]{3,120}?, "
    rf"{NAME}(?: news agency| news site| newspaper| website| broadcaster)? "
    r"(?:said|says|adds|added|noted|notes|claimed|claims|reports|reported)\b"
    rf"|{NAME.replace('<name>', '<before>')} (?:said|says|claimed|claims)(?: on \w+day)?,"
    r" (?:citing|quoting)\b"
)
# "In an interview with the Post, Orla Fenn said"
INTERVIEW = re.compile(
    r"\b(?:[Ii]n an? (?:(?!job\b)[\w-]+ ){0,2}(?:interview|conversation) (?:with|to|by|on|in) "
    rf"|(?:[Cc]omments|[Rr]emarks) to |(?:[Ss]peaking|[Tt]alking|[Ww]riting) (?:to|with|on|in|for) ){NAME}"
)
CREDIT = re.compile(r"(?i)\b(?:pics?|pictures?|photos?|images?|files?|via|graphics?|video)\b")
CITED = (
    "ccording to ",
    " by ",
    "per ",
    "Per ",
    "report",
    "story",
    "article",
    "interview",
    "dispatch",
    "piece",
)
BRACKETED = re.compile(rf"[\[(](?P<name>[{UPPER}][\w .&-]{{1,40}})[\])]\W*$")
OWNED_SOURCE = re.compile(r"(?P<name>[A-Z].*)['’]s? (?:\w+ ){0,2}(?:sources?|informants?)")
AFTER_INITIALS = frozenset((". ", ", ", ".", ".\n", " o", " t", " i", " a", "; "))
# Other ways than by an outlet: words of which each match has one, in lower case, and the pattern.
OTHER_WAYS = (
    (
        "statement",
        ("statement", "release", "communiqu", "mail"),
        re.compile(
            r"(?i)\bin (?:an? |the |his |her |their |its )?(?:\w+ ){0,3}?"
            r"(?:statement|news release|press release|communiqu[eé])\b|\bsaid in (?:an? )?e-?mail"
        ),
    ),
    (
        "social",
        (
            *("tweet", "twitter", "facebook", "instagram", "telegram", " x", "tiktok", "truth social"),
            *("social media", "linkedin", "youtube", "blog"),
        ),
        re.compile(
            r"(?i)\b(?:tweet(?:ed|s|ing)?|retweeted|(?:on|via) (?:his |her |their |its )?(?:official )?"
            r"(?:Twitter|Facebook|Instagram|Telegram|X|TikTok|Truth Social|social media|LinkedIn|YouTube)"
            r"|(?:Facebook|Instagram|social media|Twitter|blog) (?:post|page|account|video))\b"
        ),
    ),
    (
        "document",
        (
            *("report", "letter", "memo", "filing", "affidavit", "lawsuit", "complaint", "indictment"),
            *("book", "op-ed", "essay", "ruling", "opinion", "paper", "study", "document", "diary", "email"),
            "testimony",
        ),
        re.compile(
            r"(?i)\bin (?:an? |the |his |her |their |its )?(?:[\w-]+ ){0,3}?(?:report|letter|memo|memorandum"
            r"|filing|affidavit|lawsuit|complaint|indictment|book|memoir|op-ed|essay|ruling|opinion|paper"
            r"|study|court papers|documents?|diary|email|testimony)\b"
        ),
    ),
)
# A sentence without any of these, and without an outlet, is direct unread.
HINTS = Triggers(
    (
        *("nterview ", "iting ", "statement", "release", "communiqu", "email", "e-mail", "tweet", "Twitter"),
        *("Facebook", "Instagram", "Telegram", "TikTok", "social media", " post", "letter", "memo", "filing"),
        *("affidavit", "lawsuit", "complaint", "indictment", "book", "op-ed", "essay", "ruling", "opinion"),
        *("paper", "study", "document", "told the ", "told this ", " to the ", " with the ", "testimony"),
        *(" report", "diary", "sources", ".com", ".org", ".net", ".info", ".news", ".co"),
    )
)
