#!/usr/bin/env python3
"""Make an environment and run: ``python3 make.py demo``, ``test`` or ``check``. Needs python3 and pip, nothing else."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOLS = HERE / ".make"
CHECKS = (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"], ["lint-imports"])
TESTS = ["pytest", "-q", "-n", "auto", "--dist", "worksteal", "--cov", "--cov-report=term:skip-covered"]
DEMO = "nightly examples/portefeuille --journal demo/journal.sqlite --outbox demo/letters --on 2026-11-23"


def run(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a command in this folder and return its exit code."""
    print("$", " ".join(command), flush=True)
    return subprocess.run(command, cwd=HERE, check=False, env=environment).returncode


def prepared() -> tuple[list[str], dict[str, str]]:
    """Make the project's environment and return the words and variables that run a command in it.

    uv is installed by pip into a folder of its own, which works where pip refuses to touch the system (PEP 668) and
    where venv has no ensurepip. Without uv, pip installs everything into a folder.
    """
    environment = dict(os.environ)
    uv, modules = TOOLS / "uv", TOOLS / "modules"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "--target"]
    command = str(uv / "bin" / "uv")
    if (uv.exists() or run([*pip, str(uv), "uv"]) == 0) and run([command, "sync", "--quiet", "--extra", "all"]) == 0:
        return [command, "run", "--no-sync"], environment
    groups = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    tools = [name for group in ("test", "dev") for name in groups[group] if isinstance(name, str)]
    if run([*pip, str(modules), f"{HERE}[all]", *tools]):
        sys.exit("neither uv nor pip could install the project: see the message above")
    environment["PYTHONPATH"] = os.pathsep.join([str(HERE / "src"), str(modules)])
    environment["PATH"] = os.pathsep.join([str(modules / "bin"), environment["PATH"]])
    return [], environment


def main() -> int:
    """Run the task named on the command line and return its exit code."""
    task = sys.argv[1] if len(sys.argv) == 2 else ""
    if task not in {"demo", "test", "check"}:
        sys.exit("usage: python3 make.py demo | test | check")
    words, environment = prepared()
    (HERE / "demo").mkdir(exist_ok=True)
    tasks = {"demo": [["recouvrement", *DEMO.split()]], "check": list(CHECKS), "test": [TESTS, *CHECKS]}
    return max(run([*words, *command], environment) for command in tasks[task])


if __name__ == "__main__":
    sys.exit(main())
