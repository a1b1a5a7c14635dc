"""The word lists of the rules: CSV files of the package and of a user's folder.

`lexicons/README.md` says of each list what a row is and where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from onrecord.list_columns import COLUMNS, SEVERAL_ROWS, VALUES
from onrecord.list_rows import Rows, lines_of, read_rows
from onrecord.list_shapes import (
    ReportingVerb,
    ages_of,
    aliases,
    all_forms,
    alternatives,
    both_numbers,
    classes,
    kinds_of,
    lower_case,
    openings,
    patterns,
    plural_of,
    verb_forms,
)


@dataclass(frozen=True, eq=False)  # compared as one object: so a cache can be kept for each
class Lists:
    """All word lists, as sets, dictionaries and patterns.

    `load_lists` makes them. They are never changed.
    """

    singular: Mapping[str, str]  # role noun -> uniqueness ("", office, relation)
    plural: Mapping[str, str]  # plural role noun -> its singular
    bodies: Mapping[str, tuple[str, bool]]  # noun -> (form, is it plural)
    named_bodies: frozenset[str]
    spokespeople: frozenset[str]
    ranks: frozenset[str]
    titles: Mapping[str, str]  # title -> gender ("m", "f" or "")
    first_names: Mapping[str, str]  # name -> gender ("m", "f" or "either")
    name_genders: Mapping[str, str]  # first name, further ones included -> gender ("m", "f" or "either")
    gendered_nouns: Mapping[str, str]  # noun for people, singular or plural -> gender ("m" or "f")
    sector_titles: Mapping[str, tuple[str, str]]  # title or role -> (kind, sector)
    sector_organisations: Mapping[str, str]  # word or name of an organisation -> sector
    sector_persons: Mapping[str, str]  # name of a widely known person -> sector
    sector_topics: Mapping[str, str]  # word of what people of a sector do, in lower case -> sector
    match_words: frozenset[str]  # those of the reports of a match or a race
    places: frozenset[str]
    adjectives: Mapping[str, str]  # Israeli -> people, Republican -> party
    peoples: frozenset[str]  # Israelis, Republicans
    outlets: Mapping[str, str]  # name or alias in lower case, without "the" -> name
    outlet_words: frozenset[str]  # words that mark a name as an outlet's in running text: Gazette
    outlet_field_words: frozenset[str]  # those, and words that do so where an outlet is expected: Star
    journalists: frozenset[str]  # singular and plural
    persons: Mapping[str, str]  # alias in lower case -> name
    starters: frozenset[str]  # capitalised at the start of a sentence or headline, not part of a name
    not_persons: frozenset[str]  # nouns for things that end like nouns for persons: number
    fields: frozenset[str]  # words before a noun for people that are their affiliation: military
    generic_documents: frozenset[str]  # nouns, singular and plural: "a study" identifies none
    works: frozenset[str]  # words before the title of a work: film, titled
    markers: re.Pattern[str]
    marker_openings: tuple[str, ...]  # with what the markers begin, in lower case
    reasons: tuple[tuple[str, re.Pattern[str]], ...]
    basis: re.Pattern[str]
    cue_stance: Mapping[str, str]
    abbreviations: frozenset[str]  # in lower case, without the full stop
    boilerplate: re.Pattern[str]  # matches a whole paragraph
    boilerplate_kinds: tuple[tuple[str, re.Pattern[str]], ...]  # kind, pattern: the first that fits
    boilerplate_inline: tuple[tuple[str, re.Pattern[str]], ...]  # kind, pattern of a piece of a paragraph
    passives: Mapping[str, str]  # word -> participle or adjective
    hedges: re.Pattern[str]
    topic_words: Mapping[str, str]  # term -> kind (event, everyday)
    judging_words: Mapping[str, str]  # word or phrase in each of its forms -> blame or praise
    target_words: Mapping[str, frozenset[str]]  # term -> its classes
    post_nominals: frozenset[str]  # letters after a name, as written
    short_names: Mapping[str, frozenset[str]]  # short first name -> the full ones
    experiences: Mapping[str, str]  # form of a verb for what somebody has lived through -> its voice
    title_words: Mapping[str, str]  # word in lower case -> part, aside, none, tied or noun
    trades: Mapping[str, str]  # noun for an organisation by its trade -> kind
    firm_words: frozenset[str]  # last words of the names of organisations: Timber, Rovers
    disclosures: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]  # kind, pattern, needed words
    acts: Mapping[str, Mapping[str, str]]  # cue in each of its forms -> its row of acts.csv
    reporting_verbs: Mapping[str, ReportingVerb]  # form ("said", "pointed out") -> its verb
    reporting_nouns: frozenset[str]  # warning, warnings
    deeds: frozenset[str]  # forms of verbs for what is done, not said: attacked, imposed
    source_phrases: frozenset[tuple[str, ...]]  # words in lower case: ("according", "to")
    generic_bodies: frozenset[str]  # nouns that take up an organisation: council, university
    page_notices: re.Pattern[str]  # notices of a page in place of an article
    folder_words: frozenset[str]  # names of folders that are not an outlet's: exports, march
    people_nouns: Mapping[str, frozenset[str]]  # kind -> nouns for people of this kind
    context_words: Mapping[str, frozenset[str]]  # kind -> words beside a name, noun or quotation, as written
    same_nouns: Mapping[str, str]  # noun for people -> the noun that it is taken for: staffer -> aide
    narrower_nouns: Mapping[str, tuple[str, ...]]  # musician -> violinist, cellist
    agent_nouns: Mapping[str, tuple[str, ...]]  # noun for who does something -> forms of its verb
    age_nouns: Mapping[str, tuple[int, int]]  # noun for people by age -> from and to: teenager -> 13, 19
    title_roles: Mapping[str, str]  # title in lower case, without full stop -> role: sen -> senator

    def outlet(self, name: str | None) -> str | None:
        """The name in the list of the outlet called `name`, or None."""
        return self.outlets.get(outlet_key(name)) if name else None


def load_lists(folder: str | Path | None = None, *, replace: Iterable[str] = ()) -> Lists:
    """The word lists of the package, extended by the CSV files of `folder`.

    A file of the folder has the name and columns of the list that it extends (roles.csv, outlets.csv, …).
    Its rows are added. They win where the first column is the same. The lists named in `replace` are
    taken from the folder alone. lexicons/README.md describes each list. Pass the result to `analyse`
    and to every other function that has a parameter `lists`.

    Raises ValueError for an unknown list, a missing column, an empty first column, a value that the
    column does not have, and a pattern that is not a regular expression.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "outlets.csv").write_text("name,kind,aliases\\nHarbour Post,newspaper,the HP\\n")
    >>> load_lists(folder).outlet("The HP")
    'Harbour Post'
    >>> load_lists(folder, replace=["outlets"]).outlet("Reuters") is None
    True
    """
    replace = frozenset([replace] if isinstance(replace, str) else replace)
    if folder is None:
        if replace:
            raise ValueError(f"replace={sorted(replace)} needs a folder to take these lists from.")
        return _package_lists()
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder; word lists are CSV files in a folder of their own.")
    own = {path.stem: path for path in sorted(folder.glob("*.csv"))}
    for name in [*own, *sorted(replace)]:
        if name not in COLUMNS or (name in replace and name not in own):
            raise ValueError(f"{folder} has no usable list {name!r}; the lists are {', '.join(COLUMNS)}.")
    rows = {name: [] if name in replace else _package_rows(name) for name in COLUMNS}
    for name, path in own.items():
        added = read_rows(lines_of(path), name, str(path), COLUMNS[name], VALUES)
        if name in SEVERAL_ROWS:  # the user's rows of a term are all that it has
            terms = {row[COLUMNS[name][0]].lower() for row in added}
            rows[name] = [row for row in rows[name] if row[COLUMNS[name][0]].lower() not in terms]
        rows[name] = [*added, *rows[name]]
    return _lists(rows)


@lru_cache(maxsize=50_000)
def outlet_key(name: str) -> str:
    """The key by which an outlet is looked up.

    The name in lower case, without "the" and the parts of a web address.
    """
    key = name.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return key.rstrip("/.").removeprefix("the ")


@cache
def _package_lists() -> Lists:
    return _lists({name: _package_rows(name) for name in COLUMNS})


@cache
def _package_rows(name: str) -> Rows:
    """The rows of a list of the package, which nobody may change."""
    path = resources.files("onrecord").joinpath(f"lexicons/{name}.csv")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return read_rows(lines, name, f"lexicons/{name}.csv", COLUMNS[name], VALUES)


def _lists(given: Mapping[str, Rows]) -> Lists:
    """The lists made of the rows `given`, in which an earlier row wins."""
    rows = {name: part[::-1] for name, part in given.items()}
    roles = {row["noun"].lower(): row for row in rows["roles"]}
    bodies = {row["noun"].lower(): (row["form"], False) for row in rows["bodies"]}
    for noun, (form, _) in list(bodies.items()):
        bodies.setdefault(plural_of(noun), (form, True))
    return Lists(
        singular={noun: row["uniqueness"] for noun, row in roles.items()},
        plural={row["plural"].lower() or plural_of(noun): noun for noun, row in roles.items()},
        bodies=bodies,
        named_bodies=frozenset(row["name"] for row in rows["named_bodies"]),
        spokespeople=lower_case(rows["spokespeople"], "phrase"),
        ranks=lower_case(rows["ranks"], "word"),
        titles={row["title"]: row["gender"] for row in rows["titles"]},
        first_names={row["name"]: row["gender"] for row in rows["first_names"]},
        name_genders={row["name"]: row["gender"] for row in [*rows["name_genders"], *rows["first_names"]]},
        gendered_nouns={
            form: row["gender"]
            for row in rows["gendered_nouns"]
            for form in (row["noun"].lower(), plural_of(row["noun"].lower()))
        },
        sector_titles={
            row["word"]: (row["kind"], row["sector"])
            for row in rows["sectors"]
            if row["kind"] not in ("organisation", "person", "topic", "match")
        },
        sector_organisations={
            row["word"]: row["sector"] for row in rows["sectors"] if row["kind"] == "organisation"
        },
        sector_topics={
            row["word"]: row["sector"] for row in rows["sectors"] if row["kind"] in ("topic", "match")
        },
        match_words=frozenset(row["word"] for row in rows["sectors"] if row["kind"] == "match"),
        sector_persons={row["word"]: row["sector"] for row in rows["sectors"] if row["kind"] == "person"},
        places=frozenset(row["name"] for row in rows["places"]),
        adjectives={row["adjective"]: row["kind"] for row in rows["peoples"]},
        peoples=frozenset(row["people"] for row in rows["peoples"]),
        outlets=aliases(given["outlets"], outlet_key),
        outlet_words=frozenset(row["word"] for row in rows["outlet_words"] if row["where"] == "text"),
        outlet_field_words=frozenset(row["word"] for row in rows["outlet_words"]),
        journalists=both_numbers(rows["journalists"]),
        persons=aliases(given["persons"], str.lower),
        starters=frozenset(row["word"] for row in rows["starters"]),
        not_persons=lower_case(rows["not_persons"], "noun"),
        fields=frozenset(row["word"] for row in rows["fields"]),
        generic_documents=both_numbers(rows["generic_documents"]),
        works=lower_case(rows["works"], "word"),
        markers=alternatives(rows["markers"]),
        marker_openings=openings(rows["markers"]),
        reasons=patterns(given["reasons"], "class"),
        basis=alternatives(rows["basis"]),
        cue_stance={
            form: row["stance"]
            for row in rows["cue_stance"]
            for form in (row["cue"].lower(), *filter(None, row["forms"].lower().split(";")))
        },
        abbreviations=frozenset(
            row["abbreviation"].lower().removesuffix(".") for row in rows["abbreviations"]
        ),
        boilerplate=alternatives(given["boilerplate"]),
        boilerplate_kinds=patterns(given["boilerplate"], "kind"),
        boilerplate_inline=patterns(given["boilerplate_inline"], "kind"),
        passives={row["word"].lower(): row["kind"] for row in rows["passives"]},
        hedges=alternatives(given["hedges"]),
        topic_words={row["term"].lower(): row["kind"] for row in rows["topic_words"]},
        judging_words={
            form: row["side"]
            for row in rows["judging_words"]
            for form in (row["word"].lower(), *filter(None, row["forms"].lower().split(";")))
        },
        target_words=classes(given["target_words"]),
        post_nominals=frozenset(row["letters"] for row in rows["post_nominals"]),
        short_names={row["short"]: frozenset(row["full"].split(";")) for row in rows["short_names"]},
        title_words={row["word"].lower(): row["kind"] for row in rows["title_words"]},
        trades={row["noun"].lower(): row["kind"] for row in rows["trades"]},
        firm_words=frozenset(row["word"] for row in rows["firm_words"]),
        disclosures=tuple(
            (
                row["kind"],
                re.compile(row["pattern"], re.IGNORECASE),
                tuple(filter(str.strip, row["needs"].lower().split(";"))),
            )
            for row in given["disclosures"]
        ),
        acts={form: row for row in rows["acts"] for form in filter(None, row["forms"].lower().split(";"))}
        | {row["cue"].lower(): row for row in rows["acts"]},
        reporting_verbs=verb_forms(given["reporting_verbs"]),
        reporting_nouns=lower_case(rows["reporting_nouns"], "noun")
        | lower_case([row for row in rows["reporting_nouns"] if row["plural"]], "plural"),
        deeds=all_forms(rows["deeds"]),
        experiences={form: row["voice"] for row in rows["experiences"] for form in all_forms([row])},
        source_phrases=frozenset(
            tuple(phrase.split()) for phrase in lower_case(rows["source_phrases"], "phrase")
        ),
        generic_bodies=lower_case(rows["generic_bodies"], "noun"),
        page_notices=alternatives(given["page_notices"]),
        folder_words=lower_case(rows["folder_words"], "word"),
        people_nouns=kinds_of(rows["people_nouns"], VALUES["people_nouns", "kind"]),
        context_words=kinds_of(rows["context_words"], VALUES["context_words", "kind"]),
        same_nouns={row["noun"].lower(): row["same_as"].lower() for row in rows["same_nouns"]},
        narrower_nouns=_parts_of(rows["broader_nouns"], "broader", "nouns"),
        agent_nouns=_parts_of(rows["agent_nouns"], "noun", "forms"),
        age_nouns=ages_of(rows["age_nouns"]),
        title_roles={row["title"].lower().rstrip("."): row["role"].lower() for row in rows["title_roles"]},
    )


def _parts_of(rows: Rows, key: str, column: str) -> dict[str, tuple[str, ...]]:
    """Parts of a column that semicolons separate, by the key in lower case."""
    return {row[key].lower(): tuple(filter(None, row[column].lower().split(";"))) for row in rows}


def word_set(text: str) -> frozenset[str]:
    """The words of `text`: a closed class of words that a rule needs."""
    return frozenset(text.split())
