"""Build the site of the collection: `make site`, or `python docs/make_site.py --out FOLDER`.

The pages are the documents, notebooks and cards of the repository. Nothing is executed, and no network is
used. A warning is an error.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs" / "site"))

# jsonschema would build grammars of web addresses with it at import, which no page needs.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from sphinx.cmd.build import build_main  # noqa: E402
from stage import stage  # noqa: E402


def build(out: Path, *, processes: int = 2) -> int:
    """Write the site to `out`/html and return the exit code. `out` also has what the pages are made from."""
    stage(ROOT, out / "source")
    shutil.rmtree(out / "html", ignore_errors=True)
    code = build_html(out / "source", out / "html", processes=processes)
    if code == 0:
        lines = "".join(f"{address}\n" for address in external_links(out / "html"))
        (out / "external-links.txt").write_text(lines, encoding="utf-8")
    return code


def build_html(source: Path, html: Path, *, processes: int = 2) -> int:
    """Make the pages of `source`, and return the exit code. Links within the site are checked."""
    options = ["--quiet", "--fresh-env", "--fail-on-warning", "--jobs", str(processes)]
    paths = ["-d", str(html.parent / "doctrees"), "-c", str(ROOT / "docs" / "site"), str(source), str(html)]
    return build_main([*options, "-b", "html", *paths])


def external_links(html: Path) -> list[str]:
    """Return the addresses on other machines to which pages lead. They are listed and not opened."""
    found = set()
    for path in html.rglob("*.html"):
        found |= set(re.findall(r'<a [^>]*href="(https?://[^"]+)"', path.read_text(encoding="utf-8")))
    return sorted(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site", help="the folder to write")
    out = parser.parse_args().out.resolve()
    started = time.monotonic()
    code = build(out)
    if code == 0:
        files = [path for path in (out / "html").rglob("*") if path.is_file()]
        pages = sum(path.suffix == ".html" for path in files)
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"{pages} pages, {size:.1f} MB, {time.monotonic() - started:.0f} seconds")
        print(f"Links to other machines, which were not opened: {out / 'external-links.txt'}")
        print(f"Open {out / 'html' / 'index.html'}")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
