"""Tone of sentences, voices and mentions of people, computed once per corpus."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.notebook.loading import N_TARGETS
from onrecord.notebook.names import frequent_people
from onrecord.notebook.settings import Settings
from onrecord.reports.progress import stage
from onrecord.scale.files import are_whole, marks_of, read_json, write_json
from onrecord.tone.arcs import tone_within
from onrecord.tone.scores import add_tone
from onrecord.tone.targets import target_tone
from onrecord.wordlists import Lists


class Scored(NamedTuple):
    """Tone of the articles.

    sentences: with their polarity. mentions: of people, with the tone toward them. voices: one row per
    article and voice.
    """

    sentences: pd.DataFrame
    mentions: pd.DataFrame
    voices: pd.DataFrame


def scored(analysis: Analysis, settings: Settings, lists: Lists, folder: Path, state: str) -> Scored:
    """The tone of all articles.

    What `folder` has from the same `state` of the articles is loaded.
    """
    paths = [folder / f"{name}.parquet" for name in Scored._fields]
    known = read_json(folder / "scored.json")
    if known and known["state"] == state and are_whole(folder, known["files"]):
        return Scored(*map(pd.read_parquet, paths))
    sentences = add_tone(analysis.sentences)
    with stage("tone toward people"):
        targets = settings.targets or frequent_people(analysis, N_TARGETS)
        mentions = target_tone(analysis, targets, lists=lists)
    with stage("tone of each voice"):
        voices = tone_within(analysis, by="voice")
    tables = Scored(sentences, mentions, voices)
    for path, table in zip(paths, tables, strict=True):
        table.to_parquet(path)
    write_json(folder / "scored.json", {"state": state, "files": marks_of(folder, paths)})
    return tables
