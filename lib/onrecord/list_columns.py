"""The names of the word lists, their columns and the values that these may have."""

from __future__ import annotations

from collections.abc import Mapping

# name of a list: its columns, the first of which is the key
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "roles": ("noun", "plural", "uniqueness"),
    "bodies": ("noun", "form"),
    "named_bodies": ("name",),
    "spokespeople": ("phrase",),
    "ranks": ("word",),
    "titles": ("title", "gender"),
    "first_names": ("name", "gender"),
    "name_genders": ("name", "gender"),
    "gendered_nouns": ("noun", "gender"),
    "sectors": ("word", "kind", "sector"),
    "places": ("name", "kind"),
    "peoples": ("adjective", "people", "kind"),
    "outlets": ("name", "kind", "aliases"),
    "outlet_words": ("word", "where"),
    "journalists": ("noun", "plural"),
    "persons": ("name", "aliases"),
    "starters": ("word",),
    "not_persons": ("noun",),
    "fields": ("word",),
    "generic_documents": ("noun", "plural"),
    "works": ("word",),
    "markers": ("pattern", "example"),
    "reasons": ("class", "pattern", "example"),
    "basis": ("pattern", "example"),
    "cue_stance": ("cue", "stance", "forms"),
    "abbreviations": ("abbreviation",),
    "boilerplate": ("pattern", "kind", "example"),
    "boilerplate_inline": ("pattern", "kind", "example", "found"),
    "passives": ("word", "kind"),
    "hedges": ("pattern", "example"),
    "topic_words": ("term", "kind"),
    "target_words": ("term", "class"),
    "post_nominals": ("letters",),
    "short_names": ("short", "full"),
    "title_words": ("word", "kind"),
    "experiences": ("verb", "forms", "voice"),
    "trades": ("noun", "kind"),
    "firm_words": ("word",),
    "disclosures": ("kind", "pattern", "needs", "example"),
    "acts": ("cue", "act", "before_that", "before_to", "of_person", "forms"),
    "reporting_verbs": ("verb", "forms", "kinds"),
    "reporting_nouns": ("noun", "plural"),
    "source_phrases": ("phrase", "example"),
    "deeds": ("verb", "forms"),
    "generic_bodies": ("noun",),
    "page_notices": ("pattern", "example"),
    "folder_words": ("word",),
    "people_nouns": ("noun", "kind"),
    "context_words": ("word", "kind"),
    "same_nouns": ("noun", "same_as"),
    "age_nouns": ("noun", "ages"),
    "title_roles": ("title", "role"),
}

# the parts of society for which sources speak, by the codebook
SECTORS = (
    "government",
    "parliament and parties",
    "justice and police",
    "military and security",
    "business",
    "civil society",
    "science and expertise",
    "media",
    "sport and culture",
    "citizens",
)

# (list, column): the values that the column may have
VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("roles", "uniqueness"): ("", "office", "relation"),
    ("bodies", "form"): ("group", "institution", "document", "media"),
    ("titles", "gender"): ("", "m", "f"),
    ("first_names", "gender"): ("m", "f", "either"),
    ("name_genders", "gender"): ("m", "f", "either"),
    ("gendered_nouns", "gender"): ("m", "f"),
    ("sectors", "kind"): ("role", "expert", "post", "lay", "organisation", "person"),
    ("sectors", "sector"): SECTORS,
    ("outlet_words", "where"): ("text", "field"),
    ("trades", "kind"): ("firm", "regulator", "media", "either"),
    ("cue_stance", "stance"): ("neutral", "endorsing", "distancing", "other"),
    ("disclosures", "kind"): ("declined", "no_response", "unreachable", "unverified"),
    ("acts", "act"): ("statement", "decree", "attitude", "plan"),
    **{
        ("acts", column): ("", "statement", "decree", "plan", "attitude")
        for column in ("before_that", "before_to", "of_person")
    },
    ("passives", "kind"): ("participle", "adjective"),
    ("experiences", "voice"): ("active", "passive"),
    ("title_words", "kind"): ("part", "aside", "none", "tied", "noun"),
    ("people_nouns", "kind"): (
        "general",
        "ally",
        "no_role",
        "shared",
        "common_office",
        "official",
        "staff",
        "expert",
        "named_for",
        "male",
        "female",
    ),
    ("context_words", "kind"): (
        "work",
        "naming",
        "term",
        "outlet_first",
        "papers",
        "unique",
        "place_part",
        "place_noun",
        "time",
        "on",
        "before_title",
    ),
    ("target_words", "class"): ("P", "N", "OP", "ON", "SP", "SN", "SAY"),
}

# lists in which one key may have several rows
SEVERAL_ROWS = frozenset({"target_words", "people_nouns", "context_words"})
