"""`./dev bench`: run one of bench/*.py in an environment that also has the peers it names."""

import os

from tools import python_env, setup
from tools.console import Problem, call
from tools.paths import ADDON, ROOT

FOLDER = ROOT / "bench"


def main(arguments: list[str]) -> int:
    """Run the benchmark that is named, with the remaining arguments."""
    name, *rest = arguments or [""]
    script = FOLDER / f"{name}.py"
    if not script.is_file():
        known = ", ".join(sorted(path.stem for path in FOLDER.glob("[!_]*.py")))
        raise Problem(f"There is no benchmark '{name}'. There are: {known}")
    python = setup.ensure(python_env.PEERS).python
    # The repository for `tools`, the addon's folder for the wings that need no Odoo.
    env = os.environ | {"PYTHONPATH": f"{ROOT}:{ADDON}"}
    return call([python, script, *rest], env=env)
