"""Labels of the tagger: content and source by the side of the cue, and cues.

BIOES labels. Content and Source have R where the attribution's first cue in the sentence is before
them, L where it is after, N where there is none. Label 0 is O. The rest follow kind by kind: B I E S.
"""

from __future__ import annotations

import numpy as np

KINDS = ("content-R", "content-L", "content-N", "source-R", "source-L", "source-N", "cue")
LABELS = ("O", *(f"{tag}-{kind}" for kind in KINDS for tag in "BIES"))
N = len(LABELS)

B = np.array([1 + 4 * k for k in range(len(KINDS))])
I, E, S = B + 1, B + 2, B + 3  # noqa: E741 - the tags' own names
CONTENT = np.array([i for i, name in enumerate(LABELS) if "content" in name])
SOURCE = np.array([i for i, name in enumerate(LABELS) if "source" in name])
CUE = np.array([i for i, name in enumerate(LABELS) if "cue" in name])

# Labels after which nothing is open, and labels that may follow them.
CLOSED = np.concatenate([[0], E, S])
STARTING = np.concatenate([[0], B, S])

ALLOWED = np.zeros((N, N), bool)
ALLOWED[np.ix_(CLOSED, STARTING)] = True
for b, i, e in zip(B, I, E, strict=True):
    ALLOWED[b, [i, e]] = ALLOWED[i, [i, e]] = True
