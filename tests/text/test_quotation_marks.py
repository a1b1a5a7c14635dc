"""Quotation marks of every style, each with the quoted_span it encloses written out."""

from __future__ import annotations

import pytest

from onrecord.text.quotation_marks import (
    find_minor_quoted_spans,
    find_quoted_spans,
    paragraph_spans,
    uses_single_marks,
)


def quoted_spans(text: str):
    return find_quoted_spans(text, paragraph_spans(text))


def quoted(text: str) -> list[str]:
    return [text[quoted_span.start : quoted_span.end] for quoted_span in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The lock is shut," Ilse Varn said.', ['"The lock is shut,"']),
        ("“The lock is shut,” Ilse Varn said.", ["“The lock is shut,”"]),
        ("„The lock is shut“, Ilse Varn said.", ["„The lock is shut“"]),
        ("„The lock is shut,” Ilse Varn said.", ["„The lock is shut,”"]),
        ("«The lock is shut», Ilse Varn said.", ["«The lock is shut»"]),
        ("« The lock is shut », Ilse Varn said.", ["« The lock is shut »"]),
        ("»The lock is shut«, Ilse Varn said.", ["»The lock is shut«"]),
        ("''The lock is shut,'' Ilse Varn said.", ["''The lock is shut,''"]),
        ("``The lock is shut,'' Ilse Varn said.", ["``The lock is shut,''"]),
        ("〝The lock is shut,〞 Ilse Varn said.", ["〝The lock is shut,〞"]),
        ("‘The lock is shut,’ Ilse Varn said.", ["‘The lock is shut,’"]),
        ("'The lock is shut,' Ilse Varn said.", ["'The lock is shut,'"]),
        # A glyph that looks the wrong way, as typing programs leave it.
        ("”The lock is shut,” Ilse Varn said.", ["”The lock is shut,”"]),
        ("The lock is shut, Ilse Varn said.", []),
        ("", []),
    ],
)
def test_styles(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It leaks," she said, "and we knew."', ['"It leaks,"', '"and we knew."']),
        ("“It leaks,” she said, “and we knew.”", ["“It leaks,”", "“and we knew.”"]),
        ("‘It leaks,’ she said, ‘and we knew.’", ["‘It leaks,’", "‘and we knew.’"]),
        ("''It leaks,'' she said, ''and we knew.''", ["''It leaks,''", "''and we knew.''"]),
        ('He called it "a leak" and "a scandal".', ['"a leak"', '"a scandal"']),
        ('The ("temporary") pump—"on loan"—failed.', ['"temporary"', '"on loan"']),
        ('"Why?" she asked. "Because."', ['"Why?"', '"Because."']),
    ],
)
def test_several_in_one_paragraph(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“They wrote ‘not today’ on the gate,” she said.", ["“They wrote ‘not today’ on the gate,”"]),
        ("\"They wrote 'not today' on the gate,\" she said.", ["\"They wrote 'not today' on the gate,\""]),
        ("‘They wrote “not today” on the gate,’ she said.", ["‘They wrote “not today” on the gate,’"]),
        ("'They wrote \"not today\" on the gate,' she said.", ["'They wrote \"not today\" on the gate,'"]),
        ("“They said, ‘Not today,’” she recalled.", ["“They said, ‘Not today,’”"]),
        ("‘They said, “Not today,”’ she recalled.", ["‘They said, “Not today,”’"]),
        # Brackets stay inside.
        ("“I warned [Mayor Otto] Brandel,” she said.", ["“I warned [Mayor Otto] Brandel,”"]),
    ],
)
def test_nested_marks_belong_to_the_span_around_them(text, expected):
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘We don’t know, and they won’t say,’ Varn said.", ["‘We don’t know, and they won’t say,’"]),
        ("'We don't know, and they won't say,' Varn said.", ["'We don't know, and they won't say,'"]),
        ("‘The millers’ fund is empty,’ Varn said.", ["‘The millers’ fund is empty,’"]),
        ("'The millers' fund is empty,' Varn said.", ["'The millers' fund is empty,'"]),
        ("‘Rock ’n’ roll saved the ’80s,’ Varn said.", ["‘Rock ’n’ roll saved the ’80s,’"]),
        ("The millers’ fund is Varn’s. ‘It is empty,’ she said.", ["‘It is empty,’"]),
        ("The millers' fund is Varn's. 'It is empty,' she said.", ["'It is empty,'"]),
        ("In the '90s the mill's fund was full. 'It is empty,' she said.", ["'It is empty,'"]),
        ("‘Nobody asked,’ said Varn’s brother. ‘Nobody.’", ["‘Nobody asked,’", "‘Nobody.’"]),
        ("He called the millers’ fund ‘a joke’. ‘It is empty,’ he said.", ["‘a joke’", "‘It is empty,’"]),
    ],
)
def test_british_marks_are_told_from_apostrophes(text, expected):
    assert quoted(text) == expected
    assert all(quoted_span.is_single and quoted_span.is_closed for quoted_span in quoted_spans(text))


@pytest.mark.parametrize(
    "text",
    [
        "The millers’ fund isn’t empty, and the mill’s owners’ lawyers don’t mind.",
        "The millers' fund isn't empty, and the mill's owners' lawyers don't mind.",
        "'Tis the season of rock 'n' roll, and of the '90s.",
        "’Twas the ’90s. Tell ’em that.",
        "The beam was 5' 10'' long in places.",
        "Mill hands' pay, owners' pay, and O'Dell's pay",
    ],
)
def test_apostrophes_alone_are_no_marks(text):
    assert not uses_single_marks(text)
    assert [piece for piece in quoted(text) if "'" not in piece[0]] == []


def test_house_style_is_told_per_article():
    british = "‘We wait,’ she said. The sign read “Closed”. ‘We go on waiting,’ he said. It’s late."
    american = "“We wait,” she said. The sign read ‘Closed’. “We go on waiting,” he said. It’s late."
    assert uses_single_marks(british)
    assert not uses_single_marks(american)
    assert quoted(british) == ["‘We wait,’", "“Closed”", "‘We go on waiting,’"]
    assert quoted(american) == ["“We wait,”", "“We go on waiting,”"]


@pytest.mark.parametrize("mark", ['"', "“", "„", "«", "``", "''"])
def test_unclosed_mark_runs_to_the_end_of_its_paragraph(mark):
    text = f"She spoke. {mark}The lock is shut, and that is that.\nThe river rose.\nShe left."
    (quoted_span,) = quoted_spans(text)
    assert text[quoted_span.start : quoted_span.end] == f"{mark}The lock is shut, and that is that."
    assert not quoted_span.is_closed and not quoted_span.is_continued


def test_unclosed_british_mark():
    text = "‘We wait,’ she said. ‘We shall go on waiting for them.\nThe river rose."
    first, second = quoted_spans(text)
    assert first.is_closed and not second.is_closed
    assert text[second.start : second.end] == "‘We shall go on waiting for them."


def test_unclosed_mark_costs_no_later_quotation():
    text = '"The lock is shut, she said.\nThe river rose.\n"It will fall," he said.'
    assert quoted(text)[1:] == ['"It will fall,"']


@pytest.mark.parametrize(("opening", "closing"), ['""', "“”", "‘’", "«»", ("``", "''"), "„“"])
def test_reopened_paragraphs_are_one_chain(opening, closing):
    text = (
        f"{opening}The lock is shut,{closing} Varn said. {opening}It has leaked for years.\n"
        f"{opening}We asked for money.\n"
        f"{opening}None came.{closing}\n"
        "The river rose."
    )
    assert quoted(text) == [
        f"{opening}The lock is shut,{closing}",
        f"{opening}It has leaked for years.",
        f"{opening}We asked for money.",
        f"{opening}None came.{closing}",
    ]
    assert [quoted_span.is_continued for quoted_span in quoted_spans(text)] == [False, False, True, True]
    assert all(quoted_span.is_closed for quoted_span in quoted_spans(text))


def test_chain_that_never_closes_is_open_throughout():
    text = "“It has leaked for years.\n“We asked for money.\nThe river rose."
    assert [(s.is_continued, s.is_closed) for s in quoted_spans(text)] == [(False, False), (True, False)]


def test_quotation_after_a_closed_paragraph_goes_on_with_nothing():
    text = "“It has leaked for years.”\n“We asked for money.”"
    assert [quoted_span.is_continued for quoted_span in quoted_spans(text)] == [False, False]


def test_short_spans_in_the_other_mark():
    text = "Mayor calls lock ‘a disgrace’\n“They wrote ‘not today’,” she said. The millers’ ‘fund’ is empty."
    paragraphs = paragraph_spans(text)
    found = find_minor_quoted_spans(text, find_quoted_spans(text, paragraphs), paragraphs)
    assert [text[a:b] for a, b in found] == ["‘a disgrace’", "‘fund’"]


def test_no_minor_spans_in_british_style():
    text = "‘We wait,’ she said. The sign read “Closed”. ‘We go on waiting,’ he said."
    paragraphs = paragraph_spans(text)
    assert find_minor_quoted_spans(text, find_quoted_spans(text, paragraphs), paragraphs) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("One.", ["One."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
        ("One.\rTwo.", ["One.", "Two."]),
        ("  One. \n\n\t Two. ", ["One.", "Two."]),
        ("One.\u2029Two.\u2028Three.", ["One.", "Two.", "Three."]),
        # Hard-wrapped lines: blank lines part the paragraphs.
        (
            "The lock of Halm has been\nshut since Monday, when the\ngate gave way.\n\n"
            "Nobody was hurt, and\nthe ships wait.",
            [
                "The lock of Halm has been\nshut since Monday, when the\ngate gave way.",
                "Nobody was hurt, and\nthe ships wait.",
            ],
        ),
    ],
)
def test_paragraphs(text, expected):
    assert [text[a:b] for a, b in paragraph_spans(text)] == expected
