"""Rows that are not articles: found by what they are, never an article among them."""

# ruff: noqa: E501 - a case per line

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import exclude
from onrecord.corpus.not_articles import COMMENT, LEFTOVER, LINKS, SHORT, add_not_article

STORY = (
    "“The weir leaks,” said Runa Aalt, who built it. " + "The board of Ostermark meets on Monday again. " * 12
)


def kind_of(text: str, **columns: str) -> str | None:
    table = pd.DataFrame(
        {"doc_id": ["a"], "text": [text], **{name: [value] for name, value in columns.items()}}
    )
    kind = add_not_article(table)["not_article"][0]
    return None if pd.isna(kind) else kind


@pytest.mark.parametrize(
    "url", ["https://weirpost.example/a#comment-71", "https://weirpost.example/a#comment_71",
            "https://weirpost.example/a/#post-12", "https://weirpost.example/a?replytocom=9",
            "https://weirpost.example/a/comment-page-2", "https://weirpost.example/a#128029450"],
)  # fmt: skip
def test_comments_by_their_address(url):
    assert kind_of(STORY, url=url) == COMMENT
    assert kind_of(STORY, url="https://weirpost.example/a#top") is None
    assert kind_of(STORY, url="https://weirpost.example/no-comment-yet") is None


def test_comments_by_their_headline():
    assert kind_of("I never liked it.", headline="Comment on The weir leaks") == COMMENT
    assert kind_of(STORY, headline="Comment: the weir must go") is None


def test_many_short_rows_of_one_headline_are_comments_and_the_article_is_not():
    texts = [STORY * 4, *(f"I think number {i} is right, and nobody at the board has ever seen a weir in the whole of "
                          "their lives, to be frank about it." for i in range(9))]  # fmt: skip
    table = pd.DataFrame(
        {"doc_id": range(10), "text": texts, "headline": "Why the weir leaks", "outlet": "Weir Post"}
    )
    marked = add_not_article(table)["not_article"]
    assert marked.isna().tolist() == [True] + [False] * 9 and set(marked.dropna()) == {COMMENT}
    assert add_not_article(table.head(4))["not_article"].isna().all()  # four alone are not many
    columns = table.assign(text=[f"{STORY * 3} {i}" for i in range(10)], headline="Letters to the editor")
    assert add_not_article(columns)["not_article"].isna().all()  # long: a column of that name


def test_short_texts_links_and_leftovers():
    assert kind_of("Watch the weir leak in our video.") == SHORT
    links = "\n".join(f"Weir story number {i} of the week" for i in range(12))
    assert kind_of(links) == LINKS
    assert kind_of("Please enable JavaScript and cookies to continue. " * 4) == LEFTOVER
    assert (
        kind_of("The page you are looking for could not be found. Try the search, or go to our home page.")
        == LEFTOVER
    )
    assert kind_of(STORY) is None and kind_of(STORY + " Access denied, the sign says.") is None
    assert (
        kind_of("\n\n".join(f"“Number {i} leaks,” said Runa Aalt of the board." for i in range(12))) is None
    )


def test_they_are_left_out_in_one_place_with_an_account():
    table = add_not_article(
        pd.DataFrame({"doc_id": ["a", "b", "c"], "text": [STORY, "No.", None]}, index=[3, 5, 7])
    )
    assert table.index.tolist() == [3, 5, 7] and table["not_article"].notna().tolist() == [False, True, False]
    kept = exclude(table, {"not an article": table["not_article"].notna()})
    assert kept.steps[["n_before", "n_left_out", "n_after"]].values.tolist() == [[3, 1, 2]]
    with pytest.raises(ValueError, match="no column 'text'"):
        add_not_article(pd.DataFrame({"doc_id": []}))
    assert add_not_article(pd.DataFrame({"doc_id": [], "text": []})).empty
