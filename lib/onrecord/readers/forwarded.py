"""The message within a message: where a forwarded one begins, and its head."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from onrecord.readers.dates import find_date, parse_date

_QUOTING = re.compile(r"(?:\s?[>|])+ ?")
_FIELD = re.compile(
    r"[>|\s*_]*(From|Date|Sent|Subject|To|Cc|Reply-To|Von|Gesendet|Datum|Betreff|An|De|Envoyé|Objet|À|Da|Oggetto|Enviado"
    r"|Asunto|Para)\s*:[*_\s]*(.*)$",
    re.IGNORECASE,
)
_MEANING = {
    "from": "from", "von": "from", "de": "from", "da": "from", "date": "date", "sent": "date",
    "gesendet": "date",
    "datum": "date", "envoyé": "date", "enviado": "date", "subject": "subject", "betreff": "subject",
    "objet": "subject", "oggetto": "subject", "asunto": "subject",
}  # fmt: skip
_MARK = re.compile(
    r"[>|\s*_-]*(?:(?:begin )?forwarded message|original message|weitergeleitete nachricht|urspr.ngliche"
    r" nachricht"
    r"|message transf.r.|message d.origine|mensaje (?:reenviado|original)|messaggio (?:inoltrato"
    r"|originale))\s*:?[\s*_-]*$",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"[>|\s]*On (.{6,80}?),? (?:at [\d:]+ ?(?:[AP]M)?,? )?([^<>\d]{2,60}?)\s*(?:<([^<>]+)>)?\s*wrote:\s*$"
)
_SENT_FROM = re.compile(r"(?:Sent from (?:my|Outlook|Mail|Yahoo)|Get Outlook for)\b.{0,80}$", re.IGNORECASE)
_SIGNATURE_LINES = 15
_MOST_FIELDS = 12  # lines of a head


class Forwarded(NamedTuple):
    """A message within a message.

    Its head as written, its lines, and the words above it.
    """

    outlet: str | None
    date: str | None
    subject: str | None
    lines: list[str]
    n_words_above: int


def find_forwarded(lines: list[str]) -> Forwarded | None:
    """The innermost message that `lines` forward, if they do.

    One with a head of its own.
    """
    found, begins = None, None
    at = 0
    while at < len(lines):
        if _MARK.match(lines[at]) or _FIELD.match(lines[at]):
            begin = at
            if _MARK.match(lines[at]):
                at += 1
            fields, after = _head(lines, at)
            if (
                "from" in fields
                and len(fields) >= (2 if begin < at else 3)
                and _has_words(islice(lines, after, after + 200))
            ):
                found, begins = (fields, after), begin if begins is None else begins
                at = after
                continue
            at = max(at, begin + 1)
            continue
        if (wrote := _WROTE.match(lines[at])) and any(
            _QUOTING.match(line) for line in lines[at + 1 : at + 4]
        ):
            sender = f"{wrote[2]} <{wrote[3]}>" if wrote[3] else wrote[2]
            if found is None:
                found, begins = ({"from": sender, "date": wrote[1]}, at + 1), at
        at += 1
    if found is None:
        return None
    fields, after = found
    sender = re.sub(r"\[mailto:([^\]]+)\]", r"<\1>", fields["from"])
    name, address = email.utils.parseaddr(sender.replace("*", ""))
    above = " ".join(line for line in lines[:begins] if not _FIELD.match(line)).split()
    return Forwarded(
        outlet_of_sender(name or (sender if "@" not in sender else ""), address),
        _date(fields.get("date")),
        fields.get("subject", "").strip(" *_") or None,
        lines[after:],
        len(above),
    )


def outlet_of_sender(name: str | None, address: str | None) -> str | None:
    """The outlet of a sender.

    The name that it gives itself, else the domain that it writes from.
    """
    name = (name or "").strip(" \"'")
    if name and "@" not in name:
        return name
    domain = (address or name or "").rpartition("@")[2].strip("<>[] ")
    return domain or None


def _has_words(lines: Iterable[str]) -> bool:
    return sum(len(line.split()) for line in lines) >= 3


def _head(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    """The fields of a head that begins at a line, and the line after it."""
    while at < len(lines) and not lines[at].strip(" >|"):
        at += 1
    fields: dict[str, str] = {}
    last = None
    for number in range(at, min(at + _MOST_FIELDS, len(lines))):
        field = _FIELD.match(lines[number])
        bare = _QUOTING.sub("", lines[number], count=1).strip()
        if field:
            last = _MEANING.get(field[1].lower(), field[1].lower())
            fields.setdefault(last, field[2].strip())
            at = number + 1
        elif (
            not bare
            and not fields.get("subject")
            and number + 1 < len(lines)
            and _FIELD.match(lines[number + 1])
        ):
            at = number + 1  # a page sets each field in a paragraph of its own
        elif bare and last in ("from", "date", "subject") and number == at and not fields[last]:
            fields[last] = bare  # the value on a line below
            at = number + 1
        elif bare and last in ("to", "cc", "an", "para") and number == at and "@" in bare:
            at = number + 1  # more recipients
        else:
            break
    return fields, at


def _date(written: str | None) -> str | None:
    if not written:
        return None
    written = written.strip(" *_")
    try:
        return email.utils.parsedate_to_datetime(written).isoformat()
    except (TypeError, ValueError):
        pass
    bare = re.sub(r"\s+at\s+", " ", written)
    return bare if parse_date(bare) else find_date(written) or written


def without_quoting(lines: list[str]) -> list[str]:
    """Lines without the signs of quoting before them, where most of them have one."""
    filled = [line for line in lines if line.strip()]
    quoted = [line for line in filled if re.match(r"\s?[>|]", line)]
    if not filled or len(quoted) < 0.6 * len(filled):
        return lines
    return [_QUOTING.sub("", line, count=1) if re.match(r"\s?[>|]", line) else line for line in lines]


def without_signature(lines: list[str]) -> list[str]:
    """Lines without the signature at their end.

    After a line of two hyphens, or of a telephone.
    """
    filled = [i for i, line in enumerate(lines) if line.strip()]
    for i in filled[-_SIGNATURE_LINES:]:
        bare = _QUOTING.sub("", lines[i], count=1) if lines[i].lstrip().startswith(">") else lines[i]
        if i > filled[0] and (bare.rstrip() == "--" or (i in filled[-2:] and _SENT_FROM.match(bare.strip()))):
            return lines[:i]
    return lines
