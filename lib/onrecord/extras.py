"""Optional packages and the extras of pyproject.toml that install them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

# name of a module: the extra that installs it
EXTRA_OF: Mapping[str, str] = {
    "matplotlib": "charts",
    "networkx": "charts",
    "ipywidgets": "notebook",
    "itables": "notebook",
    "jinja2": "notebook",
    "markupsafe": "notebook",
    "nbclient": "report",
    "nbformat": "report",
    "mistune": "report",
    "voila": "app",
    "duckdb": "scale",
    "dask": "cluster",
    "distributed": "cluster",
}


@contextmanager
def name_extra() -> Iterator[None]:
    """Name the extra in the error of an import that fails without it.

    The error is an ImportError.

    >>> with name_extra():
    ...     raise ModuleNotFoundError("No module named 'duckdb'", name="duckdb")
    Traceback (most recent call last):
    ImportError: duckdb is not installed. It comes with an extra: pip install "onrecord[scale]"
    """
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in EXTRA_OF:
            raise
        raise ImportError(
            f'{name} is not installed. It comes with an extra: pip install "onrecord[{EXTRA_OF[name]}]"',
            name=name,
        ) from None
