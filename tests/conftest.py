"""Settings of all tests."""

import matplotlib

from lab_server import browser, lab  # noqa: F401  (fixtures, for every file of browser tests)

matplotlib.use("agg")  # no window opens
