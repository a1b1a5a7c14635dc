"""The borderline table of the codebook, row by row, each in a short article of its own."""

from __future__ import annotations

from coded import code


def test_source_of_a_party_on_condition_of_secrecy():
    text = (
        "“We lost the valley ourselves,” a senior Green Bench source told The Ellin Courier on "
        "condition that "
        "his identity remained undisclosed."
    )
    (coded,) = code(text, "a senior Green Bench source")
    source = coded.source
    assert (source.form, source.naming, source.description_level) == ("person", "anonymous", 2)
    assert (coded.marker, source.reason_class) == (
        "on condition that his identity remained undisclosed",
        "none",
    )
    assert (source.relay, source.relay_outlet) == ("other outlet", "The Ellin Courier")
    (own,) = code(text, "a senior Green Bench source", outlet="The Ellin Courier")
    assert (own.source.relay, own.source.relay_outlet) == ("direct", None)


def test_described_then_taken_up_is_one_source():
    first, second = code(
        "“Nobody asked us,” a senior Sorrel naval source, who requested to remain anonymous, "
        "told the Courier. "
        "The fleet stayed in port. “We would have said no,” the Sorrel source continued.",
        "a senior Sorrel naval source",
        "the Sorrel source",
    )
    assert first.index == second.index
    assert (first.source.naming, first.marker) == ("anonymous", "requested to remain anonymous")


def test_one_of_the_associates_and_him():
    first, second = code(
        "Verrick met his associates. “He is tired,” one of the associates told the Courier on condition of "
        "anonymity. According to him, the budget is lost.",
        "one of the associates",
        "him",
    )
    assert first.index == second.index
    assert (first.source.form, first.source.naming) == ("person", "anonymous")


def test_former_minister_who_can_be_looked_up():
    (coded,) = code(
        "The former Sorrel Fisheries Minister, who is now leading part of the opposition, told "
        "Channel 9 News "
        "that he would not have signed.",
        "The former Sorrel Fisheries Minister",
    )
    assert (coded.source.form, coded.source.naming) == ("person", "identifiable")
    assert (coded.source.relay, coded.source.relay_outlet) == ("other outlet", "Channel 9 News")
    assert coded.source.status == "former"


def test_office_of_a_person():
    (coded,) = code("Verrick’s office said the letter had arrived.", "Verrick’s office")
    assert (coded.source.form, coded.source.naming) == ("institution", "institution")


def test_media_reports():
    (coded,) = code("Media reports said the bridge would stay shut.", "Media reports")
    assert (coded.source.form, coded.source.naming) == ("media", "collective")


def test_report_and_news_site_resolve_to_the_outlet():
    site, report, again = code(
        "The bridge was sold, Al-Monitor news website said in a report on Friday. According to the report, "
        "nobody told the city. The price was low, the news site said.",
        "Al-Monitor news website",
        "the report",
        "the news site",
    )
    assert (report.source.form, report.source.naming, report.source.name) == (
        "document",
        "institution",
        "Al-Monitor",
    )
    assert (again.source.form, again.source.naming, again.source.name) == (
        "media",
        "institution",
        "Al-Monitor",
    )
    assert site.index == again.index


def test_two_officials_briefed_on_the_talks():
    (coded,) = code(
        "Two officials briefed on the talks said a text was ready.", "Two officials briefed on the talks"
    )
    source = coded.source
    assert (source.form, source.naming, source.n_claimed) == ("group", "unnamed", 2)
    assert (source.description_level, source.basis) == (3, "briefed on the talks")


def test_officials():
    (coded,) = code("The fire was out by noon, officials said.", "officials")
    source = coded.source
    assert (source.form, source.naming, source.description_level) == ("group", "collective", 1)
    assert (source.n_claimed, source.is_plural) == (1, True)


def test_spokeswoman_of_a_department():
    (coded,) = code(
        "A Health Ministry spokeswoman said the figures were final.", "A Health Ministry spokeswoman"
    )
    assert (coded.source.form, coded.source.naming) == ("person", "spokesperson")


def test_relayed_by_an_agency():
    (coded,) = code(
        "Reuters reported, citing two security sources, that the port was closed.", "two security sources"
    )
    source = coded.source
    assert (source.naming, source.n_claimed, source.relay_outlet) == ("unnamed", 2, "Reuters")


def test_not_her_real_name():
    (coded,) = code("“Sara”, not her real name, said the ward was full.", "“Sara”")
    assert (coded.source.form, coded.source.naming) == ("person", "anonymous")
    assert coded.marker == "not her real name"


def test_it_is_understood_has_no_source():
    (coded,) = code("The ministry was silent. It is understood that Greer wrote the letter.", "It")
    assert (coded.source.form, coded.source.naming) == ("none", "unclear")


def test_experts_are_not_the_named_expert_of_later():
    first, second = code(
        "Experts say the water is bad. On Monday, Prof. Lin, a water engineer, said it had been "
        "bad for years.",
        "Experts",
        "Prof. Lin, a water engineer,",
    )
    assert first.index != second.index
    assert (first.source.naming, second.source.naming) == ("collective", "named")
