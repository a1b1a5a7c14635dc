"""Read PolNeAR (brat standoff): articles with their attributions, by offsets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from onrecord.records import Span

_BOUND = re.compile(r"^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"^E\d+\t(?:Attribution(?:-no-source)?):T\d+((?: \S+:\S+)*)\s*$")
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")


class Gold(NamedTuple):
    """One annotated attribution: the fragments of each role, in text order."""

    content: list[Span]
    cue: list[Span]
    source: list[Span]


class Annotated(NamedTuple):
    """One article as one annotator coded it."""

    name: str
    text: str
    attributions: list[Gold]
    discard: list[Span]


def read_annotations(path: Path) -> tuple[list[Gold], list[Span]]:
    """Attributions of one .ann file, and the spans its annotator discarded."""
    bounds: dict[str, tuple[str, list[Span]]] = {}
    attributions: list[Gold] = []
    seen = set()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if match := _BOUND.match(line):
            spans = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
            bounds[match[1]] = (match[2], spans)
        elif match := _EVENT.match(line):
            parts: dict[str, list[Span]] = {"Content": [], "Cue": [], "Source": []}
            for argument in match[1].split():
                role, target = argument.rsplit(":", 1)
                role = role.rstrip("0123456789")
                if role in parts and target in bounds:
                    parts[role] += bounds[target][1]
            gold = Gold(*(sorted(set(parts[role])) for role in ("Content", "Cue", "Source")))
            if gold.content and str(gold) not in seen:
                seen.add(str(gold))
                attributions.append(gold)
    discard = [span for label, spans in bounds.values() if label == "Discard" for span in spans]
    return sorted(attributions), sorted(discard)


def read_polnear(folder: Path, *, every_annotator: bool = False) -> list[Annotated]:
    """Articles below `folder` (text/ and attributions/), sorted by name.

    Where several annotators coded one text, the alphabetically first is taken, or each of them.
    """
    files: dict[str, list[Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(_ANNOTATOR.sub("", path.stem), []).append(path)
    found = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        for annotation in files.get(path.stem, [])[: None if every_annotator else 1]:
            found.append(Annotated(path.stem, text, *read_annotations(annotation)))
    if not found:
        raise SystemExit(
            f"{folder} contains no text/*.txt with attributions/*.ann. Give the folder of one compartment."
        )
    return found
