"""Bylines: the persons who signed an article.

Without accounts, dates, roles and companies."""

from __future__ import annotations

import re

from onrecord.wordlists import load_lists, word_set

# Words that no person is called and that desks, agencies, accounts and roles are.
_NOT_PERSONS = word_set(
    "staff news desk team editor editors editorial editor-in-chief reporter reporters correspondent"
    " correspondents"
    " agency agencies press media newsroom bureau wire service services online network magazine company"
    " inc ltd llc"
    " plc group corp corporation contributor contributors admin administrator posts author guest"
    " columnist columnists"
    " associated reuters afp newspaper newspapers journal times post herald tribune gazette courier"
    " daily weekly"
    " radio tv television broadcasting channel website site web blog updated published follow share"
    " email newsletter"
    " subscribe opinion opinions sport sports politics business digital producer photographer intern"
    " freelance"
    " freelancer special senior chief junior deputy managing political foreign national international"
    " local your our"
    " the this all more view read comments account profile user login log sign twitter facebook"
    " instagram linkedin"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december am pm gmt est edt bst utc university institute foundation"
    " council mail telegraph guardian chronicle observer mirror"
)
_MONTH_NAMES = frozenset(["april", "june", "august"])  # persons are called so too, as their first name
_PARTICLES = word_set(
    "de da do dos du van von der den la le el al bin ibn ben bint ter ten zu y e di del della st"
)
_SPLIT = re.compile(r"\s*(?:;|\||•|·|/|\n|\t)\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&|with)\s+", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:(?:view |see |read )?(?:all|more) (?:posts|stories|articles) (?:by|from)|posted by|published by"
    r"|written by"
    r"|reported by|story by|words by|author|authors|text|by|von|par|por)\b\s*:?\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:\(.*|\[.*|<.*|@\w+.*|\bhttps?:.*|\S+@\S+.*"
    r"|\b(?:in|for|at|of|is an?|covers?|reports?|writes?|joined)\b.*"
    r"|\bon\s+(?:[A-Z][a-z]{2,8}\.?,?\s+){0,2}\d.*|\bupdated\b.*|\bpublished\b.*|\b\d.*)$",
    re.IGNORECASE | re.DOTALL,
)
# A role before or behind a name: "Chief Reporter Ada Writer", "Ada Writer Senior Editor".
_ROLE = (
    r"(?:(?:chief|senior|junior|deputy|managing|political|special|staff|national|foreign|business|sports?|science|health"
    r"|education|crime|defen[cs]e|environment|economics|city|local|news) )*"
    r"(?:reporter|correspondent|editor|columnist|producer|photographer|journalist)"
)
_ROLES = re.compile(rf"^{_ROLE}\s+(?=\S+\s+\S)|(?<=\S)\s+{_ROLE}$", re.IGNORECASE)
_IS_ROLE = re.compile(_ROLE, re.IGNORECASE)
_LONGEST = 200


def persons_of(author: str | None) -> str | None:
    """The persons that an author line names, parted by commas.

    None where it names nobody.

    "Posts by Ada Writer, Senior Reporter | Updated 5 March" is Ada Writer. Accounts, agencies and desks
    are not persons.
    """
    found = []
    for part in _SPLIT.split((author or "")[:_LONGEST]):
        name = _AFTER.sub("", _BEFORE.sub("", part.strip())).strip(" .,-–—")
        name = _ROLES.sub("", name).strip()
        if is_person(name) and name not in found:
            found.append(name)
    return ", ".join(found) or None


def is_person(name: str) -> bool:
    """Whether `name` is written like a person's.

    Two to five words with capitals, none of them a desk's.
    """
    words = name.split()
    if not words or len(name) > 60 or re.search(r"[\d@:/\\_<>{}=#]", name):
        return False
    lower = [word.strip(".,’'").lower() for word in words]
    if any(word in _NOT_PERSONS and not (i == 0 and word in _MONTH_NAMES) for i, word in enumerate(lower)):
        return False
    if len(words) == 1:
        return words[0] in load_lists().first_names and words[0][0].isupper()
    if len(words) > 5:
        return False
    return all(
        word in _PARTICLES or _is_capitalised(written) for word, written in zip(lower, words, strict=True)
    )


def _is_capitalised(word: str) -> bool:
    first = next((letter for letter in word if letter.isalpha()), "")
    return bool(first) and not first.islower()


def is_byline(line: str) -> bool:
    """Whether a line is a byline: "By" and a name, or names of persons alone."""
    line = line.strip()
    if len(line) > 100 or (
        line.endswith((".", "?", "!", ":", "”", '"')) and not re.search(r"\b[A-Z]\.$|Jr\.$", line)
    ):
        return False
    if re.match(r"(?:by|von|par)\s+\S", line, re.IGNORECASE):
        rest = re.split(r",|\band\b| in | for |\|", _BEFORE.sub("", line))[0]
        return is_person(rest.strip()) or (line.isupper() and len(line.split()) < 8) or line.startswith("By ")
    parts = [part for part in _SPLIT.split(re.sub(r"\s+in\s+[A-Z].{0,40}$", "", line)) if part]
    names = [part for part in parts if len(part.split()) > 1 and is_person(part)]
    others = [part for part in parts if part not in names]
    return bool(parts) and parts[0] in names and all(_IS_ROLE.fullmatch(part) for part in others)
