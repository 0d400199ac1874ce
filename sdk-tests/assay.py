"""A running Assay as the checks need it: started in a home of its own on free ports, and asked through its API."""

import json
import os
import shlex
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

PORT_NAMES = [
    f"ASSAY_{owner}_{kind}PORT"
    for owner in ("INGEST", "QUALITY", "COST", "ALERT", "DASHBOARD")
    for kind in ("", "MANAGEMENT_")
] + ["ASSAY_KAFKA_PORT", "ASSAY_KAFKA_CONTROLLER_PORT", "ASSAY_POSTGRES_PORT"]
START_SECONDS = 1200  # a first start also builds
KEY_SECONDS = 30  # a new key works everywhere within 15 s


class Assay:
    """An installation; `with` starts it, and stops it whatever happens."""

    def __init__(self, root, home):
        self.command = str(root / "assay")
        self.home = home
        self.environment = {**os.environ, "ASSAY_HOME": str(home)}
        self.url = None
        self.key = None

    def __enter__(self):
        if self.home.exists():
            self.run("down")  # what an interrupted run has left
            shutil.rmtree(self.home)
        self.environment.update(free_ports())
        try:
            self.run("up")
            exports = dict(
                line.removeprefix("export ").split("=", 1) for line in self.run("env").splitlines() if "=" in line
            )
        except BaseException:
            self.__exit__()
            raise
        self.url = shlex.split(exports["ASSAY_INGEST_URL"])[0]
        self.key = shlex.split(exports["ASSAY_API_KEY"])[0]
        return self

    def __exit__(self, *_):
        self.run("down")

    def run(self, *arguments):
        done = subprocess.run(
            [self.command, *arguments],
            env=self.environment,
            timeout=START_SECONDS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"./assay {arguments[0]} ended with {done.returncode}:\n{done.stdout}")
        return done.stdout

    def new_project(self, name):
        """Makes a project and returns a key that sends to it and reads from it."""
        self.request("POST", "/v1/projects", self.key, {"id": name, "name": name})
        scopes = {"name": "sdk-tests", "scopes": ["ingest", "read"]}
        key = self.request("POST", f"/v1/projects/{name}/keys", self.key, scopes)["key"]
        deadline = time.monotonic() + KEY_SECONDS
        while True:
            try:
                self.calls(key)
                return key
            except urllib.error.HTTPError as unknown:
                if unknown.code != 401 or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def calls(self, key):
        """Every record of a project, the oldest first."""
        items = self.request("GET", "/v1/calls?limit=500", key)["items"]
        return sorted(items, key=lambda call: (call["start_time"], call["event_id"]))

    def operations(self, key):
        """The operational KPIs of a project over the last hour: name to value."""
        groups = self.request("GET", "/v1/kpis/operations?from=now-1h&to=now", key)["groups"]
        return {name: figure["value"] for name, figure in groups[0]["kpis"].items()} if groups else {}

    def request(self, method, path, key, document=None):
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if document is None else json.dumps(document).encode(),
            headers={"Authorization": "Bearer " + key, "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def free_ports():
    """A free loopback port for each that an installation listens on."""
    sockets = [socket.socket() for _ in PORT_NAMES]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return {name: str(each.getsockname()[1]) for name, each in zip(PORT_NAMES, sockets)}
    finally:
        for each in sockets:
            each.close()
