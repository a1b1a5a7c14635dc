"""Make docs/gallery.md and its images: every kind of chart, drawn from the sample corpus.

make gallery

"""

from __future__ import annotations

import inspect
import shutil
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
from PIL import Image

import onrecord

DOCS = Path(__file__).parent
SOURCE = "Own count of 48 invented articles"


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
    naming = onrecord.share_each(analysis, "naming", of="sources", by="outlet")
    stances = onrecord.share_each(analysis, "cue_stance", by="outlet")
    forms = pd.crosstab(analysis.sources["naming"], analysis.sources["form"])
    levels = pd.DataFrame({"outlet": standard["outlet"], "share_of_sources": standard["share_of_sources"]})
    levels = levels.merge(means[["outlet", "mean_polarity"]], on="outlet", validate="1:1")
    counted = onrecord.count_unnamed(analysis, by=["outlet", "month"])
    positions = onrecord.find_positions(analysis)
    first, second = speakers["name"].head(2)
    pairs = onrecord.compare_shares(onrecord.share_unnamed(analysis, by="outlet"))
    standard_pairs = pairs[pairs["definition"] == "standard"]
    test = onrecord.compare_speakers(analysis).iloc[0]
    words = f"Mean polarity of sentences in {len(articles)} articles"
    return [
        ("shares", "Four sources in ten have no name", standard, {}),
        ("shares", "How many stay unnamed depends on the definition", rates, {}),
        ("parts", "Half of the sources have a name or are an institution", naming, {}),
        ("parts", "Few reporting words take sides", stances, {"is_diverging": True}),
        ("over_time", "The rate of unnamed sources changes little over the months", months, {}),
        ("timeline", "Every outlet has two articles a month", counted, {}),
        ("barcode", "The unnamed speak in every part of an article", positions, {}),
        (
            "counts",
            f"{first} and {second} are quoted most often",
            speakers.head(10),
            {"subtitle": "Attributions to named sources"},
        ),
        (
            "curves",
            "A few speakers have most attributions",
            onrecord.diversity_of_speakers(analysis, curve="lorenz"),
            {},
        ),
        (
            "curves",
            "At equal length the outlets quote nearly as many speakers",
            onrecord.diversity_of_speakers(analysis, by="outlet", curve="rarefaction"),
            {},
        ),
        ("network", "Some names meet again and again", onrecord.count_co_quoted(analysis), {}),
        ("differences", "No difference between outlets is beyond chance", standard_pairs, {}),
        (
            "keyness",
            "The tabloid “got”, the others “said”",
            onrecord.compare_words(documents, documents, a="The Daily Lantern", min_articles=4),
            {"sides": ("The Daily Lantern", "the other outlets")},
        ),
        ("means", "The outlets sound alike", means, {}),
        (
            "bins",
            "Most sentences are near the middle",
            onrecord.count_bins(tone, by="outlet"),
            {"subtitle": "Sentences by polarity"},
        ),
        (
            "bins",
            f"Chance alone gives as much in {test['p_value']:.0%} of exchanges",
            onrecord.compare_speakers(analysis, exchanges_of=(test["group_a"], test["group_b"])),
            {"observed": test["difference"]},
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
        ("grid", "At every outlet about three sources in ten are named", naming, {}),
        (
            "grid",
            "People are named more often than groups",
            forms,
            {"subtitle": "Sources by naming (rows) and form (columns)"},
        ),
    ]


def file_name(kind: str, shown: set[str]) -> str:
    """Return the name of the files of a chart: its kind, numbered from the second on."""
    name = kind if kind not in shown else f"{kind}-2"
    shown.add(kind)
    return name


def write_gallery() -> None:
    """Write the page and its images, one of 16 cm and one of 8 cm per chart."""
    images = DOCS / "gallery"
    shutil.rmtree(images, ignore_errors=True)
    images.mkdir()
    page = [
        "# Every kind of chart",
        "",
        "Each function takes a table as a measure returns it, and a title that says the finding: "
        '`onrecord.plot_shares(rates, title="…", width_cm=8)`. `save_chart` writes PNG, SVG, PDF, the '
        "numbers as CSV and the alt text that the images here have. Left 16 cm wide, right a "
        "newspaper column of 8 cm. The articles, outlets and people are invented. "
        "This page is made by `make gallery`.",
    ]
    charts = sample_charts()
    shown: set[str] = set()
    for kind, title, table, more in charts:
        plot = getattr(onrecord, f"plot_{kind}")
        columns = more.pop("columns", [])
        name = file_name(kind, shown)
        pictures = []
        for width_cm in (16, 8):
            ax = plot(table, *columns, title=title, width_cm=width_cm, **more)
            with tempfile.TemporaryDirectory() as folder:
                paths = onrecord.save_chart(
                    ax, Path(folder) / f"{name}-{width_cm}", data=table, source=SOURCE
                )
                with Image.open(paths[0]) as image:
                    small = image.convert("RGB").resize((image.width // 2, image.height // 2))
                    small.quantize(128).save(images / paths[0].name, optimize=True)
                alt = (
                    paths[-1].read_text(encoding="utf-8").strip().replace('"', "&quot;").replace("<", "&lt;")
                )
            plt.close(ax.figure)
            share = 64 if width_cm == 16 else 32
            pictures.append(f'<img src="gallery/{name}-{width_cm}.png" width="{share}%" alt="{alt}">')
        first = inspect.getdoc(plot).split("\n\n")[0].replace("\n", " ")
        head = ["", f"## plot_{kind}", "", first] if name == kind else []
        page += [*head, "", *pictures]
    (DOCS / "gallery.md").write_text("\n".join(page) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(charts)} charts in docs/gallery.md")


if __name__ == "__main__":
    write_gallery()
