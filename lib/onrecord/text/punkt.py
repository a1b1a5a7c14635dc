"""NLTK's Punkt, imported without scipy.stats, which it does not use.

`import nltk` loads scipy.stats for one measure of collocations, if SciPy is installed. That takes half a
second in each process that analyses, so SciPy's part seems to be missing while NLTK is imported, and the
measure loads it at its first use.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def _missing(module: str) -> Iterator[None]:
    """Let imports of a module fail, where it is not loaded yet."""
    is_loaded = module in sys.modules
    if not is_loaded:
        sys.modules[module] = None  # type: ignore[assignment]  # Python's sign of a module that is missing
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[module]


def _fisher_exact(*args: Any, **options: Any) -> Any:
    from scipy.stats import fisher_exact

    return fisher_exact(*args, **options)


with _missing("scipy.stats"):
    from nltk.metrics import association
    from nltk.tokenize.punkt import PunktLanguageVars, PunktParameters, PunktSentenceTokenizer, PunktToken

if "scipy.stats" not in sys.modules:
    association.fisher_exact = _fisher_exact

__all__ = ["PunktLanguageVars", "PunktParameters", "PunktSentenceTokenizer", "PunktToken"]
