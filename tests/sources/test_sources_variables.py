"""The variables of one source beside its form and naming: rank, affiliation, basis, level, number, status."""

from __future__ import annotations

import pytest

from coded import code

UNNAMED = [
    # (mention, rank, affiliation, level)
    ("A source", None, None, 0),
    ("Some", None, None, 0),
    ("An official", None, None, 1),
    ("A harbour official", None, None, 1),
    ("An official at home", None, None, 1),
    ("A senior official", "senior", None, 2),
    ("A security official", None, "security", 2),
    ("A former Orvane judge", None, "Orvane", 2),
    ("An official at the Orvane Board", None, "the Orvane Board", 2),
    ("A source familiar with the matter", None, None, 3),
]


@pytest.mark.parametrize(("mention", "rank", "affiliation", "level"), UNNAMED)
def test_level_follows_from_rank_affiliation_and_basis(mention, rank, affiliation, level):
    text = f"{mention} said no."
    (coded,) = code(text, mention)
    source = coded.source
    words = text[slice(*source.affiliation)] if source.affiliation else None
    assert (source.rank, words, source.description_level) == (rank, affiliation, level)


@pytest.mark.parametrize("mention", ["Rosa Tench", "The harbour board"])
def test_only_unnamed_people_have_a_basis_a_level_and_a_class_of_reason(mention):
    (coded,) = code(f"{mention}, familiar with the matter, said no.", mention)
    source = coded.source
    assert (source.basis, source.description_level, source.reason_class) == (None, None, None)


@pytest.mark.parametrize(
    ("mention", "number"),
    [("Two clerks", 2), ("Clerks", 1), ("A clerk", 1), ("Rosa Tench", 1), ("The harbour board", None)],
)
def test_people_are_claimed_by_number(mention, number):
    (coded,) = code(f"{mention} said no.", mention)
    assert coded.source.n_claimed == number


@pytest.mark.parametrize(
    ("mentions", "status"),
    [
        (["A former judge"], "former"),
        (["The current judge"], "current"),
        (["A judge"], None),
        (["The former judge", "the current judge"], "former"),
    ],
)
def test_status_is_what_the_mentions_say(mentions, status):
    coded = code(f"{mentions[0]} said no. It is said that {mentions[-1]} left.", *mentions)
    assert coded[0].source.status == status


@pytest.mark.parametrize(
    ("text", "mention", "outlet"),
    [
        # An article that retells one outlet, cited twice, has its unnamed sources from there.
        ("A clerk said no. It fell, Reuters reported. It rose, Reuters reported.", "A clerk", "Reuters"),
        ("A clerk said no. It fell, Reuters reported.", "A clerk", None),
        ("A clerk said no. It fell, Reuters reported. It rose, the Courier reported.", "A clerk", None),
        ("Rosa Tench said no. It fell, Reuters reported. It rose, Reuters reported.", "Rosa Tench", None),
    ],
)
def test_unnamed_sources_of_a_retold_article_are_relayed(text, mention, outlet):
    (coded,) = code(text, mention)
    assert coded.source.relay_outlet == outlet
    (own,) = code(text, mention, outlet="Reuters")
    assert own.source.relay_outlet is None


def test_the_own_outlet_is_the_narrator():
    assert code("Reuters said no.", "Reuters", outlet="Reuters")[0].source.form == "narrator"
    assert code("Reuters said no.", "Reuters", outlet="The Courier")[0].source.form == "media"
