"""Installs a client's libraries into .cache, at the versions of its lock file, and says how to run it."""

import hashlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CACHE = HERE / ".cache"
INSTALL_SECONDS = 600
SAME_LIBRARIES = {"litellm-callback": "litellm"}


def install(name):
    """The command that runs a client, its libraries being installed."""
    language, client = name.split("/")
    return {"node": node, "python": python, "java": java, "go": go}[language](client)


def node(client):
    shutil.copytree(HERE / "node", CACHE / "node", dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    directory = CACHE / "node" / client
    with_lock(
        directory,
        [directory / "package-lock.json"],
        lambda: run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], directory),
    )
    return ["node", str(directory / "client.mjs")]


def python(client):
    libraries = SAME_LIBRARIES.get(client, client)
    directory = CACHE / "python" / libraries
    requirements = HERE / "python" / libraries / "requirements.txt"

    def fill():
        shutil.rmtree(directory, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(directory)], HERE)
        run([str(directory / "bin" / "pip"), "install", "-q", "--no-deps", "-r", str(requirements)], HERE)

    directory.mkdir(parents=True, exist_ok=True)
    with_lock(directory, [requirements], fill)
    # the scenario is found beside the clients' directories
    start = f"import runpy, sys; sys.path.insert(0, {str(HERE / 'python')!r}); runpy.run_path(sys.argv[1])"
    return [str(directory / "bin" / "python"), "-c", start, str(HERE / "python" / client / "client.py")]


def java(client):
    directory = CACHE / "java" / client
    pom = HERE / "java" / client / "pom.xml"
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"
    directory.mkdir(parents=True, exist_ok=True)
    paths = directory / "classpath"
    with_lock(directory, [pom], lambda: run(["mvn", "-B", "-q", "-f", str(pom), goal, f"-Dmdep.outputFile={paths}"], HERE))
    home = os.environ.get("JAVA_HOME")
    program = f"{home}/bin/java" if home else "java"
    return [program, "-cp", paths.read_text(), str(HERE / "java" / client / "client.java")]


def go(client):
    directory = CACHE / "go" / client
    source = HERE / "go" / client
    program = directory / client
    directory.mkdir(parents=True, exist_ok=True)
    build = ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", str(program), "."]
    with_lock(directory, [source / "main.go", source / "go.sum"], lambda: run(build, source))
    return ["bash", str(source / "client.sh"), str(program), free_port(), *python("openinference")]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


def with_lock(directory, sources, fill):
    """Fills the directory unless it already holds what these files say."""
    wanted = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    mark = directory / ".installed"
    if not mark.exists() or mark.read_text() != wanted:
        fill()
        mark.write_text(wanted)


def run(command, directory):
    done = subprocess.run(
        command, cwd=directory, timeout=INSTALL_SECONDS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        sys.exit(f"sdk-tests: {' '.join(command)} failed in {directory}:\n{done.stdout[-4000:]}")
