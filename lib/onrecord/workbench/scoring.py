"""Tone of all sentences and of the mentions of people, computed once per corpus."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from onrecord.analysis import Analysis
from onrecord.notebook.loading import N_TARGETS
from onrecord.notebook.names import frequent_people
from onrecord.notebook.settings import Settings
from onrecord.reports.progress import stage
from onrecord.scale.files import read_json, write_json
from onrecord.tone.scores import add_tone
from onrecord.tone.targets import target_tone
from onrecord.wordlists import Lists


def scored(
    analysis: Analysis, settings: Settings, lists: Lists, folder: Path, state: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences with their polarity, and mentions of people with the tone toward them.

    What `folder` has from the same `state` of the articles is loaded.
    """
    paths = folder / "sentences.parquet", folder / "mentions.parquet"
    known = read_json(folder / "scored.json")
    if known and known["state"] == state and all(path.exists() for path in paths):
        return pd.read_parquet(paths[0]), pd.read_parquet(paths[1])
    sentences = add_tone(analysis.sentences)
    with stage("tone toward people"):
        mentions = target_tone(
            analysis, settings.targets or frequent_people(analysis, N_TARGETS), lists=lists
        )
    sentences.to_parquet(paths[0])
    mentions.to_parquet(paths[1])
    write_json(folder / "scored.json", {"state": state})
    return sentences, mentions
