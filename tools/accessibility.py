"""`./dev accessibility`: does axe-core find barriers on the board, its list, and the form?

The demo is opened in a headless Chromium, on a laptop and on a phone. What axe calls serious or
critical is printed and makes the command fail. Left out are parts that Odoo draws by itself and
that have the same faults in all of its apps.
"""

import argparse
import contextlib
import json

from tools import browser, python_env, screenshots
from tools.console import Problem, say, step
from tools.paths import CACHE, TOOLS, digest_files

AXE = TOOLS / "requirements-axe.txt"
#: Odoo's own: search bar, chatter and activities, check boxes and switch of lists, heads of
#: notebooks and pivots, drop-downs of selections, folded columns of a board, its green.
ODOOS = (
    ".o_control_panel",
    ".o-mail-Chatter",
    ".o-mail-ActivityButton",
    ".o_list_record_selector",
    ".o_optional_columns_dropdown",
    ".o_notebook_headers",
    ".o_select_menu",
    ".o_select_menu_input",
    ".o-dropdown",
    ".o_field_many2one_avatar_user",
    ".o_column_folded",
    ".o_search_panel_sidebar",
    ".o_boolean_cell",
    ".o-checkbox",
    ".o_pivot",
    ".text-bg-success",
    ".o_form_label",
)
RUN = """
await axe.run({include: [[".o_action_manager"]], exclude: %s}, {resultTypes: ["violations"]})
    .then(({violations}) => violations
        .filter(({impact}) => ["serious", "critical"].includes(impact))
        .flatMap(({id, help, nodes}) => nodes.map(({html}) => `${id}: ${help}: ${html}`)))
"""


def script() -> str:
    """Return axe-core, downloaded once."""
    venv = CACHE / f"axe-{digest_files(AXE)}"
    if not (venv / "complete").exists():
        with step("axe-core: download"):
            python_env.make(venv)
            python = venv / "bin/python"
            python_env.install(python, "--require-hashes", "--no-deps", f"--requirement={AXE}")
            (venv / "complete").touch()
    (file,) = venv.glob("lib/python3*/site-packages/axe_playwright_python/axe.min.js")
    return file.read_text(encoding="utf-8")


def barriers(address: str) -> dict[str, list[str]]:
    """Look at each screen of an Odoo that runs; return what is wrong, by screen."""
    axe = script()
    found = {}
    with screenshots.browsing() as page:
        page.resize(*screenshots.LAPTOP)
        screenshots.sign_in(page, address)
        for picture in screenshots.pictures(screenshots.found(page)):
            page.resize(*picture.size)
            picture.open(page, address)
            page.send("Runtime.evaluate", expression=axe)
            result = page.evaluate(RUN % json.dumps([[part] for part in ODOOS]))
            if result is None:
                raise Problem(f"axe-core could not look at {picture.name}.")
            found[picture.name] = result
    return found


def main(arguments: list[str]) -> int:
    """Print the barriers; fail if there are any."""
    parser = argparse.ArgumentParser(prog="./dev accessibility", description=__doc__)
    parser.add_argument("--address", help="of an Odoo with the demo that runs already")
    options = parser.parse_args(arguments)
    browser.ensure()
    with contextlib.ExitStack() as stack:
        found = barriers(options.address or stack.enter_context(screenshots.demo()))
    for name, sentences in found.items():
        say(f"{name}: {len(sentences) or 'nothing'}")
        for sentence in sentences:
            say(f"  {sentence[:300]}")
    return int(any(found.values()))
