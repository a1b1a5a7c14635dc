"""The public names: each is there, is documented, and is hidden by no module of the same name."""

from pathlib import Path

import pytest

import onrecord

MODULES = {path.stem for path in Path(onrecord.__file__).parent.iterdir()}


@pytest.mark.parametrize("name", onrecord.__all__)
def test_a_public_name_is_there(name):
    # Importing a module sets its name on the package: a function of that name would be lost.
    assert name not in MODULES
    assert getattr(onrecord, name).__doc__


def test_an_unknown_name_is_answered_with_a_known_one():
    with pytest.raises(AttributeError, match=r"has no 'analyze'. Did you mean analyse\?"):
        _ = onrecord.analyze
    with pytest.raises(AttributeError, match=r"it has .*analyse, "):
        _ = onrecord.zzz
