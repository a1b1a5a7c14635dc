"""The tone encoder: its pieces, its numbers, and what it must not depend on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.tone.encoder import encoder_scores, load_encoder
from onrecord.tone.targets import add_target_tone
from onrecord.tone.wordpieces import LONGEST, Vocabulary, target_pieces

PIECES = [
    *("[CLS]", "[SEP]", "[UNK]", "[NAME]", "[TARGET]", "[TARGET-PRONOUN]", "[TARGET-NOUN]"),
    *("the", "court", "fine", "##d", "he", "his", "man", "praised", "'", "s", ".", ",", "0", "in", "-", '"'),
    *("and", "critics", "accuse", "of", "lies", "cafe"),
]
SMALL = Vocabulary(
    rows={piece: row for row, piece in enumerate(PIECES)},
    common=frozenset(["she", "the", "court", "critics", "accuse", "of", "lies", "in"]),
    same={"she": "he", "her": "his", "woman": "man"},
)


def pieces(text: str) -> str:
    """Pieces of a text whose target is between square brackets."""
    start, end = text.index("["), text.index("]") - 1
    rows, at = target_pieces(text.replace("[", "").replace("]", ""), start, end, SMALL)
    assert PIECES[rows[at]].startswith("[TARGET")
    return " ".join(PIECES[row] for row in rows[1:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The court fined [Lind].", "the court fine ##d [TARGET] ."),
        ("The court fined Senator Ann [Lind]’s man in 2019.", "the court fine ##d [TARGET] ' s man in 0 ."),
        ("Berg praised [her] and the U.S. court.", "[NAME] praised [TARGET-PRONOUN] and the [NAME] court ."),
        ("Ms. J. K. Holm praised [the court].", "[NAME] praised [TARGET-NOUN] ."),
        ("She praised the woman, [Lind], in her café.", "he praised the man , [TARGET] , in his cafe ."),
        ("Critics Accuse [Lind] Of Lies In Court", "critics accuse [TARGET] of lies in court"),
        ("“The [Court]”", '" the [TARGET] "'),
        ("[Lind] praised 东.", "[TARGET] praised [UNK] ."),
    ],
)
def test_pieces_around_a_target(text, expected):
    assert pieces(text) == expected


def test_a_long_text_is_cut_around_the_target():
    for before, after in ((500, 500), (500, 3), (3, 500)):
        text = "court " * before + "Lind" + " court" * after
        rows, at = target_pieces(text, 6 * before, 6 * before + 4, SMALL)
        assert len(rows) <= LONGEST and PIECES[rows[at]] == "[TARGET]"
        assert rows[0] == 0 and rows[-1] == 1


def test_every_word_can_be_spelt():
    encoder = load_encoder()
    unknown = encoder.vocabulary.rows["[UNK]"]
    for word in ("zyxquorv", "überfällig", "naïveté", "q", "w0rd"):
        rows, _ = target_pieces(f"the {word} of Lind", len(word) + 8, len(word) + 12, encoder.vocabulary)
        assert unknown not in rows


SENTENCES = [
    "Critics accused [Lind] of corruption and lies.",
    "[Lind] was applauded for her courage and honesty.",
    "[Lind] will meet the committee on Tuesday, an aide said, before the council votes on the budget.",
    "Lind met [Berg].",
]


def rows_of(sentences: list[str]) -> list[tuple[str, int, int]]:
    return [
        (text.replace("[", "").replace("]", ""), text.index("["), text.index("]") - 1) for text in sentences
    ]


def test_a_result_does_not_depend_on_its_neighbours():
    together = encoder_scores(rows_of(SENTENCES) * 3)
    for number, target in enumerate(rows_of(SENTENCES)):
        assert np.allclose(together[number], encoder_scores([target])[0], atol=0.002)
        assert (together[number] == together[number + len(SENTENCES)]).all()
    assert (together == encoder_scores(rows_of(SENTENCES) * 3)).all()


def test_no_target_gives_an_empty_table():
    assert encoder_scores([]).shape == (0, 3)


def test_weights_are_finite_and_probabilities_add_up():
    encoder = load_encoder()
    assert len(encoder.pieces) == len(encoder.vocabulary.rows)
    for layer in encoder.layers:
        assert all(np.isfinite(part).all() for part in layer)
    assert np.exp(encoder_scores(rows_of(SENTENCES))).sum(axis=1) == pytest.approx(1)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(min_size=1, max_size=10), st.text(max_size=60))
def test_any_text_has_a_tone(before, target, after):
    scores = encoder_scores([(before + target + after, len(before), len(before) + len(target))])
    assert np.isfinite(scores).all()


def test_the_two_models_are_two_and_another_is_refused():
    frame = pd.DataFrame(rows_of(SENTENCES), columns=["text", "start", "end"])
    encoder, fast = (
        add_target_tone(frame, model=model)["target_tone_probability"] for model in ("encoder", "fast")
    )
    assert not encoder.equals(fast)
    with pytest.raises(ValueError, match="model must be one of encoder or fast, not 'fats'"):
        add_target_tone(frame, model="fats")
