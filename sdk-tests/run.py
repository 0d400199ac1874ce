#!/usr/bin/env python3
"""Runs real SDKs against a stub provider, points their telemetry at a running Assay, and checks what it made of it.

Usage: run.py [NAME ...]   (names of clients, as node/openllmetry; all without)

What is installed from npm and PyPI is kept in .cache. Nothing but the installation leaves this machine.
"""

import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import documented
import installs
import stub_llm
from assay import Assay
from differences import differences
from expected import EXPECTED

HERE = pathlib.Path(__file__).resolve().parent
CLIENT_SECONDS = 120
ARRIVAL_SECONDS = 30
QUIET = {  # what clients ask of the network besides the provider and Assay, switched off
    "TRACELOOP_TELEMETRY": "false",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "NO_PROXY": "127.0.0.1",
    "no_proxy": "127.0.0.1",
}


def main(names):
    unknown = [name for name in names if name not in EXPECTED]
    if unknown:
        sys.exit(f"sdk-tests: there is no client {unknown[0]}: one of {', '.join(EXPECTED)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("sdk-tests: ended from outside"))  # which stops Assay too
    clients = names or list(EXPECTED)
    failures = {"docs/ingest.md": documented.problems(EXPECTED)}
    programs = {name: timed(f"install {name}", lambda name=name: installs.install(name)) for name in clients}
    stub = stub_llm.listen()
    threading.Thread(target=stub.serve_forever, daemon=True).start()
    assay = Assay(HERE.parent, HERE / ".cache" / "assay")
    timed("start Assay", assay.__enter__)
    try:
        keys = {}
        for name, program in programs.items():
            keys[name] = assay.new_project(name.replace("/", "-"))
            failures[name] = timed(name, lambda: run_client(name, program, assay.url, keys[name], stub.server_port))
        for name in clients:
            failures[name] += awaited(assay, keys[name], name)
    finally:
        assay.__exit__()
    for name, problems in failures.items():
        print(f"{'FAILED' if problems else 'ok':6} {name}")
        for problem in problems:
            print(f"         {problem}")
    failed = sum(1 for problems in failures.values() if problems)
    print(f"{len(failures) - failed} passed, {failed} failed")
    return 1 if failed else 0


def run_client(name, program, assay_url, key, stub_port):
    """Runs a client to its end; returns what went wrong."""
    provider = f"http://127.0.0.1:{stub_port}"
    environment = {
        **os.environ,
        **QUIET,
        "ASSAY_INGEST_URL": assay_url,
        "ASSAY_API_KEY": key,
        "OTEL_SERVICE_NAME": name,
        "OPENAI_API_KEY": "none",
        "OPENAI_BASE_URL": provider + "/v1",
        "ANTHROPIC_API_KEY": "none",
        "ANTHROPIC_BASE_URL": provider,
        "GOOGLE_API_KEY": "none",
        "GOOGLE_GEMINI_BASE_URL": provider,
    }
    script = (HERE / name / "assay.sh").read_text() + 'exec "$@"\n'
    log = HERE / ".cache" / "logs" / (name.replace("/", "-") + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        try:
            done = subprocess.run(
                ["bash", "-euc", script, "client", *program],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=CLIENT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return [f"did not end within {CLIENT_SECONDS} s: see {log}"]
    return [] if done.returncode == 0 else [f"ended with {done.returncode}: see {log}"]


def awaited(assay, key, name):
    """What still differs from what is expected once all has had its time to arrive."""
    deadline = time.monotonic() + ARRIVAL_SECONDS
    while True:
        found = differences(EXPECTED[name], assay.calls(key), assay.operations(key))
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


def timed(what, action):
    begin = time.monotonic()
    result = action()
    print(f"{time.monotonic() - begin:6.1f} s  {what}", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
