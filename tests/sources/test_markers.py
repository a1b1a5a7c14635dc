"""Anonymity markers, reasons and the basis of knowledge: the exact words, and whose they are."""

from __future__ import annotations

import re

import pytest

from coded import code
from onrecord.list_shapes import openings
from onrecord.mentions.anonymity import marker_spans
from onrecord.sources.markers import find_markers, reason_class
from onrecord.text.tokens import read_article
from onrecord.wordlists import _package_rows, load_lists

LISTS = load_lists()


@pytest.mark.parametrize(
    ("clause", "marker"),
    [
        ("speaking on condition of anonymity,", "on condition of anonymity"),
        ("speaking on the strict condition of anonymity,", "on the strict condition of anonymity"),
        ("who was granted anonymity,", "granted anonymity"),
        ("who insisted on anonymity,", "insisted on anonymity"),
        ("who asked not to be named,", "asked not to be named"),
        ("who declined to be identified,", "declined to be identified"),
        ("who did not want to be named,", "did not want to be named"),
        ("who wished to remain anonymous,", "wished to remain anonymous"),
        ("who asked that her name not be used,", "asked that her name not be used"),
        ("who declined to give his name,", "declined to give his name"),
        ("speaking anonymously,", "speaking anonymously"),
        ("who was not authorised to speak publicly,", "not authorised to speak publicly"),
        ("on condition that he not be identified,", "on condition that he not be identified"),
        ("who spoke off the record,", "spoke off the record"),
    ],
)
def test_families_of_markers(clause, marker):
    (coded,) = code(f"A docker, {clause} said the ships could wait.", "A docker")
    assert (coded.source.naming, coded.marker) == ("anonymous", marker)


@pytest.mark.parametrize(
    ("clause", "reason", "kind"),
    [
        ("because he feared losing his job", "because he feared losing his job", "reprisal or job"),
        ("for fear of attack by the militia", "for fear of attack by the militia", "safety"),
        ("to discuss an ongoing investigation", "to discuss an ongoing investigation", "legal or ongoing"),
        (
            "because the talks are confidential",
            "because the talks are confidential",
            "diplomatic or negotiation",
        ),
        ("because he was not authorised to speak", "because he was not authorised to speak", "boilerplate"),
        ("citing the sensitivity of the matter", "citing the sensitivity of the matter", "boilerplate"),
        ("to protect her family’s privacy", "to protect her family’s privacy", "privacy"),
        ("as the merger has not been announced", "as the merger has not been announced", "commercial"),
    ],
)
def test_reasons_and_their_classes(clause, reason, kind):
    (coded,) = code(f"A nurse, who asked not to be named {clause}, said the ward was full.", "A nurse")
    assert (coded.marker, coded.reason, coded.source.reason_class) == ("asked not to be named", reason, kind)


def test_a_clause_before_the_marker_is_the_reason():
    (coded,) = code(
        "Fearing reprisals, an engineer asked not to be named but said the dam leaks.", "an engineer"
    )
    assert (coded.marker, coded.reason) == ("asked not to be named", "Fearing reprisals")


def test_permission_alone_is_the_marker_and_its_clause_no_reason():
    (coded,) = code(
        "A surgeon said the figures were wrong, speaking privately because he was not "
        "authorised to speak publicly.",
        "A surgeon",
    )
    assert (coded.marker, coded.reason) == ("not authorised to speak publicly", None)


def test_a_marker_in_the_next_sentence_belongs_to_the_last_source():
    (coded,) = code("The dam leaks, an employee said. She asked not to be named.", "an employee")
    assert coded.marker == "asked not to be named"


def test_the_subject_of_the_marker_chooses_the_source():
    officials, aide = code(
        "Two officials said the draft was ready. An aide said it was not. The officials spoke "
        "on condition of anonymity.",
        "Two officials",
        "An aide",
    )
    assert (officials.source.naming, aide.source.naming) == ("anonymous", "unnamed")


@pytest.mark.parametrize(
    "told",
    [
        "an aide told reporters on condition of anonymity",
        "an aide told doctors on condition of anonymity",
        "an aide of doctors, who asked not to be named, said",
        "an aide, whom they called “nurses” on condition of anonymity, said",
    ],
)
def test_who_is_told_of_or_quoted_is_not_the_one_who_asks(told):
    (coded,) = code(f"It was late, {told}.", "an aide of doctors" if "of doctors" in told else "an aide")
    assert coded.source.naming == "anonymous"


def test_a_marker_of_somebody_who_is_not_quoted_marks_nobody():
    (aide,) = code("A nurse left. An aide said no. The nurse asked not to be named.", "An aide")
    assert aide.source.naming == "unnamed"
    nurse, aide = code(
        "A nurse said yes. An aide said no. The nurse asked not to be named.", "A nurse", "An aide"
    )
    assert (nurse.source.naming, aide.source.naming) == ("anonymous", "unnamed")


def test_like_others_reaches_every_individual():
    first, second, group = code(
        "One diplomat, who like others spoke on condition of anonymity, said no. A clerk said "
        "yes. Critics said both.",
        "One diplomat",
        "A clerk",
        "Critics",
    )
    assert [c.source.naming for c in (first, second, group)] == ["anonymous", "anonymous", "collective"]


def test_a_marker_inside_a_quotation_is_not_the_article_s():
    article = read_article("“He spoke on condition of anonymity,” Rosa Tench said of the report.")
    assert find_markers(article, LISTS) == []


def test_declining_to_comment_is_no_marker():
    (coded,) = code("A spokesman declined to comment. A clerk said no.", "A clerk")
    assert coded.source.naming == "unnamed"


def test_no_reason_has_the_class_none():
    assert reason_class(None, LISTS) == "none"


@pytest.mark.parametrize(
    ("mention", "basis"),
    [
        ("a person familiar with the matter", "familiar with the matter"),
        ("a friend close to the family", "close to the family"),
        ("an aide with direct knowledge of the talks", "with direct knowledge of the talks"),
        ("a lawyer involved in the case", "involved in the case"),
        ("three eyewitnesses", "eyewitnesses"),
    ],
)
def test_basis(mention, basis):
    (coded,) = code(f"The plan is dead, {mention} said.", mention)
    assert (coded.source.basis, coded.source.description_level) == (basis, 3)


def test_basis_in_the_clause_after_the_mention():
    (coded,) = code("A clerk, who was present at the meeting, said there was shouting.", "A clerk")
    assert coded.source.basis.endswith("present at the meeting")


@pytest.mark.parametrize("row", _package_rows("markers"), ids=lambda row: row["example"][:30])
def test_each_marker_is_found_at_a_word(row):
    text = f"Fenn, who spoke, {row['example']} on Friday, isn’t allowed to speak publicly."
    found = list(marker_spans(text, 0, len(text), load_lists()))
    assert found == [match.span() for match in load_lists().markers.finditer(text)] != []


@pytest.mark.parametrize(
    ("pattern", "stems"),
    [
        (r"\b(?:ask|beg)(?:ged|ed)? for anonymity", ("ask", "beg")),
        (r"\bwon[’']t be named", ("won",)),
        (r"\b(?:whose |(?:his|her) )?(?:real )?names? changed", ("her ", "his ", "name", "real ", "whose ")),
        (r"\bunnamed here|\bnameless(?= [)|])", ("nameless", "unnamed ")),
        (r"(?:\bnot|n[’']t) to be named", ("n", "not ")),
        (r"\b(?:(?:we|I) shall|(?<!will )nobody) be named", ("i ", "nobody ", "we ")),
        (r"\b(?:\w+ )?anonymously", ("", "anonymously")),
        (r"\bo?n condition", ("",)),
    ],
)
def test_the_patterns_say_with_what_a_marker_begins(pattern, stems):
    assert openings([{"pattern": pattern}]) == stems


@pytest.mark.parametrize("row", _package_rows("markers"), ids=lambda row: row["example"][:30])
def test_no_marker_begins_otherwise(row):
    stems = openings([row])
    assert "" not in stems
    begins = "|".join(map(re.escape, stems))
    otherwise = re.compile(rf"(?!{begins})(?:{row['pattern']})", re.IGNORECASE)
    for other in _package_rows("markers"):
        assert otherwise.search(f"She was {other['example']}, they said.") is None


@pytest.mark.parametrize("text", ["She isn’t authorised to speak.", "It isn’t naming her.", "Name changed."])
def test_a_marker_may_begin_within_a_word_or_with_a_capital(text):
    found = list(marker_spans(text, 0, len(text), LISTS))
    assert found == [match.span() for match in LISTS.markers.finditer(text)] != []
