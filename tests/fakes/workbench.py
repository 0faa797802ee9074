"""The command line in a process of its own, as a user types it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(**variables: str) -> dict[str, str]:
    """The environment without settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OBMIN_")}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200", **variables}


def obmin(*arguments: str | Path, directory: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `obmin …` in a directory to its end."""
    return subprocess.run(
        [sys.executable, "-m", "obmin", *map(str, arguments)],
        cwd=directory,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    """The last line that a command printed to its standard output."""
    return result.stdout.strip().splitlines()[-1]
