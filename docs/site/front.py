"""The start page: one finding of the sample with its chart, and the story of one article."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from notebook_pages import find_chart, question_of, read_notebooks, title_of

CHART = "03-unnamed-overall"  # the chart that shows what the collection is about
STORY = "12-one-article"  # the notebook on a single article
ANSWERS = '<section class="short"'  # where its page has the answers in short
SECTIONS = (
    "Start <docs/start>",
    "notebooks/index",
    "docs/howto/index",
    "docs/functions/index",
    "docs/reference",
    "Gallery <docs/gallery>",
    "docs/trust",
    "docs/project",
)
TEXT = """---
html_theme.sidebar_secondary.remove: true
---

# On the Record

:::{{container}} tagline
Who speaks in the news, who stays unnamed, and how it sounds.
:::

:::{{container}} intro
Give it a folder of English-language news articles, or a single one. It returns every quotation and
paraphrase with its speaker, the sources that are named and those that are “a senior official”, whether the
article says why, who was asked and did not answer, and how the sentences sound. Each number has its
denominator, its uncertainty and the passages behind it. Nothing leaves your machine.
:::

:::{{container}} doors
[Get started](docs/start.md)
[Read a notebook](notebooks/{stem}.ipynb)
[How often is it right?](docs/measured.md)
:::

## {finding}

:::{{container}} chart
![{alt}]({image})
:::

:::{{container}} caption
{about}. The articles are invented, with their outlets and everyone in them. *Strict*: anonymous by request.
*Standard*: a reader cannot identify the source. *Broad*: also spokespeople and people who can be looked up.
From the notebook [{title}](notebooks/{stem}.ipynb);
[which share to quote](docs/howto/which-share-to-quote.md).
:::
{story}

## Where to go

:::::{{container}} three
::::{{container}}
**To try it.** `make app` opens one page in the browser, `make lab` the notebooks. The sample is there.
[Start](docs/start.md)
::::
::::{{container}}
**To rely on it.** Every figure of accuracy names its articles and its command, beside people, BERT and
language models.
[Accuracy](docs/trust.md)
::::
::::{{container}}
**To look something up.** What is coded and by which rule, each column, each function with an example that
a test executes.
[Codebook](docs/codebook.md) · [Functions](docs/functions/index.md)
::::
:::::

```{{toctree}}
:hidden:

{sections}
```
"""


def front_page(root: Path) -> dict[str, str]:
    """Return the start page, and the chart on it is one of a notebook's own."""
    stem, chart = find_chart(root, CHART)
    page = TEXT.format(
        stem=stem,
        title=title_of(read_notebooks(root)[stem]),
        finding=chart.finding,
        about=chart.about[:1].upper() + chart.about[1:],
        alt=chart.alt.replace("[", "(").replace("]", ")"),
        image=f"images/{CHART}.png",
        story=_story(root),
        sections="\n".join(SECTIONS),
    )
    return {"index.md": page}


def front_images(root: Path) -> dict[str, bytes]:
    """Return the images of the start page by their paths."""
    return {f"images/{CHART}.png": find_chart(root, CHART)[1].image}


def _story(root: Path) -> str:
    """The section on a single article: the answers that its notebook shows, and one passage.

    It is empty where the notebook is missing.
    """
    book = read_notebooks(root).get(STORY)
    shown = next((text for text in map(_html_of, book["cells"]) if ANSWERS in text), "") if book else ""
    answers = re.search(rf"{ANSWERS}[^>]*>.*?(<dl>.*?</dl>)", shown, re.S)
    passage = re.search(r'<div class="line"><p>(?:(?!</div>).)*?class="marker.*?</div>', shown, re.S)
    if book is None or answers is None or passage is None:
        return ""
    style = "".join(re.findall(r"<style>.*?</style>", shown, re.S))
    inside = "\n".join([style, answers[1], passage[0]])
    inside = re.sub(r' id="[^"]*"', "", inside).replace('href="#', f'href="notebooks/{STORY}.html#')
    inside = re.sub(r"\n\s*\n", "\n", inside)
    lead = f"{question_of(book)} One article goes in, one page comes out. For an invented article it begins:"
    html = f'<div class="onrecord-article onrecord-one story">{inside}</div>'
    more = f"[The whole page](notebooks/{STORY}.ipynb)"
    if (root / "docs" / "one-article-story.md").exists():
        more += " · [from the beginning to the end](docs/one-article-story.md)"
    return f"\n## {title_of(book)}\n\n{lead}\n\n```{{raw}} html\n{html}\n```\n\n{more}\n"


def _html_of(cell: dict[str, Any]) -> str:
    return "".join("".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", []))
