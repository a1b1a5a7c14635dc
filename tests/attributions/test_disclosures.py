"""Disclosures: who did not answer, what was not verified, and what is neither."""

from __future__ import annotations

import pandas as pd
import pytest

import onrecord
from onrecord.attributions.rules.disclosures import detect_disclosures
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from timing import processor_seconds

LISTS = load_lists()

# (sentence, kind, who)
FOUND = [
    ("A spokesman for Alder Foods declined to comment.", "declined", "A spokesman for Alder Foods"),
    ("Quill, who runs the pier, refused to say how much it cost.", "declined", "Quill"),
    ("The ministry would not comment on the leak.", "declined", "The ministry"),
    ("Ms Orr, the owner, had no comment.", "declined", "Ms Orr"),
    ("Alder denied the claim and declined to elaborate.", "declined", "Alder"),
    ("She said the firm has yet to comment.", "declined", "the firm"),
    ("Alder did not immediately respond to a request for comment.", "no_response", "Alder"),
    ("The mayor and the council did not return calls.", "no_response", "The mayor and the council"),
    ("The port has not responded to repeated requests for comment.", "no_response", "The port"),
    ("Calls to the ministry were not returned.", "no_response", "the ministry"),
    ("Emails sent to Ada Quill went unanswered.", "no_response", "Ada Quill"),
    ("There was no immediate comment from the harbour office.", "no_response", "the harbour office"),
    ("Neither Quill nor her lawyer responded to questions.", "no_response", "Quill nor her lawyer"),
    ("Quill could not be reached for comment.", "unreachable", "Quill"),
    ("The owner was not immediately available for comment.", "unreachable", "The owner"),
    ("Attempts to reach the owner were unsuccessful.", "unreachable", "the owner"),
    ("The Mill Courier could not independently verify the video.", "unverified", "The Mill Courier"),
    ("The video could not be independently verified.", "unverified", None),
]
NONE = [
    "An agreement could not be reached.",
    "Share prices declined to new lows.",
    "A clerk asked not to be named.",
    "The patient did not respond to treatment.",
    "The firm denied that it had cut jobs.",
    "He refused to leave the pier.",
    "The army did not respond to the attack.",
    "“We declined to comment,” the clerk said.",
    "We do not comment on letters.",
    "The group failed to respond to a records request.",
]


def found(text: str, outlet: str | None = None) -> list:
    return detect_disclosures(read_article(text), outlet, LISTS)


@pytest.mark.parametrize(("text", "kind", "who"), FOUND)
def test_who_did_not_answer(text, kind, who):
    (disclosure,) = found(text)
    assert disclosure.kind == kind
    assert (text[slice(*disclosure.who)] if disclosure.who else None) == who


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_disclosure(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "outlet", "expected"),
    [
        ("Alder did not respond to a request for comment.", None, True),
        ("Alder did not respond to the Mill Courier’s request for comment.", "Mill Courier", True),
        ("Alder did not respond to the Mill Courier’s request for comment.", "Tarn Post", False),
        ("Alder did not respond to the Mill Courier’s request for comment.", None, None),
        ("Alder declined to comment to Reuters.", "Tarn Post", False),
        ("Quill refused to answer questions from lawmakers.", "Tarn Post", False),
    ],
)
def test_whose_request_it_was(text, outlet, expected):
    (disclosure,) = found(text, outlet)
    assert disclosure.is_own_request is expected


def test_never_among_the_attributions():
    text = (
        "Mayor Ada Quill said on Monday that the bridge was safe. She declined to comment on the cost.\n\n"
        "Calls to the ministry were not returned. Alder Foods denied that it had cut jobs."
    )
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "outlet": ["Mill Courier"], "text": [text]}))
    assert analysis.attributions["cue"].tolist() == ["said", "denied"]
    table = analysis.disclosures
    assert table["kind"].tolist() == ["declined", "no_response"]
    assert table["source_id"].tolist() == [0, pd.NA]  # she is Ada Quill; the ministry says nothing here
    for start, end, words in table[["start", "end", "text"]].itertuples(index=False):
        assert text[start:end] == words


def test_counts_and_finds_by_hand():
    texts = [
        "Alder declined to comment. Quill could not be reached for comment.",
        "It rained.",
        "Orr declined to comment.",
    ]
    documents = pd.DataFrame({"doc_id": list("abc"), "outlet": ["X", "X", "Y"], "text": texts})
    analysis = onrecord.analyse(documents)
    table = onrecord.count_disclosures(analysis).set_index("kind")
    assert table["n_hits"].to_dict() == {
        "any": 2,
        "declined": 2,
        "no_response": 0,
        "unreachable": 1,
        "unverified": 0,
    }
    assert table.loc["any", "n_disclosures"] == 3 and table.loc["any", "n_articles"] == 3
    grouped = onrecord.count_disclosures(analysis, by="outlet").set_index(["outlet", "kind"])
    assert grouped.loc[("X", "any"), ["n_hits", "n_articles", "n_disclosures"]].tolist() == [1, 2, 2]
    rows = onrecord.find_passages(analysis, analysis.disclosures.query("kind == 'unreachable'"))
    assert rows["passage"].tolist() == ["Quill could not be reached for comment."]
    assert rows["outlet"].tolist() == ["X"] and rows["who"].tolist() == ["Quill"]
    assert len(onrecord.find_passages(analysis, analysis.disclosures, n=2)) == 2


def test_users_add_a_wording(tmp_path):
    header = "kind,pattern,needs,example\n"
    (tmp_path / "disclosures.csv").write_text(header + "declined,hung up\\b,,hung up\n", encoding="utf-8")
    lists = load_lists(tmp_path)
    (disclosure,) = detect_disclosures(read_article("The owner hung up."), None, lists)
    assert disclosure.kind == "declined"
    assert found("The owner hung up.") == []


def test_time_is_linear():
    line = "The firm did not, as far as anybody knew, respond to any of the many calls and emails it had; "

    def seconds(times: int) -> float:
        article = read_article(line * times)
        return processor_seconds(lambda: detect_disclosures(article, None, LISTS))

    assert seconds(1600) < 40 * max(seconds(200), 0.005)


@pytest.mark.parametrize(
    "request_",
    ["asked not to be named", "asked that her surname not be used", "requested that her name not be printed"],
)
def test_a_request_to_stay_unnamed_is_not_an_attribution(request_):
    text = (
        f"The boat sank on Monday.\n\n“It was old,” said a rower who {request_}. Officials said it was new."
    )
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert analysis.attributions["text"].tolist() == ["“It was old,”", "it was new"]
