"""Compares docs/ingest.md with the clients: what it tells readers to write is what the clients run with."""

import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
BLOCK = re.compile(r"<!-- ([\w/ -]+) -->\n```\w+\n(.*?)```", re.DOTALL)


def problems(names):
    """Lines of the page that its clients do not run with, and clients that the page leaves out."""
    page = (HERE.parent / "docs" / "ingest.md").read_text()
    found = []
    shown = set()
    for clients, block in BLOCK.findall(page):
        for name in clients.split():
            shown.add(name)
            run = [line for path in sources(name) for line in path.read_text().splitlines()]
            found += [
                f"docs/ingest.md has a line that {name} does not run with: {line}"
                for line in block.splitlines()
                if line and line not in run
            ]
    return found + [f"docs/ingest.md does not show {name}" for name in names if name not in shown]


def sources(name):
    return [HERE / name / "assay.sh", *(HERE / name).glob("client.*")]
