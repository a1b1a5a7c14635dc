"""Neural network of the tagger, in plain numpy.

The rows of a token's features are summed and go through residual dilated convolutions. The network
sees a token's surroundings as a whole where the CRF sees them feature by feature; all scores are
added. One article at a time, so that a score never depends on what else is in the batch. A long article
may be cut where its neighbours within `reach` are given too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Net(NamedTuple):
    """Weights of the network, with the batch norms folded in.

    Row 0 of `table` is zero, for unknown features.
    """

    of_row: np.ndarray  # row of a feature in the tagger -> row of `table`
    table: np.ndarray  # features × width
    first_bias: np.ndarray
    dilations: tuple[int, ...]
    kernels: np.ndarray  # layers × 3 (before, at, after) × width × width
    biases: np.ndarray  # layers × width
    out: np.ndarray  # width × labels
    out_bias: np.ndarray

    @property
    def reach(self) -> int:
        """How many tokens away a token can change a score."""
        return sum(self.dilations)

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Scores of the labels for one article's tokens. `rows`: tokens × templates."""
        hidden = self.table.take(rows[:, 0], axis=0)
        taken = np.empty_like(hidden)
        for column in range(1, rows.shape[1]):  # "clip": numpy then writes to `taken` directly
            hidden += self.table.take(rows[:, column], axis=0, out=taken, mode="clip")
        hidden += self.first_bias
        np.maximum(hidden, 0, out=hidden)
        n = len(hidden)
        for dilation, (before, at, after), bias in zip(
            self.dilations, self.kernels, self.biases, strict=True
        ):
            change = hidden @ at
            if n > dilation:
                change[dilation:] += hidden[: n - dilation] @ before
                change[: n - dilation] += hidden[dilation:] @ after
            change += bias
            hidden += np.maximum(change, 0, out=change)
        return hidden @ self.out + self.out_bias
