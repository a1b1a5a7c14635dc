"""E-mail files (.eml), as newsletters come.

The subject is the headline, the sender the outlet.

Where somebody forwarded the message, the one that was forwarded is the article: its sender, its day,
its subject and its words without the signs of quoting.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import re

from onrecord.readers.encoding import decode
from onrecord.readers.forwarded import (
    Forwarded,
    find_forwarded,
    outlet_of_sender,
    without_quoting,
    without_signature,
)
from onrecord.readers.lines import body_text, html_lines, unwrapped
from onrecord.readers.reading import Element, RawArticle, Reading, Unreadable
from onrecord.readers.web import page_text

_HEAD = {"received", "mime-version", "message-id", "date", "subject", "to"}
_FORWARD_SUBJECT = re.compile(r"(?:\s*(?:fwd?|wg|tr|rv|i|enc|vs|doorst)\s*:\s*)+", re.IGNORECASE)
_REPLY_SUBJECT = re.compile(r"(?:\s*(?:re|aw|sv|antw)\s*:\s*)+", re.IGNORECASE)
_PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS = 1_000  # parts and fields beyond these take time that grows with their square
_LONGEST_FIELD = 20_000
# Encodings that e-mails are written in; others are detected from the bytes.
_CHARSETS = frozenset(
    ["utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "latin-1", "latin1", "macintosh"]
    + [f"iso-8859-{n}" for n in range(1, 17)]
    + [f"{name}{n}" for n in range(1250, 1259) for name in ("windows-", "cp")]
    + ["koi8-r", "koi8-u", "gb2312", "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis", "iso-2022-jp"]
)
_MOST_LEVELS = 5  # of messages within messages


def is_mail(start: str) -> bool:
    """Whether a file starts with the head of an e-mail."""
    head = start.replace("\r\n", "\n").split("\n\n")[0]
    names = {name.lower() for name in re.findall(r"^([A-Za-z-]+):", head, re.MULTILINE)}
    return "from" in names and len(names & _HEAD) >= 2


def read_mail(data: bytes) -> Reading:
    """The one article of an e-mail.

    Of its plain text, or of its page where that contains more.
    """
    if (n_parts := len(_PART.findall(data))) > _MOST_PARTS:
        raise Unreadable(
            f"an e-mail of {n_parts:,} parts; e-mails of up to {_MOST_PARTS} parts are read: save its text "
            "as TXT"
        )
    data, n_long = _without_long_fields(data)
    message = email.message_from_bytes(data, policy=email.policy.default)
    subject = str(message["subject"]) if message["subject"] else None
    notes: list[str] = []
    if n_long:
        notes.append(f"{n_long} fields of the head longer than {_LONGEST_FIELD:,} characters left out")
    attached = _attached_message(message)
    if attached is not None:
        notes.append("an e-mail with another attached: the attached one is read")
        message = attached
        subject = str(message["subject"]) if message["subject"] else subject
    text, forwarded, has_signature = _text(message)
    name, address = email.utils.parseaddr(str(message.get("from", "")))
    outlet, published = outlet_of_sender(name, address), _date(message)
    if forwarded is not None:
        notes.append(f"forwarded by {name or address or 'somebody'}: the message that was forwarded is read")
        if forwarded.n_words_above:
            notes.append(f"{forwarded.n_words_above} words above the forwarded message left out")
        outlet, published = forwarded.outlet, forwarded.date
        subject = forwarded.subject or subject
    elif subject and _FORWARD_SUBJECT.match(subject):
        notes.append(
            "forwarded, but the message that was forwarded has no head: its outlet and day are not known"
        )
        outlet = published = None
    if subject:
        subject = _REPLY_SUBJECT.sub("", _FORWARD_SUBJECT.sub("", subject, count=1), count=1).strip() or None
    if has_signature:
        notes.append("a signature at the end left out")
    files = [file for part in message.iter_attachments() if (file := part.get_filename())]
    if files:
        notes.append(f"attachments not read: {', '.join(files)}")
    article = RawArticle(text, outlet=outlet, published=published, headline=subject)
    return Reading([article], 1, warnings=tuple(notes))


def _attached_message(message: Element) -> Element | None:
    """The message that another has attached, where that is what it is about."""
    found, current = None, message
    for _ in range(_MOST_LEVELS):
        inner = next(
            (
                part.get_content()
                for part in current.iter_attachments()
                if part.get_content_type() == "message/rfc822"
            ),
            None,
        )
        if inner is None:
            return found
        found = current = inner
    return found


def _text(message: Element) -> tuple[str | None, Forwarded | None, bool]:
    """The text of a message, what it forwards, and whether a signature was left out."""
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text, has_signature = None, False
    if plain is not None:
        lines = _content(plain).splitlines()
        is_wrapped = plain.get_param("format") == "flowed" or max(map(len, lines), default=0) <= 80
        forwarded = find_forwarded(lines)
        whole = forwarded.lines if forwarded else lines
        rest = without_signature(without_quoting(without_signature(whole)))
        has_signature = len(rest) < len(whole)
        text = body_text(unwrapped(rest) if is_wrapped else rest)
        if forwarded:
            return text, forwarded, has_signature
    if page is not None:
        content = _content(page)
        if content.strip() and (forwarded := find_forwarded(html_lines(content))):
            return body_text(without_quoting(forwarded.lines)), forwarded, False
        shown = page_text(content)
        if len(shown or "") > 1.5 * len(text or ""):
            text, has_signature = shown, False
    return text, None, has_signature


def _without_long_fields(data: bytes) -> tuple[bytes, int]:
    """An e-mail without the fields of its head that are too long, and how many."""
    head, blank, body = re.split(rb"(\r?\n\r?\n|\Z)", data, maxsplit=1)
    fields = re.split(rb"\r?\n(?![ \t])", head)
    kept = [field for field in fields if len(field) <= _LONGEST_FIELD]
    if len(kept) == len(fields):
        return data, 0
    return b"\n".join(kept) + blank + body, len(fields) - len(kept)


def _content(part: Element) -> str:
    try:
        if str(part.get_content_charset("utf-8")) not in _CHARSETS:
            raise LookupError  # "punycode" and the like are codecs of Python, not encodings of text
        return part.get_content()
    except (LookupError, UnicodeError):  # a charset that does not exist, or is not what it says
        return decode(part.get_payload(decode=True))[0]


def _date(message: Element) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(str(message["date"])).isoformat()
    except (TypeError, ValueError):
        return None
