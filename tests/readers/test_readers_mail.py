"""E-mail: of a forwarded message its own sender, day and words; signs of quoting and signatures go."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

from email.message import EmailMessage

import pytest

from onrecord.readers.formats import read_bytes
from onrecord.readers.mail import read_mail

STORY = [
    '"The weir leaks," said Runa Aalt, who built it.',
    "The board of Ostermark meets on Monday, officials said.",
]
TEXT = "\n\n".join(STORY)
QUOTED = "\n>\n".join(f"> {line}" for line in STORY)
HEAD = "From: The Weir Post <news@weirpost.example>\n{day}: {date}\nSubject: The weir leaks\nTo: <ole@y.example>\n\n"
GMAIL = HEAD.format(day="Date", date="Tue, Feb 3, 2026 at 10:00 AM")
OUTLOOK = HEAD.format(day="Sent", date="Tuesday, February 3, 2026 10:00 AM")


def mail(body: str, subject: str = "Fwd: The weir leaks", kind: str = "plain") -> bytes:
    return (
        f"From: Ole Brandt <ole@y.example>\nTo: me@y.example\nSubject: {subject}\nMIME-Version: 1.0\n"
        f'Date: Wed, 04 Feb 2026 10:00:00 +0000\nContent-Type: text/{kind}; charset="utf-8"\n\n{body}'
    ).encode()


FORWARDED = {
    "Gmail": f"See this.\n\n---------- Forwarded message ---------\n{GMAIL}{TEXT}",
    "Gmail, quoted": f"See.\n\n---------- Forwarded message ---------\n{GMAIL}{QUOTED}\n\n-- \nOle Brandt\nArchive\nTel. 1",
    "Outlook": f"-----Original Message-----\n{OUTLOOK}{TEXT}",
    "Outlook, a line": f"Regards\n\n________________________________\n{OUTLOOK}{TEXT}",
    "Apple": "Begin forwarded message:\n\n" + "\n".join(f"> {line}" for line in (GMAIL + TEXT).split("\n")),
    "Thunderbird": "-------- Forwarded Message --------\nSubject: \tThe weir leaks\nDate: \tTue, 3 Feb 2026 10:00:00 +0000\n"
    f"From: \tThe Weir Post <news@weirpost.example>\nTo: \tole@y.example\n\n\n{TEXT}",
    "twice": "---------- Forwarded message ---------\nFrom: Pia Lund <pia@y.example>\nDate: Wed, Feb 4, 2026\n"
    f"Subject: Fwd: The weir leaks\nTo: Ole\n\nLook.\n\n---------- Forwarded message ---------\n{GMAIL}{TEXT}",
    "quoted by a reply": f"Look!\n\nOn Tue, Feb 3, 2026 at 10:00 AM The Weir Post <news@weirpost.example> wrote:\n\n{QUOTED}",
}


@pytest.mark.parametrize("body", FORWARDED.values(), ids=FORWARDED)
def test_a_forwarded_message_is_the_article(body):
    file_format, reading = read_bytes(mail(body), "eml")
    article = reading.articles[0]
    assert file_format == "eml" and article.text == TEXT
    assert (article.outlet, article.headline) == ("The Weir Post", "The weir leaks")
    assert "2026-02-03" in article.published or "Feb 3, 2026" in article.published
    assert reading.warnings[0] == "forwarded by Ole Brandt: the message that was forwarded is read"


def test_a_forwarded_page_and_an_attached_message():
    page = f"<div>See<br>---------- Forwarded message ---------<br>{GMAIL.strip()}".replace(
        "<news@weirpost.example>", ""
    )
    page = page.replace("\n", "<br>") + "".join(f"<p>{line}</p>" for line in STORY) + "</div>"
    article = read_mail(mail(page, kind="html")).articles[0]
    assert (article.outlet, article.text) == ("The Weir Post", TEXT)
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "The Weir Post <news@weirpost.example>", "The weir leaks"
    inner["Date"] = "Tue, 03 Feb 2026 10:00:00 +0000"
    inner.set_content(TEXT)
    outer["From"], outer["To"], outer["Subject"] = "Ole <ole@y.example>", "a@b.example", "Fwd: weir"
    outer.set_content("See.")
    outer.add_attachment(inner)
    reading = read_mail(outer.as_bytes())
    assert (reading.articles[0].outlet, reading.articles[0].text) == ("The Weir Post", TEXT)
    assert "another attached" in reading.warnings[0]


def test_a_forwarded_message_without_a_head_has_no_outlet():
    reading = read_mail(mail(QUOTED))
    article = reading.articles[0]
    assert (article.text, article.outlet, article.published) == (TEXT, None, None)
    assert "its outlet and day are not known" in reading.warnings[0]


def test_a_message_that_nobody_forwarded():
    reading = read_mail(mail(f"{TEXT}\n\n-- \nThe Weir Post\nUnsubscribe", subject="The weir leaks"))
    article = reading.articles[0]
    assert (article.text, article.outlet, article.headline) == (TEXT, "Ole Brandt", "The weir leaks")
    assert reading.warnings == ("a signature at the end left out",)
    story = 'From: the bridge, he saw it.\n\nSent: nobody. "On Monday he wrote: no," she said.'
    assert read_mail(mail(story, subject="A letter")).articles[0].text == story
