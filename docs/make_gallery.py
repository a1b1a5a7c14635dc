"""Make docs/gallery.md and its images: every kind of chart, drawn from the sample corpus.

    make gallery

Where a kind needs a table that the sample is too small for, the numbers are made up, and the page
says so.
"""

from __future__ import annotations

import inspect
import shutil
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from PIL import Image

import onrecord

DOCS = Path(__file__).parent
SOURCE = "Own count of 48 invented articles"
MADE_UP = "Numbers made up to show this kind of chart"


def sample_charts() -> list[tuple[str, str, pd.DataFrame, dict]]:
    """Return (kind, title, table, further arguments) of the charts that the sample corpus gives."""
    analysis = onrecord.analyse(onrecord.read_documents(DOCS.parent / "data/sample/articles"))
    documents = analysis.documents
    rates = onrecord.share_unnamed(analysis, by="outlet")
    standard = rates[rates["definition"] == "standard"]
    months = onrecord.share_unnamed(analysis, by="month").query("definition == 'standard'")
    tone = onrecord.add_tone(analysis.sentences)
    by_month = onrecord.mean_tone(tone, documents, by=["outlet", "quarter"])
    means = onrecord.mean_tone(tone, documents, by="outlet")
    outlets = documents.set_index("doc_id")["outlet"]
    tone["outlet"] = tone["doc_id"].map(outlets)
    articles = tone.groupby(["doc_id", "outlet"], as_index=False)["polarity"].mean()
    speakers = onrecord.count_speakers(analysis)
    sources = onrecord.share_each(analysis, "naming", of="sources")
    naming = onrecord.share_each(analysis, "naming", of="sources", by="outlet")
    stances = onrecord.share_each(analysis, "cue_stance", by="outlet")
    forms = pd.crosstab(analysis.sources["naming"], analysis.sources["form"])
    two = rates[rates["definition"].isin(["strict", "broad"])]
    halves = pd.concat([_half(analysis, part) for part in ("2026Q1", "2026Q2")])
    levels = pd.DataFrame({"outlet": standard["outlet"], "share_of_sources": standard["share_of_sources"]})
    levels = levels.merge(means[["outlet", "mean_polarity"]], on="outlet", validate="1:1")
    counted = onrecord.count_unnamed(analysis, by=["outlet", "month"])
    places = onrecord.find_places(analysis)
    first, second = speakers["name"].head(2)
    named = sources.set_index("naming")["share_of_sources"]["named"]
    change = halves.pivot(index="outlet", columns="quarter", values="share_of_sources").diff(axis=1)
    moved = change.iloc[:, 1].astype(float).abs().idxmax()
    words = f"Mean polarity of sentences in {len(articles)} articles"
    return [
        ("shares", "Four sources in ten have no name", standard, {}),
        ("nested_shares", "How many stay unnamed depends on the definition", rates, {}),
        ("pairs", "The definition moves the rate more than the outlet does", two, {}),
        ("slopes", f"{moved} changes most from the first quarter to the second", halves, {}),
        ("shares_grid", "At every outlet about three sources in ten are named", naming, {}),
        ("parts", "Half of the sources have a name or are an institution", naming, {}),
        ("waffle", f"Of a hundred sources, {round(100 * named)} are named", sources, {}),
        ("diverging", "Few reporting words take sides", stances, {}),
        ("over_time", "The rate of unnamed sources changes little over the months", months, {}),
        ("timeline", "Every outlet has two articles a month", counted, {}),
        ("barcode", "The unnamed speak in every part of an article", places, {}),
        (
            "counts",
            f"{first} and {second} are quoted most often",
            speakers.head(10),
            {"subtitle": "Attributions to named sources"},
        ),
        ("lorenz", "A few voices hold the floor", _lorenz(analysis), {}),
        ("network", "Some names meet again and again", _together(analysis), {}),
        ("means", "The outlets sound alike", means, {}),
        (
            "strip",
            "Articles differ more than outlets do",
            articles,
            {"columns": ["polarity"], "by": "outlet"},
        ),
        (
            "bins",
            "Most sentences are near the middle",
            onrecord.count_bins(tone, by="outlet"),
            {"subtitle": "Sentences by polarity"},
        ),
        ("panels", "No outlet clearly changes its tone", by_month, {}),
        (
            "points",
            "More unnamed, darker words; but four outlets prove nothing",
            levels,
            {
                "columns": ["share_of_sources", "mean_polarity"],
                "subtitle": f"Share of unnamed sources; {words.lower()}",
            },
        ),
        (
            "grid",
            "People are named more often than groups",
            forms,
            {"subtitle": "Sources by naming (rows) and form (columns)"},
        ),
    ]


def made_up_charts() -> list[tuple[str, str, pd.DataFrame, dict]]:
    """Return the charts of tables that 48 articles are too few for."""
    rng = np.random.default_rng(7)
    n = rng.integers(20, 900, 400)
    share = np.clip(rng.normal(0.24, 0.02, 400) + rng.normal(0, 0.43, 400) / np.sqrt(n), 0, 1)
    share[[7, 90, 200]] = 0.46, 0.05, 0.4
    n[[7, 90, 200]] = 620, 540, 800
    funnel = pd.DataFrame(
        {
            "outlet": [f"Outlet {number}" for number in range(400)],
            "n_hits": (n * share).astype(int),
            "n_sources": n,
        }
    ).assign(share_of_sources=share, low=np.nan, high=np.nan, n_articles=n // 4)
    names = ["Ellin Courier", "Clear Signal", "Daily Lantern", "Orvane Press Service"]
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    step = np.array([0.14, 0.09, 0.03, -0.05, -0.11, -0.06])
    differences = pd.DataFrame(pairs, columns=["group_a", "group_b"]).assign(
        difference=step, low=step - 0.08, high=step + 0.08, p_value=0.01, n_articles_a=120, n_articles_b=110
    )
    differences["p_adjusted"] = [0.0006, 0.081, 0.62, 0.31, 0.012, 0.24]
    left = {"claimed": 7.1, "regime": 5.9, "scandal": 4.8, "insiders": 4.1, "so-called": 3.6, "furious": 2.9}
    right = {
        "ministry": -6.4,
        "statement": -5.2,
        "confirmed": -4.4,
        "tonnes": -3.7,
        "hectares": -3.1,
        "per": -2.2,
    }
    keyness = pd.DataFrame({"word": [*left, *right], "z": [*left.values(), *right.values()]})
    keyness["n_articles_a"] = [41, 22, 30, 18, 12, 19, 20, 16, 11, 4, 3, 25]
    keyness["n_articles_b"] = [9, 2, 7, 4, 1, 6, 61, 48, 39, 21, 17, 44]
    x = np.arange(0, 201, 10)
    rarefaction = pd.concat(
        pd.DataFrame({"outlet": name, "n_attributions": x[: end // 10 + 1]}).assign(
            expected_voices=lambda t, k=rate: k * (1 - np.exp(-t["n_attributions"] / k)),
            low=lambda t: 0.92 * t["expected_voices"],
            high=lambda t: 1.08 * t["expected_voices"],
        )
        for name, end, rate in zip(names, (200, 120, 170, 90), (120, 70, 50, 95), strict=True)
    )
    null = pd.DataFrame({"difference": rng.normal(0, 0.05, 2000)})
    return [
        ("funnel", "Three of 400 outlets stand out", funnel, {}),
        ("differences", "The Courier leaves more unnamed than the Signal", differences, {}),
        ("permutation", "Chance alone seldom gives such a difference", null, {"observed": 0.14}),
        (
            "keyness",
            "One outlet claims, the other confirms",
            keyness,
            {"sides": ("Daily Lantern", "Press Service")},
        ),
        ("rarefaction", "At equal length the Courier hears most voices", rarefaction, {}),
    ]


def _half(analysis: onrecord.Analysis, quarter: str) -> pd.DataFrame:
    """Return the standard shares of one quarter's articles, with the quarter as second column."""
    day = analysis.documents["published"].dt.tz_localize(None)
    part = analysis.documents[day.dt.to_period("Q").astype(str) == quarter]
    tables = {
        name: getattr(analysis, name)[lambda table: table["doc_id"].isin(part["doc_id"])]
        for name in ("sentences", "spans", "attributions", "sources", "scare_quotes")
    }
    rates = onrecord.share_unnamed(onrecord.Analysis(documents=part, **tables), by="outlet")
    rates = rates[rates["definition"] == "standard"].drop(columns="definition")
    rates.insert(1, "quarter", f"{quarter[:4]} {quarter[4:]}")
    return rates


def _lorenz(analysis: onrecord.Analysis) -> pd.DataFrame:
    """Return the share of attributions held by the least quoted share of named speakers."""
    said = np.sort(onrecord.count_speakers(analysis)["n_attributions"].to_numpy(dtype=float))
    held = np.concatenate([[0], said.cumsum() / said.sum()])
    return pd.DataFrame({"share_of_voices": np.linspace(0, 1, len(held)), "share_of_attributions": held})


def _together(analysis: onrecord.Analysis) -> pd.DataFrame:
    """Return one row a pair of names quoted in the same article."""
    named = analysis.sources.dropna(subset=["name"])[["doc_id", "name"]].drop_duplicates()
    n = named["name"].value_counts()
    pairs = named.merge(named, on="doc_id", suffixes=("_a", "_b"))
    pairs = pairs[pairs["name_a"] < pairs["name_b"]]
    pairs = pairs.groupby(["name_a", "name_b"], as_index=False).agg(n_articles=("doc_id", "size"))
    return pairs.assign(n_articles_a=pairs["name_a"].map(n), n_articles_b=pairs["name_b"].map(n))


def write_gallery() -> None:
    """Write the page and its images, one of 16 cm and one of 8 cm a kind."""
    images = DOCS / "gallery"
    shutil.rmtree(images, ignore_errors=True)
    images.mkdir()
    page = [
        "# Every kind of chart",
        "",
        "Each function takes a table as a measure returns it, and a title that says the finding: "
        '`onrecord.plot_shares(rates, title="…", width_cm=8)`. `save_chart` writes PNG, SVG, PDF, the '
        "numbers as CSV and the alt text that stands behind the images here. Left 16 cm wide, right a "
        "newspaper column of 8 cm. The articles, outlets and people are invented. "
        "This page is made by `make gallery`.",
    ]
    charts = [(SOURCE, *chart) for chart in sample_charts()] + [
        (MADE_UP, *chart) for chart in made_up_charts()
    ]
    for source, kind, title, table, more in charts:
        plot = getattr(onrecord, f"plot_{kind}")
        columns = more.pop("columns", [])
        pictures = []
        for width_cm in (16, 8):
            ax = plot(table, *columns, title=title, width_cm=width_cm, **more)
            with tempfile.TemporaryDirectory() as folder:
                paths = onrecord.save_chart(
                    ax, Path(folder) / f"{kind}-{width_cm}", data=table, source=source
                )
                with Image.open(paths[0]) as image:
                    small = image.convert("RGB").resize((image.width // 2, image.height // 2))
                    small.quantize(128).save(images / paths[0].name, optimize=True)
                alt = (
                    paths[-1].read_text(encoding="utf-8").strip().replace('"', "&quot;").replace("<", "&lt;")
                )
            plt.close(ax.figure)
            share = 64 if width_cm == 16 else 32
            pictures.append(f'<img src="gallery/{kind}-{width_cm}.png" width="{share}%" alt="{alt}">')
        first = inspect.getdoc(plot).split("\n\n")[0].replace("\n", " ")
        page += ["", f"## plot_{kind}", "", first, "", *pictures]
    (DOCS / "gallery.md").write_text("\n".join(page) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(charts)} kinds of chart in docs/gallery.md")


if __name__ == "__main__":
    write_gallery()
