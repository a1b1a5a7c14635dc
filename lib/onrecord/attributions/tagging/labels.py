"""The tagger's labels: BIOES for content and source with the side of the cue, and for cues; and O.

Content and Source carry R where the attribution's first cue in the sentence stands before them,
L where after, N where there is none. Label 0 is O; the rest go kind by kind, B I E S.
"""

from __future__ import annotations

import numpy as np

KINDS = ("content-R", "content-L", "content-N", "source-R", "source-L", "source-N", "cue")
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
N = len(LABELS)

B = np.array([1 + 4 * k for k in range(len(KINDS))])
I, E, S = B + 1, B + 2, B + 3  # noqa: E741 - the tags' own names
CONTENT = np.array([i for i, name in enumerate(LABELS) if "content" in name])
SOURCE = np.array([i for i, name in enumerate(LABELS) if "source" in name])
CUE = np.array([i for i, name in enumerate(LABELS) if "cue" in name])

# Labels after which nothing is open, and labels that may stand there.
CLOSED = np.concatenate([[0], E, S])
STARTING = np.concatenate([[0], B, S])

ALLOWED = np.zeros((N, N), bool)
ALLOWED[np.ix_(CLOSED, STARTING)] = True
for b, i, e in zip(B, I, E, strict=True):
    ALLOWED[b, [i, e]] = ALLOWED[i, [i, e]] = True
