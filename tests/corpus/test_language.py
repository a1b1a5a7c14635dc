"""Languages, detected on this machine."""

from __future__ import annotations

import pandas as pd
import pytest

from onrecord.corpus.language import add_language, language_of

TEXTS = {  # one sentence in each language
    "en": (
        "The minister said on Tuesday that the bridge would stay closed "
        "until the end of the month, and that he was sorry."
    ),
    "de": (
        "Der Minister sagte am Dienstag, die Brücke werde bis "
        "zum Ende des Monats geschlossen bleiben, was er sehr bedauere."
    ),
    "fr": (
        "Le ministre a déclaré mardi que le pont resterait fermé jusqu'à "
        "la fin du mois, et qu'il en était désolé pour tous."
    ),
    "es": (
        "El ministro dijo el martes que el puente seguiría cerrado hasta "
        "el final del mes y que lo lamentaba mucho por todos."
    ),
    "nl": (
        "De minister zei dinsdag dat de brug tot het einde van "
        "de maand gesloten blijft en dat hij dat voor iedereen betreurt."
    ),
    "ar": (
        "قال الوزير يوم الثلاثاء إن الجسر سيبقى مغلقا حتى "
        "نهاية الشهر وإنه يأسف لذلك كثيرا أمام جميع سكان المدينة"
    ),
    "zh": "部长星期二表示，这座桥将关闭到月底，他对此深表歉意。记者在现场看到许多居民排队等候渡轮。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_languages_of_news(code):
    assert language_of(TEXTS[code]) == code


def test_too_short_to_tell():
    assert language_of("Yes.") is None
    assert language_of("") is None
    assert language_of("12 345") is None


def test_the_column():
    frame = pd.DataFrame({"text": [TEXTS["en"], None, TEXTS["de"]]})
    assert add_language(frame)["language"].fillna("?").tolist() == ["en", "?", "de"]
    assert add_language(frame.head(0))["language"].dtype == "string"
