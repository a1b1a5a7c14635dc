"""Settings of all tests."""

import hypothesis
import matplotlib

from lab_server import browser, lab  # noqa: F401  (fixtures, for every file of browser tests)

matplotlib.use("agg")  # no window opens
hypothesis.settings.register_profile("onrecord", deadline=None)  # no test fails because others work beside it
hypothesis.settings.load_profile("onrecord")
