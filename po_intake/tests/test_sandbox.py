import importlib
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from odoo.tests import BaseCase

from ..extraction import wire
from ..extraction.document import Evidence, OrderDocument, OrderLine
from ..extraction.reader import Hints, Reading
from ..extraction.sandbox import Limits, Sandbox
from ..extraction.source import Source

# A reader of another addon; the addon's own __init__ must not run in the child.
READER = '''
import ctypes, os, signal, sys, time
from odoo.addons.po_intake.extraction.document import OrderDocument
from odoo.addons.po_intake.extraction.reader import EncryptedSource


class Obedient:
    """Does what the document says."""

    code, cost, sandboxed = "obedient", 1, True

    def __init__(self, limits=None):
        self.limits = limits

    def can_read(self, source):
        return True

    def read(self, source, hints):
        answer = getattr(self, source.name)(source.content.decode())
        return (OrderDocument(number=str(answer)),)

    def echo(self, text):
        return text

    def pid(self, text):
        return os.getpid()

    def environment(self, text):
        return sorted(os.environ)

    def modules(self, text):
        return [name for name in sys.modules if name.split(".")[:2] == ["odoo", text]]

    def addon(self, text):
        return hasattr(sys.modules["odoo.addons.po_intake_example"], "RAN")

    def memory(self, text):
        return len(bytearray(int(text)))

    def keep(self, text):
        sys.modules["kept"] = bytearray(int(text))
        return text

    def spin(self, text):
        while True:
            pass

    def sleep(self, text):
        time.sleep(3600)

    def crash(self, text):
        os.kill(os.getpid(), signal.SIGSEGV)

    def leave(self, text):
        os._exit(0)

    def raises(self, text):
        raise KeyError(text)

    def locked(self, text):
        raise EncryptedSource(pages=3)

    def recursion(self, text):
        return self.recursion(text)

    def long(self, text):
        return "x" * int(text)

    def prints(self, text):
        print(text, flush=True)
        os.write(1, b"garbage")
        return text
'''


class SandboxCase(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        readers = Path(folder, "po_intake_example", "readers")
        readers.mkdir(parents=True)
        Path(readers.parent, "__init__.py").write_text("import odoo.tests\nRAN = True\n")
        Path(readers, "__init__.py").touch()
        Path(readers, "obedient.py").write_text(READER)
        addons = sys.modules["odoo.addons"]
        cls.enterClassContext(patch.object(addons, "__path__", [*addons.__path__, folder]))
        cls.enterClassContext(patch.dict(sys.modules))
        name = "odoo.addons.po_intake_example.readers.obedient"
        cls.Reader = importlib.import_module(name).Obedient

    @classmethod
    def enterClassContext(cls, manager):  # unittest has it from Python 3.11 on
        result = manager.__enter__()
        cls.addClassCleanup(manager.__exit__, None, None, None)
        return result

    def sandbox(self, **limits):
        box = Sandbox(Limits(**limits))
        self.addCleanup(box.close)
        return box

    def ask(self, box, verb, text="", **limits):
        reader = self.Reader(Limits(**limits) if limits else None)
        return box.execute(reader, Source(verb, text.encode()), Hints())

    def number(self, *args, **limits):
        reading = self.ask(*args, **limits)
        self.assertIsNone(reading.error, reading.parameters)
        return reading.documents[0].number


class TestSandbox(SandboxCase):
    def test_reads_in_another_process_without_secrets_and_without_odoo(self):
        box = self.sandbox()
        self.assertEqual(self.number(box, "echo", "Größe"), "Größe")
        self.assertNotEqual(self.number(box, "pid"), str(os.getpid()))
        with patch.dict(os.environ, PO_INTAKE_ANTHROPIC_KEY="secret"):
            box.close()
            self.assertNotIn("ANTHROPIC", self.number(box, "environment"))
        for module in ("models", "tests", "tools", "api"):
            self.assertEqual(self.number(box, "modules", module), "[]")
        self.assertEqual(self.number(box, "addon"), "False")

    def test_memory_is_limited_and_the_next_document_is_read(self):
        box = self.sandbox(memory=300_000_000)
        reading = self.ask(box, "memory", "900000000")
        self.assertEqual((reading.error, reading.reader), ("too_large", "obedient"))
        self.assertEqual(self.number(box, "memory", "1000"), "1000")

    def test_time_is_limited_and_the_next_document_is_read(self):
        box = self.sandbox(cpu=1)
        self.assertEqual(self.ask(box, "spin").error, "too_slow")
        self.assertEqual(self.number(box, "echo", "next"), "next")
        box = self.sandbox(wall=0.2)
        self.assertEqual(self.ask(box, "sleep").error, "too_slow")
        self.assertEqual(self.number(box, "echo", "next"), "next")

    def test_a_death_is_a_result(self):
        box = self.sandbox()
        for verb in ("crash", "leave", "raises", "recursion"):
            self.assertEqual(self.ask(box, verb).error, "broken_file", verb)
            self.assertEqual(self.number(box, "echo", "next"), "next")

    def test_reader_errors_keep_code_and_figures(self):
        reading = self.ask(self.sandbox(), "locked")
        self.assertEqual((reading.error, reading.parameters), ("encrypted", {"pages": 3}))

    def test_answers_are_limited_and_prints_are_no_answers(self):
        box = self.sandbox(answer=10_000)
        self.assertEqual(self.ask(box, "long", "20000").error, "too_large")
        self.assertEqual(self.number(box, "prints", "x"), "x")

    def test_one_child_serves_many_until_it_is_replaced(self):
        box = self.sandbox(documents=2)
        pids = [self.number(box, "pid") for _count in range(4)]
        self.assertEqual(len(set(pids)), 2)
        self.assertEqual(pids[0], pids[1])

    def test_child_that_kept_its_memory_is_replaced(self):
        box = self.sandbox(memory=400_000_000)
        pid = self.number(box, "pid")
        self.number(box, "keep", "300000000")
        self.assertNotEqual(self.number(box, "pid"), pid)

    def test_child_outlives_the_thread_that_started_it(self):
        box, pids = self.sandbox(), []
        for _count in range(2):
            thread = threading.Thread(target=lambda: pids.append(self.number(box, "pid")))
            thread.start()
            thread.join()
        self.assertEqual(pids[0], pids[1])

    def test_child_killed_while_idle_costs_no_document(self):
        box = self.sandbox()
        pid = int(self.number(box, "pid"))
        watch = os.pidfd_open(pid)
        self.addCleanup(os.close, watch)
        os.kill(pid, signal.SIGKILL)
        self.assertTrue(select.select([watch], [], [], 10)[0])
        self.assertEqual(self.number(box, "echo", "next"), "next")

    def test_threads_share_one_sandbox(self):
        box, found = self.sandbox(), {}

        def read(key):
            found[key] = [self.number(box, "echo", f"{key}-{count}") for count in range(10)]

        threads = [threading.Thread(target=read, args=(key,)) for key in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for key in range(4):
            self.assertEqual(found[key], [f"{key}-{count}" for count in range(10)])

    def test_reader_with_limits_of_its_own(self):
        box = self.sandbox(memory=300_000_000)
        self.assertEqual(self.ask(box, "memory", "500000000").error, "too_large")
        self.assertEqual(self.number(box, "memory", "500000000", memory=2**30), "500000000")

    def test_reader_outside_the_sandbox_runs_here(self):
        reader = self.Reader()
        reader.sandboxed = False
        reading = self.sandbox().execute(reader, Source("pid", b""), Hints())
        self.assertEqual(reading.documents[0].number, str(os.getpid()))

    def test_child_dies_with_its_parent(self):
        code = """
            import sys
            sys.path[:] = {path!r}
            from {wing}.sandbox import Sandbox
            from {wing}.source import Source
            box = Sandbox()
            box.unpack(Source("a", b"a"))
            print(next(iter(box._children.values())).process.pid, flush=True)
            sys.stdin.read()
        """
        wing_folder = Path(sys.modules[wire.__name__].__file__).parent
        path = [str(wing_folder.parent), *sys.path]
        code = textwrap.dedent(code).format(path=path, wing=wing_folder.name)
        parent = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.addCleanup(parent.communicate)
        watch = os.pidfd_open(int(parent.stdout.readline()))
        self.addCleanup(os.close, watch)
        parent.kill()
        self.assertTrue(select.select([watch], [], [], 10)[0], "the child is still there")

    def test_unpacks_and_tells_what_failed(self):
        box = self.sandbox()
        mail = b"From: a@b.example\nMessage-ID: <1>\nSubject: Hi\n\nFive nails please"
        found = box.unpack(Source("m.eml", mail))
        self.assertEqual(found.sources[0].text, "Five nails please")
        self.assertEqual(found.mail.sender, "a@b.example")
        found = self.sandbox(answer=10).unpack(Source("m.eml", mail))
        self.assertEqual([item.code for item in found.findings], ["too_large"])
        self.assertEqual(found.sources[0].name, "m.eml")


class TestWire(BaseCase):
    def document(self):
        line = OrderLine(1, description="Nail", quantity=Decimal("1.50"))
        evidence = {"number": Evidence(1, (1.0, 2.0, 3.0, 4.0), "A1", "x", 0.9)}
        return OrderDocument(number="A1", lines=(line,), evidence=evidence)

    def test_a_reading_comes_back_as_it_was(self):
        reading = Reading("x", (self.document(),), 0.5, 1)
        data = wire.loads(wire.dumps(wire.dump_reading(reading)))
        self.assertEqual(wire.load_reading(data, "x"), reading)

    def test_what_a_child_must_not_say(self):
        good = wire.dump_reading(Reading("x", (self.document(),)))
        wrong = (
            {"number": 5},
            {"number": {"a": 1}},
            {"number": "x" * 200_000},
            {"lines": [{"quantity": "NaN"}]},
            {"lines": [{"description": ["x"]}]},
            {"lines": ["x"]},
            {"amount_total": "Infinity"},
            {"order_date": "tomorrow"},
            {"evidence": {"number": {"page": "one"}}},
            {"findings": [{"code": "x", "severity": "fatal"}]},
            {"partner": {"name": 1}},
        )
        for change in wrong:
            data = json.loads(json.dumps(good))
            data["documents"][0].update(change)
            with self.assertRaises(ValueError, msg=str(change)[:80]):
                wire.load_reading(data, "x")
        for content in (b"[]", b"{", b'{"a": NaN}', b'{"a": 1e999}', b"[" * 100_000, b"\xff"):
            with self.assertRaises(ValueError, msg=str(content)[:20]):
                wire.loads(content)
        for data in ({}, {"documents": 1}, {"documents": [[]]}, {**good, "error": 5}):
            with self.assertRaises(ValueError):
                wire.load_reading(data, "x")

    def test_a_pickle_is_no_answer(self):
        with self.assertRaises(ValueError):
            wire.loads(pickle.dumps({"documents": []}))
