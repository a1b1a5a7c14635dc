"""Reading annotations in brat's format, and laying them on tokens; on a tiny folder made here."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.attributions.tagging.labels import LABELS
from onrecord.text.tokens import read_article
from training.dataset import CueCounts, Dataset, number_features, token_labels, token_range
from training.polnear import Gold, read_annotations, read_polnear

TEXT = "“It leaks,” Ilse Varn said, “and we knew.”\nAccording to Halm, it was shut."


def bound(number: int, label: str, *pieces: str) -> str:
    spans = ";".join(f"{TEXT.index(piece)} {TEXT.index(piece) + len(piece)}" for piece in pieces)
    return f"T{number}\t{label} {spans}\t{' '.join(pieces)}"


ANNOTATION = "\n".join(
    [
        bound(1, "Attribution", "said"),
        bound(2, "Source", "Ilse Varn"),
        bound(3, "Cue", "said"),
        bound(4, "Content", "“It leaks,”", "“and we knew.”"),
        "E1\tAttribution:T1 Source:T2 Cue:T3 Content:T4",
        bound(5, "Attribution", "According to"),
        bound(6, "Source", "Halm"),
        bound(7, "Cue", "According to"),
        bound(8, "Content", "it was shut"),
        "E2\tAttribution:T5 Source:T6 Cue:T7 Content:T8",
        "E3\tAttribution:T5 Source:T6 Cue:T7 Content:T8",  # the same once more
        "E4\tAttribution:T5 Cue:T7",  # without a content
        bound(9, "Discard", "was"),
        "A1\tUnsure E1",
        "",
    ]
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "halm.txt").write_bytes(TEXT.encode())
    (tmp_path / "text" / "none.txt").write_bytes(b"Nobody coded this.")
    (tmp_path / "attributions" / "halm_00aa.ann").write_text(ANNOTATION, encoding="utf-8")
    (tmp_path / "attributions" / "halm_00bb.ann").write_text("", encoding="utf-8")
    return tmp_path


def words(spans) -> list[str]:
    return [TEXT[a:b] for a, b in spans]


def test_annotations(folder):
    golds, discard = read_annotations(folder / "attributions" / "halm_00aa.ann")
    assert [words(gold.content) for gold in golds] == [["“It leaks,”", "“and we knew.”"], ["it was shut"]]
    assert [words(gold.cue) for gold in golds] == [["said"], ["According to"]]
    assert [words(gold.source) for gold in golds] == [["Ilse Varn"], ["Halm"]]
    assert words(discard) == ["was"]


def test_first_annotator_or_each(folder):
    (first,) = read_polnear(folder)
    assert (first.name, first.text, len(first.attributions)) == ("halm", TEXT, 2)
    both = read_polnear(folder, every_annotator=True)
    assert [(item.name, len(item.attributions)) for item in both] == [("halm", 2), ("halm", 0)]


def test_a_folder_without_articles_says_what_is_wanted(tmp_path):
    with pytest.raises(SystemExit, match="contains no text"):
        read_polnear(tmp_path)


def test_labels_know_the_side_of_the_cue(folder):
    article = read_article(TEXT)
    (item,) = read_polnear(folder)
    labels = [LABELS[label] for label in token_labels(article, item)]
    assert list(zip(article.tokens, labels, strict=True)) == [
        ("“", "B-content-L"),
        ("It", "I-content-L"),
        ("leaks", "I-content-L"),
        (",", "I-content-L"),
        ("”", "E-content-L"),
        ("Ilse", "B-source-L"),
        ("Varn", "E-source-L"),
        ("said", "S-cue"),
        (",", "O"),
        ("“", "B-content-R"),
        ("and", "I-content-R"),
        ("we", "I-content-R"),
        ("knew", "I-content-R"),
        (".", "I-content-R"),
        ("”", "E-content-R"),
        ("According", "B-cue"),
        ("to", "E-cue"),
        ("Halm", "S-source-R"),
        (",", "O"),
        ("it", "B-content-R"),
        ("was", "I-content-R"),
        ("shut", "E-content-R"),
        (".", "O"),
    ]


def test_a_content_without_a_cue_in_its_sentence(folder):
    (item,) = read_polnear(folder)
    start = TEXT.index("it was shut")
    item = item._replace(attributions=[Gold([(start, start + 11)], [], [])])
    labels = token_labels(read_article(TEXT), item)
    assert [LABELS[n] for n in labels[labels > 0]] == ["B-content-N", "I-content-N", "E-content-N"]


def test_token_range_takes_in_what_a_span_touches():
    article = read_article(TEXT)
    first, stop = token_range(article, (TEXT.index("eaks"), TEXT.index("Varn") + 2))
    assert article.tokens[first:stop] == ["leaks", ",", "”", "Ilse", "Varn"]


def test_cue_counts(folder):
    article = read_article("Varn said it. He said it. They say.")
    labels = np.array([LABELS.index("S-cue") if token == "said" else 0 for token in article.tokens])
    counts = CueCounts()
    counts.add(article, labels)
    assert counts.deciles() == {"w:said": 6, "s:say": 5}  # 2.05 / 3 and 2.05 / 4
    counts.add(article, labels, -1)
    assert not +counts.total and not +counts.cue


def test_each_copy_of_an_article_weighs_its_share(folder):
    data = Dataset(read_polnear(folder, every_annotator=True))
    assert data.importance.tolist() == [0.5, 0.5]
    assert data.starts.tolist() == [0, 23, 46] and len(data.keys) == 46


def test_features_below_the_cutoff_have_no_number():
    keys = np.array([[5, 9], [5, 7], [3, 9]], np.uint64)
    numbers, kept = number_features(keys)
    assert kept.tolist() == [5, 9]
    assert numbers.tolist() == [[0, 1], [0, -1], [-1, 1]]
