"""Quoted answers, commands, hearers, asides, and questions that are not attributions."""

# ruff: noqa: E501 - one row per sentence reads better than a wrapped one

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import analyse


def read(text: str) -> list[tuple[str, str | None]]:
    """Return (words, speaker as written) of each attribution."""
    documents = pd.DataFrame(
        {"doc_id": ["a"], "text": [text.replace("¶", "\n\n")], "outlet": ["The Sarn Lantern"]}
    )
    return [
        (row.text, None if pd.isna(row.speaker) else row.speaker.strip(" ,"))
        for row in analyse(documents).attributions.itertuples()
    ]


SPEAKERS = [
    # a noun behind the quotation
    (
        "“Is it over?” Bo Lind called. “Not yet!” came the reply from bosun Mira Falk.",
        "“Not yet!”",
        "bosun Mira Falk",
    ),
    ("“A sieve,” was the verdict of diver Ruben Vask.", "“A sieve,”", "diver Ruben Vask"),
    ("“Never again,” was her answer. Oda Fenn left the hall.", "“Never again,”", "her"),
    ("The crew knocked twice. “Go home!” came the answer.", "“Go home!”", None),
    # outlets
    (
        "The barge sank in the fog, harbour radio quoted a pilot as saying on Sunday.",
        "The barge sank in the fog",
        "a pilot",
    ),
    (
        "The audit cites two clerks saying that the till was short.",
        "the till was short",
        "two clerks",
    ),
    ("As reported by the harbour board, two barges sank.", "two barges sank", "the harbour board"),
    ("From the tenants’ point of view, the lift is a trap.", "the lift is a trap", "the tenants"),
    # hearers
    (
        "The mill will stay, she said, telling the Post’s morning programme it was “never for sale”.",
        "it was “never for sale”",
        "she",
    ),
    (
        "A carter, who told the Courier he had “walked all night”, was fined.",
        "he had “walked all night”",
        "who",
    ),
    # asides
    (
        "Oda Fenn said, in a speech that ran for an hour, that the tunnel was safe.",
        "that the tunnel was safe",
        "Oda Fenn",
    ),
    ("The tribunal, however, held that the toll was lawful.", "the toll was lawful", "The tribunal"),
    # the main verb behind a relative clause is not said
    (
        "Mira Falk, the warden who in May warned that the tower was leaning, has left.",
        "that the tower was leaning",
        "Mira Falk, the warden who",
    ),
    # opinions
    (
        "The oyster beds could recover, Ruben Vask believes, if the outfall is closed.",
        "The oyster beds could recover … if the outfall is closed",
        "Ruben Vask",
    ),
    ("- The tunnel may never open, insiders fear.", "The tunnel may never open", "insiders"),
    (
        "Older than the town, thinks historian Bo Lind, whose book is out.",
        "Older than the town",
        "historian Bo Lind",
    ),
    # commands
    ("Bo Lind appealed to the villagers to share the well.", "to share the well", "Bo Lind"),
    (
        "The warden begged the skaters to leave the ice, adding that it was thin.",
        "to leave the ice",
        "The warden",
    ),
    # an opening adjunct belongs to its clause
    (
        "The suit also said that throughout the crossing, the mate made “rude signs”, according to the Ledger.",
        "that throughout the crossing, the mate made “rude signs”",
        "The suit",
    ),
    # an outlet that passes on what somebody said
    ("He said the weir was shut, according to the Halm Herald.", "the weir was shut", "He"),
    (
        "Fenn said the weir had been shut for a week, the Guardian reported.",
        "the weir had been shut for a week",
        "Fenn",
    ),
    (
        "The weir had been shut a week, Fenn said, according to local media.",
        "The weir had been shut a week",
        "Fenn",
    ),
    (
        "She told the court that the weir had been shut since May, the BBC reported.",
        "the weir had been shut since May",
        "She",
    ),
    (
        "A spokesman for the mill said on Monday it would close, Halm media reported.",
        "it would close",
        "A spokesman for the mill",
    ),
    (
        "The owner admitted that the mill is closed, according to a report by the BBC.",
        "the mill is closed",
        "The owner",
    ),
    (
        "Fenn told a court that the mill was shut, according to Halm media reports.",
        "the mill was shut",
        "Fenn",
    ),
    (
        "The mill had been shut for a week, according to the log.",
        "The mill had been shut for a week",
        "the log",
    ),
    # a noun in -ly is not an adverb
    (
        "The family also wants to help ensure that the lane is lit.",
        "to help ensure that the lane is lit",
        "The family",
    ),
    (
        "In the next storm, the quay will have to be cleared, Oda Fenn, the head of the pilots, threatened on Friday.",
        "In the next storm, the quay will have to be cleared",
        "Oda Fenn",
    ),
    # a participle without "was"
    (
        "The colt, tipped by its old trainer to “win by a mile”, came last.",
        "“win by a mile”",
        "its old trainer",
    ),
    # labels that are cut to the family name
    (
        "Lantern: Are there others?¶Mira Mac Falk: There are two of us.¶Lantern: Who is the other?¶Mac Falk: My aunt. She is better at it.",
        "My aunt. She is better at it.",
        "Mac Falk",
    ),
    # the outlet that an interview is for is nobody
    (
        "The potter Oda Fenn talks to The Evening Post about clay.¶Why clay?¶It is what my street is made of.¶And what is next?¶I go to my kiln every day.",
        "It is what my street is made of.",
        "Oda Fenn",
    ),
    (
        "As stated by the harbour board in a circular, the quay opens on Monday.",
        "the quay opens on Monday",
        "the harbour board",
    ),
    ("The mill, which insists the wheel is safe, is to shut.", "the wheel is safe", "which"),
    (
        "The warden told Radio Sarn there would be no second ferry.",
        "there would be no second ferry",
        "The warden",
    ),
    ("Pilot Bo Lind reckons most won’t sail.", "most won’t sail", "Pilot Bo Lind"),
    (
        "“We row for the cup,” said cox Oda Fenn defiantly on the eve of the race.",
        "“We row for the cup,”",
        "cox Oda Fenn",
    ),
    ("The tower has been mocked by locals as “the needle”.", "“the needle”", "locals"),
    # but an adjective with "to" has one
    (
        "The vote is on May 3. Some members support the plan, while others are opposed to it.",
        "to it",
        "others",
    ),
    # a passive with "to" has no speaker
    (
        "Mr Vask was said to have misled the buyer into thinking that the barge was his.",
        "to have misled the buyer into thinking that the barge was his",
        None,
    ),
    # words within a sentence are not tagged by the verb behind them
    ("The tenor writes that he “never once” sang sober.", "that he “never once” sang sober", "The tenor"),
]


@pytest.mark.parametrize(("text", "words", "speaker"), SPEAKERS)
def test_the_words_go_to_their_speaker(text: str, words: str, speaker: str | None) -> None:
    assert (words, speaker) in read(text)


NOT_ATTRIBUTED = [
    ("The cook gave each pilot a soup called “harbour mud” at noon.", "harbour mud"),
    ("A guard dubbed “the Fox” left the camp.", "the Fox"),
    ("The choir said goodbye to the old pier.", "goodbye"),
    ("Asked whether she would sail again, Mira Falk laughed and left.", "whether she would sail again"),
    ("Pressed on the toll, Ruben Vask said it was fair.", "on the toll"),
    ("The agent was asked for comment on the sale of the mill and hung up.", "the sale of the mill"),
    ("Do you believe the tunnel is safe?", "the tunnel is safe"),
    ("Please note that the pool is closed on Mondays.", "the pool is closed"),
    ("Falk Brothers signed a lease on the old mill.", "a lease"),
    ("The coach named an unchanged side and called up two teenagers.", "unchanged side"),
    ("The coach named an unchanged side and called up two teenagers.", "two teenagers"),
    ("The chart tells the story.", "the story"),
    ("The museum shows a map of the marsh.", "a map of the marsh"),
    ("Mira Falk argued with the referee and left the pitch.", "the referee"),
    ("Read more: the ferry will sail again in June.", "the ferry will sail again"),
]


@pytest.mark.parametrize(("text", "words"), NOT_ATTRIBUTED)
def test_what_nobody_said_is_not_an_attribution(text: str, words: str) -> None:
    assert not any(words in found for found, _ in read(text))
