"""`./dev lint`: the style checks of .pre-commit-config.yaml, and a translation template in step."""

import os
import shutil
import sys

from tools import i18n, system_packages
from tools.console import Problem, call
from tools.paths import CACHE, ROOT


def main(arguments: list[str]) -> int:
    """Check all files that git knows; what can be mended is mended and reported."""
    if not (ROOT / ".git").exists():
        raise Problem("The checks go over the files that git knows; this is no git checkout.")
    if not (shutil.which("node") and shutil.which("npm")):
        system_packages.install("The checks of JavaScript and XML need Node", "nodejs", "npm")
    words = [sys.executable, "-m", "pre_commit", "run", *(arguments or ["--all-files"])]
    env = os.environ | {"PRE_COMMIT_HOME": str(CACHE / "pre-commit")}
    code = call(words, cwd=ROOT, env=env)
    return code or (0 if arguments else i18n.main(["--check"]))
