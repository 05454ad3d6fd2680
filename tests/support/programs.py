"""Programs of the system that a test asks: found, or installed from Debian where tests may, or the test is skipped."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

PACKAGES = {"qpdf": "qpdf", "pdftotext": "poppler-utils", "zbarimg": "zbar-tools"}
"""The package of each program."""


def program(name: str) -> str:
    """Return the path of a program; skips the test where it is neither there nor to be had."""
    path = shutil.which(name)
    if path is None and _may_install():
        _install()
        path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not on this machine: install the package {PACKAGES[name]}")
    return path


def _may_install() -> bool:
    """Whether the tests run as root on a system with apt, such as the container of a gate."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


@cache
def _install() -> None:
    import fcntl  # where there is apt, there is this

    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the tests of one run are several processes, and apt serves one at a time
        missing = [package for name, package in PACKAGES.items() if shutil.which(name) is None]
        install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing]
        # A new machine may have no list of packages, or an old one: it is fetched only where the first try fails.
        if missing and _run(install) != 0 and _run(["apt-get", "update", "--quiet"]) == 0:
            _run(install)


def _run(command: list[str]) -> int:
    # No question is asked: there is no terminal to answer from.
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300).returncode
