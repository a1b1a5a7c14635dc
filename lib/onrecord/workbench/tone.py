"""The tab Tone: scored sentences, and mentions of the people quoted most widely."""

from __future__ import annotations

import pandas as pd

from onrecord.charts.bars import plot_parts
from onrecord.charts.dots import plot_means
from onrecord.charts.lines import plot_panels
from onrecord.measures.means import mean_tone
from onrecord.tone.targets import share_target_tone
from onrecord.workbench.questions import Drawn, Question, Row, has
from onrecord.workbench.state import View
from onrecord.workbench.table import Columns

COLUMNS = Columns(
    shown={"text": "Sentence", "score": "Score", "outlet": "Outlet"},
    below={"text": {"toward": "Toward"}, "score": {"tone": "Tone"}, "outlet": {"published": "Day"}},
    searched=("toward", "text", "headline"),
    filters={"outlet": "Outlet", "toward": "Toward", "tone": "Tone"},
    start={},
    wide="text",
)
_SENTENCE = "nobody (whole sentence)"


def rows(view: View) -> pd.DataFrame:
    """Scored sentences, most negative first, and mentions of names.

    One row per sentence or mention. score is the polarity of a sentence (-1 to 1), and the probability of
    the tone of a mention (0 to 1).
    """
    documents = view.articles.documents[["doc_id", "outlet", "published", "headline", "url"]]
    sentences = view.sentences
    scored = sentences[sentences["polarity"].notna()].sort_values("polarity", kind="stable")
    score = scored["polarity"].astype(float)
    tone = score.map(lambda value: "negative" if value < 0 else "positive" if value > 0 else "neutral")
    of_sentences = scored[["doc_id", "text"]].assign(toward=_SENTENCE, tone=tone, score=score)
    mentions = view.mentions
    of_mentions = mentions[["doc_id", "text"]].assign(
        toward=mentions["name"],
        tone=mentions["target_tone"],
        score=mentions["target_tone_probability"].astype(float),
        voice=mentions["voice"].where(mentions["voice"] == "narrator", "sources"),
    )
    both = pd.concat([of_sentences, of_mentions], ignore_index=True)
    if "voice" not in both:
        both["voice"] = pd.NA
    return both.merge(documents, on="doc_id", how="left", validate="m:1")


def _by_outlet(view: View) -> Drawn:
    shown = view.articles.keep_compared(view.sentences)
    return Drawn(mean_tone(shown, view.articles.documents, by="outlet").sort_values("mean_polarity"))


def _by_voice(view: View) -> Drawn:
    voices = view.articles.keep_compared(view.voices)
    return Drawn(mean_tone(voices, view.articles.documents, by=["outlet", "voice"]))


def _over_time(view: View) -> Drawn:
    shown = view.articles.keep_compared(view.sentences)
    quarters = mean_tone(shown, view.articles.documents, by=["outlet", "quarter"])
    return Drawn(quarters.dropna(subset="quarter"))


def _toward(view: View) -> Drawn:
    return Drawn(share_target_tone(view.mentions, by="name"))


def _of_outlet(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, row, "outlet") & rows["toward"].eq(_SENTENCE)


def _of_name(rows: pd.DataFrame, row: Row) -> pd.Series:
    return has(rows, {"toward": row["name"], "tone": row["target_tone"]}, "toward", "tone")


QUESTIONS = (
    Question("01-tone-by-outlet", "How do the outlets sound?", _by_outlet, plot_means, _of_outlet),
    Question("01-toward-whom", "In which tone are people mentioned?", _toward, plot_parts, _of_name),
    Question("01-tone-by-voice", "Whose words are negative?", _by_voice, plot_panels),
    Question(
        "01-tone-over-time", "Does the tone change over time?", _over_time, plot_panels, needs="published"
    ),
)
