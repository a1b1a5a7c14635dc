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
    places = onrecord.find_positions(analysis)
    first, second = speakers["name"].head(2)
    pairs = onrecord.compare_shares(onrecord.share_unnamed(analysis, by="outlet"))
    standard_pairs = pairs[pairs["definition"] == "standard"]
    test = onrecord.permute_speakers(analysis, "Clear Signal", "Orvane Press Service")
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
        ("lorenz", "A few voices hold the floor", onrecord.lorenz_of_speakers(analysis), {}),
        (
            "rarefaction",
            "At equal length the outlets hear nearly as many voices",
            onrecord.rarefaction_of_speakers(analysis, by="outlet"),
            {},
        ),
        ("network", "Some names meet again and again", onrecord.count_co_quoted(analysis), {}),
        ("differences", "No difference between outlets is beyond chance", standard_pairs, {}),
        (
            "permutation",
            f"Chance alone gives as much in {test.p_value:.0%} of exchanges",
            test.null,
            {"observed": test.difference},
        ),
        (
            "keyness",
            "The tabloid “got”, the others “said”",
            onrecord.compare_words(documents, documents, a="The Daily Lantern", min_articles=4),
            {"sides": ("The Daily Lantern", "the other outlets")},
        ),
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
    return [
        ("funnel", "Three of 400 outlets stand out", funnel, {}),
    ]


def _half(analysis: onrecord.Analysis, quarter: str) -> pd.DataFrame:
    """Return the standard shares of one quarter's articles, with the quarter as second column."""
    day = analysis.documents["published"].dt.tz_localize(None)
    part = analysis.documents[day.dt.to_period("Q").astype(str) == quarter]
    tables = {
        name: getattr(analysis, name)[lambda table: table["doc_id"].isin(part["doc_id"])]
        for name in ("sentences", "spans", "attributions", "sources", "scare_quotes", "disclosures")
    }
    rates = onrecord.share_unnamed(onrecord.Analysis(documents=part, **tables), by="outlet")
    rates = rates[rates["definition"] == "standard"].drop(columns="definition")
    rates.insert(1, "quarter", f"{quarter[:4]} {quarter[4:]}")
    return rates


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
