"""`./dev lock`: resolve the requirements anew, for every Python that is supported."""

import sys
from pathlib import Path

from tools import python_env
from tools.console import run, say
from tools.paths import TOOLS


def main(arguments: list[str]) -> int:
    """Write the locked files; `--upgrade` takes the newest versions that the ranges allow."""
    uv = python_env.uv(Path(sys.executable))
    # The benchmarks' peers are constrained by the first file, so it comes first.
    for name in ("requirements", "requirements-bench", "requirements-postgres"):
        run(
            [uv, "pip", "compile", f"{name}.in", "--output-file", f"{name}.txt", *arguments]
            + ["--universal", "--python-version=3.10", "--generate-hashes", "--no-annotate"]
            + ["--no-emit-index-url", "--custom-compile-command=./dev lock"],
            cwd=TOOLS,
        )
        say(f"tools/{name}.txt is written.")
    return 0
