"""Settings of all tests."""

import matplotlib

matplotlib.use("agg")  # no window opens
