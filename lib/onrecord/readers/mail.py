"""E-mail files (.eml), as newsletters come: the subject is the headline, the sender the outlet."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re

from onrecord.readers.encoding import decode
from onrecord.readers.lines import body_text, unwrapped
from onrecord.readers.reading import RawArticle, Reading
from onrecord.readers.web import page_text

_HEAD = {"received", "mime-version", "message-id", "date", "subject", "to"}


def is_mail(start: str) -> bool:
    """Return whether a file starts with the head of an e-mail."""
    head = start.replace("\r\n", "\n").split("\n\n")[0]
    names = {name.lower() for name in re.findall(r"^([A-Za-z-]+):", head, re.MULTILINE)}
    return "from" in names and len(names & _HEAD) >= 2


def read_mail(data: bytes) -> Reading:
    """Return the one article of an e-mail: of its plain text, or of its page where that holds more."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text = None
    if plain is not None:
        lines = _content(plain).splitlines()
        is_wrapped = plain.get_param("format") == "flowed" or max(map(len, lines), default=0) <= 80
        text = body_text(unwrapped(lines) if is_wrapped else lines)
    if page is not None:
        shown = page_text(_content(page))
        text = shown if len(shown or "") > 1.5 * len(text or "") else text
    name, address = email.utils.parseaddr(str(message.get("from", "")))
    attached = [part.get_filename() for part in message.iter_attachments() if part.get_filename()]
    return Reading(
        [
            RawArticle(
                text,
                outlet=name or address or None,
                published=_date(message),
                headline=str(message["subject"]) if message["subject"] else None,
            )
        ],
        1,
        warnings=(f"attachments not read: {', '.join(attached)}",) if attached else (),
    )


def _content(part) -> str:
    try:
        return part.get_content()
    except (LookupError, UnicodeError):  # a charset that does not exist, or is not what it says
        return decode(part.get_payload(decode=True))[0]


def _date(message) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(str(message["date"])).isoformat()
    except (TypeError, ValueError):
        return None
