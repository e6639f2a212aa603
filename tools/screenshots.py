"""`./dev screenshots`: pictures of the board, the form and the phone for the documentation.

They are taken from the demo, with a headless Chromium over its DevTools protocol.
"""

import argparse
import base64
import contextlib
import io
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import browser, database, foreseen, odoo_source, outcome, postgres, smtp_hop
from tools.console import Problem, say
from tools.demo import MAILS
from tools.paths import ROOT
from tools.rpc import LOGIN
from tools.serve import on_stage

IMAGES = ROOT / "docs/images"
LAPTOP = (1366, 768)
DESKTOP = (1920, 1080)
PHONE = (390, 844)
PATIENCE_SECONDS = 40
#: Name of a picture -> the report it shows, and as what.
REPORTS = {
    "report": ("report", "graph"),
    "report_findings": ("finding", "graph"),
    "report_cost": ("reading", "pivot"),
}
#: A line needs weeks, the demo has a day.
BARS = ".o_graph_button[data-mode=bar]"
CHART = ".o_po_intake_chart svg"

#: What is shown is looked for: ids differ from one demo to the next. A customer's order that waits
#: for a review, with as little amiss as there is; what runs out; and the card that it became.
FORMS = {
    "review": (
        "po.intake",
        [
            ["state", "=", "review"],
            ["document_type", "=", "purchase_order"],
            ["partner_id", "!=", False],
            ["line_ids", "!=", False],
            ["source_name", "ilike", ".pdf"],
        ],
        "blocking_count, id",
    ),
    "forecast": (
        "po.intake.forecast",
        [["on_hand", ">", 0], ["vendor_id", "!=", False], ["stock_out_date", "!=", False]],
        "stock_out_date, id",
    ),
    "reorder": ("po.intake", [["source", "=", "reorder"], ["line_ids", "!=", False]], "id"),
}


@dataclass(frozen=True)
class Picture:
    """One file: where to go, how large the window is, and what must be visible before.

    ``show`` names an element that is scrolled into the middle of the window, ``click`` one that is
    clicked before, and ``then`` says what must be visible after that.
    """

    name: str
    path: str
    size: tuple[int, int]
    ready: str
    show: str = "body"
    click: str = ""
    then: str = "true"

    def open(self, page: "Page", address: str) -> None:
        """Show it in a browser that is signed in."""
        page.open(address + self.path, self.ready)
        if self.click:
            page.evaluate(f"document.querySelector({json.dumps(self.click)}).click()")
            page.wait(self.then)
        page.show(self.show)


def pictures(ids: dict[str, int]) -> tuple[Picture, ...]:
    """Return what is photographed, given the ids of what `FORMS` look for."""
    form = f"/odoo/order-intake/{ids['review']}"
    foreseen_at = f"/odoo/action-po_intake.po_intake_forecast_action/{ids['forecast']}"
    page = "document.querySelector('.o_po_intake_page img')?.naturalWidth > 0"
    return (
        Picture("board", "/odoo/order-intake", LAPTOP, _seen(".o_kanban_record .badge")),
        Picture("list", "/odoo/order-intake?view_type=list", LAPTOP, _seen(".o_data_row .badge")),
        Picture("form", form, LAPTOP, page),
        Picture("form_wide", form, DESKTOP, page),
        Picture(
            "differences",
            form,
            LAPTOP,
            page,
            ".o_notebook",
            ".o_notebook [name=differences]",
            _seen(".tab-pane.active table"),
        ),
        Picture("forecast", foreseen_at, LAPTOP, _seen(CHART)),
        Picture(
            "reorder_card",
            f"/odoo/order-intake/{ids['reorder']}",
            LAPTOP,
            _seen(".o_notebook [name=why]"),
            CHART,
            ".o_notebook [name=why]",
            _seen(CHART),
        ),
        # it opens where somebody has to act
        Picture("phone_board", "/odoo/order-intake", PHONE, _seen(".o_kanban_record .badge")),
        Picture("phone_form", form, PHONE, page),
        *(
            Picture(
                name,
                f"/odoo/action-po_intake.po_intake_{action}_action",
                LAPTOP,
                _seen(".o_graph_renderer canvas, .o_pivot table"),
                click=BARS if kind == "graph" else "",
            )
            for name, (action, kind) in REPORTS.items()
        ),
    )


def _seen(selector: str) -> str:
    return f"!!document.querySelector('{selector}')"


class Page:
    """One tab of a browser, steered over its debugging socket."""

    def __init__(self, address: str) -> None:
        import websocket

        self._socket = websocket.create_connection(
            address, suppress_origin=True, timeout=PATIENCE_SECONDS
        )
        self._numbers = itertools.count(1)

    def send(self, method: str, **parameters: object) -> dict:
        """Give one command and return its result; events in between are let go."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            pass
        if "error" in answer:
            raise Problem(f"Chromium refuses {method}: {answer['error']}")
        return answer["result"]

    def evaluate(self, expression: str) -> object:
        """Return the value of a JavaScript expression, which may use ``await``."""
        done = self.send(
            "Runtime.evaluate",
            expression=f"(async () => {{ return ({expression}); }})()",
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in done:
            return None
        return done["result"].get("value")

    def wait(self, expression: str) -> None:
        """Return when a JavaScript expression is true."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.evaluate(expression):
            if time.monotonic() > deadline:
                raise Problem(f"The page never showed: {expression}")
            time.sleep(0.2)

    def resize(self, width: int, height: int) -> None:
        """Make the window as large as a screen; narrow ones behave as phones."""
        phone = width < 600
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )
        self.send("Emulation.setTouchEmulationEnabled", enabled=phone)

    def open(self, url: str, ready: str) -> None:
        """Load a page and wait until it shows what is asked for."""
        self.send("Page.navigate", url=url)
        self.wait("document.readyState === 'complete'")
        self.wait(ready)

    def show(self, selector: str) -> None:
        """Scroll to an element and let the page come to rest."""
        target = f"document.querySelector({json.dumps(selector)})"
        self.evaluate(f"{target}.scrollIntoView({{inline: 'center', block: 'nearest'}})")
        # pictures, fonts and transitions come after the markup
        self.wait("document.fonts.ready.then(() => true)")
        time.sleep(1.5)

    def shoot(self, path: Path) -> None:
        """Write what the window shows as a PNG with a palette, which keeps it small."""
        from PIL import Image

        shot = self.send("Page.captureScreenshot", format="png")
        picture = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
        picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


@contextlib.contextmanager
def browsing() -> Iterator[Page]:
    """Run a headless Chromium with an empty profile; yield its only tab."""
    binary = next(filter(None, map(shutil.which, browser.NAMES)), None)
    if not binary:
        raise Problem("There is no Chromium.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [
                binary,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--remote-debugging-port=0",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            env={**os.environ, "FONTCONFIG_FILE": str(_fonts(Path(profile)))},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Page(_address(Path(profile)))
        finally:
            process.terminate()
            process.wait(timeout=20)


def _fonts(folder: Path) -> Path:
    """Write a font configuration that knows Roboto, which Odoo is drawn for, and return it."""
    roboto = odoo_source.ensure().parents[2] / "share/fonts/truetype/roboto"
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{roboto}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}/fonts</cachedir>"
        "<match><edit name='family' mode='append_last'><string>Roboto</string></edit></match>"
        "</fontconfig>"
    )
    return config


def _address(profile: Path) -> str:
    """Return the debugging socket of the first tab, as soon as Chromium has told its port."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, IndexError, StopIteration):
            port = (profile / "DevToolsActivePort").read_text().split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                tabs = json.load(answer)
            return next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
        time.sleep(0.1)
    raise Problem("Chromium did not start.")


def sign_in(page: Page, address: str, login: str = LOGIN) -> None:
    """Sign in to Odoo, with a password that is the login, and wait for its web client."""
    page.open(f"{address}/web/login", _seen("input[name=password]"))
    page.evaluate(
        f"document.querySelector('input[name=login]').value = {json.dumps(login)},"
        f"document.querySelector('input[name=password]').value = {json.dumps(login)},"
        "document.querySelector('.oe_login_form').submit()"
    )
    page.wait(_seen(".o_web_client .o_navbar, .o_web_client .o_main_navbar"))


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """Run the demo's server while the block runs, all its mails worked off; yield its address."""
    mails = sorted(MAILS.glob("*.eml"))
    with postgres.running():
        template = database.with_addon(demo=True)
        with database.copied(template, "screenshots") as name, on_stage(name) as stage:
            smtp_hop.send(mails, stage.smtp_port)
            outcome.wait(stage.odoo, len(mails))
            foreseen.work(stage.odoo)
            yield stage.odoo.address


def found(page: Page) -> dict[str, int]:
    """Return the ids of the records that forms are shown of."""
    ids = {}
    for name, (model, domain, order) in FORMS.items():
        arguments = ", ".join(
            map(json.dumps, (model, domain, ["id"], {"order": order, "limit": 1}))
        )
        ids[name] = page.evaluate(
            f"(await odoo.__WOWL_DEBUG__.root.env.services.orm.searchRead({arguments}))[0]?.id"
        )
        if not ids[name]:
            raise Problem(f"The demo has nothing to show of: {name}.")
    return ids


def photograph(address: str, folder: Path) -> None:
    """Take every picture from an Odoo that runs and has an intake to review."""
    folder.mkdir(parents=True, exist_ok=True)
    with browsing() as page:
        page.resize(*LAPTOP)
        sign_in(page, address)
        for picture in pictures(found(page)):
            page.resize(*picture.size)
            picture.open(page, address)
            target = folder / f"{picture.name}.png"
            page.shoot(target)
            say(f"  {target.name}: {target.stat().st_size // 1024} kB")


def main(arguments: list[str]) -> int:
    """Take the pictures of the demo, or of an Odoo that runs already."""
    parser = argparse.ArgumentParser(prog="./dev screenshots", description=__doc__)
    parser.add_argument("--address", help="of an Odoo with the demo that runs already")
    parser.add_argument("--folder", type=Path, default=IMAGES)
    options = parser.parse_args(arguments)
    browser.ensure()
    with contextlib.ExitStack() as stack:
        address = options.address or stack.enter_context(demo())
        photograph(address, options.folder)
    return 0
