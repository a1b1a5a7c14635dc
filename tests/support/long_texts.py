"""Shapes of one very long article, for what must stay linear: python long_texts.py [--lengths 50000 …]

Prints seconds per 100,000 characters and peak memory per character at doubling lengths, one process per
line. `filled` of a shape makes its text of any length; all is drawn from the number of the piece.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count

FIRST = ("Orla", "Ilse", "Otto", "Maren", "Tomas", "Hanne", "Pavel", "Ruth", "Jonas", "Vera", "Emil", "Nora")
PROSE = "The ferry waited at the quay while the crew checked the gate of the old lock. "


def name(number: int, ending: str = "er") -> str:
    """A name that no other number gives."""
    letters = "".join(chr(97 + number // 26**place % 26) for place in range(3))
    return f"B{letters}{ending}"


def first(number: int) -> str:
    return FIRST[number % len(FIRST)] if number % 3 else name(number, "a")


SHAPES: dict[str, Callable[[int], str]] = {
    "one last name": lambda i: f"“The lock leaks,” {first(i)} Varn said. ",
    "one last name, paragraphs": lambda i: f"{first(i)} Varn, {30 + i % 50}, said the lock leaks.\n\n",
    "one first name": lambda i: f"Ilse {name(i)} said the lock leaks. ",
    "new names": lambda i: f"“The lock leaks,” {first(i)} {name(i)} said. {name(i)} left the hall.\n\n",
    "pronouns": lambda i: "Ilse Varn said the lock leaks. " if i == 0 else "“It leaks,” she said. ",
    "pronouns, paragraphs": lambda i: (
        "Ilse Varn spoke to Otto Brandel.\n\n" if i == 0 else f"{('He', 'She', 'They')[i % 3]} said no.\n\n"
    ),
    "persons and pronouns": lambda i: f"{first(i)} Varn came. “It leaks,” {('he', 'she')[i % 2]} said. ",
    "turns of two": lambda i: f"{('VARN', 'BRANDEL')[i % 2]}: The lock leaks, and I said so.\n",
    "turns of two, paragraphs": lambda i: f"{('Ilse Varn', 'Host')[i % 2]}: The lock leaks.\n\n",
    "turns of many": lambda i: f"{name(i).upper()}: The lock leaks, as {name(i + 1)} said.\n",
    "questions and answers": lambda i: f"{'QA'[i % 2]}: Does the lock leak? It does, he said.\n",
    "nested marks": lambda i: "“‘",
    "nested marks, words": lambda i: "“The ‘lock (of ",
    "unclosed double marks": lambda i: "“The lock leaks, Varn said. ",
    "unclosed double marks, paragraphs": lambda i: "“The lock leaks, Varn said.\n\n",
    "unclosed straight marks": lambda i: '"The lock leaks, Varn said. ' if i % 3 else '"Yes." ',
    "unclosed single marks": lambda i: "‘The lock leaks, Varn said. ",
    "straight single marks": lambda i: "'The lock leaks', said Varn. ",
    "brackets": lambda i: "(the lock [which leaks ",
    "closed brackets": lambda i: "(the lock) [leaks] ",
    "sentence without an end": lambda i: "the lock leaks and the mayor said that he knew of it ",
    "sentence of quotations": lambda i: "“it leaks” said Varn and “it does not” said Brandel, ",
    "sentence of names": lambda i: f"{first(i)} {name(i)}, ",
    "word without an end": lambda i: "lock-",
    "letter without an end": lambda i: "a",
    "tiny paragraphs": lambda i: "Yes.\n\n",
    "tiny lines": lambda i: "Yes\n",
    "tiny quotations": lambda i: "“Yes.”\n\n",
    "datelines": lambda i: f"{name(i).upper()}, Jan. {i % 28 + 1} (OPS) — The lock leaks, Varn said.\n\n",
    "appositions": lambda i: f"{first(i)} {name(i)}, the mayor of {name(i, 'burg')}, said so. ",
    "chained appositions": lambda i: f"Varn, the mayor of {name(i, 'burg')}, ",
    "titles": lambda i: f"Deputy Mayor {name(i)} said it leaks. The deputy mayor left. ",
    "one role": lambda i: f"“It leaks,” the mayor said. {first(i)} {name(i)}, a mayor, nodded. ",
    "lists": lambda i: f"- {first(i)} {name(i)}: the lock leaks\n",
    "numbered lists": lambda i: f"{i}. The lock of {name(i, 'burg')} leaks, {name(i)} said\n",
    "initials": lambda i: "A. B. C. ",
    "initials of names": lambda i: f"A. B. {name(i)} said so. ",
    "repeated headline": lambda i: "Lock to close, says union\n\n",
    "unnamed officials": lambda i: (
        f"“It leaks,” said a {name(i)} official, who asked not to be named because talks go on. "
    ),
    "unnamed officials, one": lambda i: "A senior official said on condition of anonymity that it leaks. ",
    "sources of sources": lambda i: f"Sources close to {name(i)} said it leaks, citing an aide to Varn. ",
    "relays": lambda i: f"The {name(i)} Gazette reported that it leaks, citing officials. ",
    "relays of one": lambda i: "Varn told the Halm Gazette it leaks, the Halm Courier reported. ",
    "disclosures": lambda i: f"{name(i)} did not respond to a request for comment. ",
    "organisations": lambda i: f"The {name(i)} Council said it leaks. The council denied it. ",
    "one organisation": lambda i: "The Halm Council said it leaks. “It does not,” the council said. ",
    "reported clauses": lambda i: "He said that she said that they said that ",
    "according to": lambda i: f"According to {first(i)} {name(i)}, it leaks, according to the report. ",
    "quotations of parts": lambda i: "“It leaks,” Varn said. “It does,” she added, “and it will.” ",
    "quotations over paragraphs": lambda i: ("Varn said: " if i == 0 else "") + "“The lock leaks.\n\n",
    "block quotations": lambda i: "Varn wrote:\n\n    The lock leaks.\n\n",
    "dialogue": lambda i: "“That far?” Varn asked.\n\n" if i == 0 else "“That far.”\n\n“It is.”\n\n",
    "capitals": lambda i: "THE LOCK LEAKS, VARN SAID. ",
    "attribution lines": lambda i: f"“The lock leaks.”\n— {first(i)} {name(i)}\n\n",
    "addresses": lambda i: f"https://halm.example/{name(i)}?a=b&c={i} ",
    "blanks": lambda i: " \t",
    "prose": lambda i: PROSE,
}


def filled(shape: str, length: int) -> str:
    """The text of `shape`, of about `length` characters: whole pieces."""
    pieces, size, piece = [], 0, SHAPES[shape]
    for number in count():
        pieces.append(piece(number))
        size += len(pieces[-1])
        if size >= length:
            return "".join(pieces)
    raise AssertionError


def measure(shape: str, length: int) -> None:
    """Print seconds of processor time and memory of one analysis, in this process."""
    import pandas as pd

    import onrecord

    onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [filled("prose", 2_000)]}))  # models are loaded
    documents = pd.DataFrame({"doc_id": ["a"], "text": [filled(shape, length)]})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    analysis = onrecord.analyse(documents)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{seconds} {memory * 1024} {len(analysis.attributions)} {len(analysis.sources)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lengths", type=int, nargs="*", default=[50_000, 100_000, 200_000])
    parser.add_argument("--shapes", nargs="*", default=list(SHAPES))
    parser.add_argument("--limit", type=int, default=120, help="seconds for one analysis")
    parser.add_argument("--one", action="store_true", help="measure in this process")
    given = parser.parse_args()
    if given.one:
        measure(given.shapes[0], given.lengths[0])
        return
    print(
        f"{'seconds per 100,000 characters, bytes per character at':<36}",
        *map("{:>16,}".format, given.lengths),
    )
    for shape in given.shapes:
        cells = []
        for length in given.lengths:
            command = [sys.executable, __file__, "--one", "--shapes", shape, "--lengths", str(length)]
            try:
                done = subprocess.run(
                    command, capture_output=True, text=True, timeout=given.limit, check=False
                )
            except subprocess.TimeoutExpired:
                cells.append(f"over {given.limit} s")
                break
            if done.returncode:
                cells.append((done.stderr.strip().splitlines() or ["killed"])[-1][:40])
                break
            seconds, memory, *_ = done.stdout.split()
            per_character = int(memory) / length
            cells.append(f"{float(seconds) * 1e5 / length:8.2f} {per_character:7,.0f}")
        print(f"{shape:<40}", *(f"{cell:>16}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
