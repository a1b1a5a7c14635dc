"""The card of the attribution models, from the figures of their training."""

from __future__ import annotations

import json
from pathlib import Path

_TEXT = Path(__file__).with_name("attributions_card.md")


def _markdown(rows: list[dict], columns: list[str]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|---|" + "---:|" * (len(columns) - 1)]
    lines += ["| " + " | ".join(str(row[column]) for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def write_card(folder: Path) -> Path:
    """Write the card attributions.md from the scores and models in `folder`."""
    scores = json.loads((folder / "attributions_scores.json").read_text(encoding="utf-8"))
    columns = ["form", "n_gold", "n_found", "precision", "recall", "f1", "speaker_accuracy", "speaker_recall"]
    outlets = [
        {"outlet": name, **rows[-1]} for name, rows in sorted(scores["tables"].items()) if name != "all"
    ]
    size = sum((folder / name).stat().st_size for name in ("tagger.npz", "linker.npz")) / 1e6
    path = folder / "attributions.md"
    path.write_text(
        _TEXT.read_text(encoding="utf-8").format(
            n_articles=scores["n_articles"],
            size=size,
            table=_markdown(scores["tables"]["all"], columns),
            outlets=_markdown(outlets, ["outlet", *columns[1:]]),
        ),
        encoding="utf-8",
    )
    return path
