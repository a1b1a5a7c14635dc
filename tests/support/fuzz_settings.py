"""Changed settings files and files of codings: python fuzz_settings.py -n 20000 [--seed 1]

Each is read, or refused with an error that names the file. What was read and saved is read again as the
same. Ends with 1 on another error.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import traceback
from pathlib import Path

from onrecord.evaluation.codings import read_codings
from onrecord.notebook.settings import load_settings

SETTINGS = (
    b'articles = "news"\nfrom = 2026-01-01\noutlets = ["The Halm Post", "Ule"]\ncompare = 8\n'
    b'minimum_words = 5\nsource = "own count"\n[columns]\ntext = "Body"\n'
    b'[targets]\n"Mara Lind" = ["Mara Lind", "Ms Lind"]\n'
)
CODINGS = (
    b"item_id,coder,is_right,form,naming,speaker,coded_at,tone\n"
    b"a,ann,True,direct,named,Mara Lind,2026-01-31T10:00:00+00:00,\nb,ann,False,,,,,negative\n"
)
PIECES = [b"1e400", b"nan", b"-1", b"9" * 400, b"true", b'""', b"[]", b"{}", b"[[1]]", b"0001-01-01"]
PIECES += ["\ufeff\u202e\u2028é".encode(), b"\xff", b"\0", b"\r", b"=1+1", b'"' + b"a" * 300 + b'"']
PIECES += [b"[" * 2_000, b";", b",", b"\n"]


def changed(data: bytes, draw: random.Random) -> bytes:
    """`data` with some bytes replaced, removed, repeated or put in."""
    text = bytearray(data)
    for _ in range(draw.randint(1, 2)):
        at = draw.randrange(len(text) + 1)
        kind = draw.random()
        if kind < 0.3:
            text[at : at + 1] = bytes([draw.randrange(256)])
        elif kind < 0.6:
            del text[at : at + draw.randint(1, 12)]
        elif kind < 0.9:
            text[at:at] = draw.choice(PIECES)
        else:
            text[at:at] = text[draw.randrange(len(text) + 1) :][:30]
    encoding = draw.choice(["utf-8"] * 8 + ["utf-8-sig", "utf-16"])
    return bytes(text) if encoding == "utf-8" else bytes(text).decode("utf-8", "replace").encode(encoding)


def check_settings(path: Path) -> None:
    settings = load_settings(path)
    again = load_settings(settings.save(path.with_name("again.toml")))
    assert settings.outlets == again.outlets and settings.targets == again.targets, "not the same when saved"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-n", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    (folder / "news").mkdir()
    kinds = [("settings.toml", SETTINGS, check_settings), ("codings.csv", CODINGS, read_codings)]
    n_read = n_faults = 0
    for number in range(given.n):
        name, data, check = kinds[number % 2]
        content = changed(data, random.Random(f"{given.seed}-{number}"))
        path = folder / name
        path.write_bytes(content)
        try:
            check(path)
            n_read += 1
        except (ValueError, FileNotFoundError) as error:
            if name in str(error):
                continue
            print(f"{number}: the error does not name the file: {error!s:.300}")
            n_faults += 1
        except Exception:
            print(f"{number}: {content!r:.400}\n{traceback.format_exc()}")
            n_faults += 1
    print(f"{given.n:,} files, {n_read:,} read, the others refused; {n_faults} faults")
    return 1 if n_faults else 0


if __name__ == "__main__":
    sys.exit(main())
