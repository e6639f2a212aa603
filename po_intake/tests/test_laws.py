import ast
import inspect
import re
from pathlib import Path

from odoo.tests import BaseCase, TransactionCase

ADDON = Path(__file__).parent.parent
WINGS = ("extraction", "matching", "forecast")


def _imports(path):
    """Absolute module names and (level, module) of relative imports in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield 0, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


class TestLaws(BaseCase):
    """The house stands on a few rules of import."""

    def files(self, folder):
        return sorted((ADDON / folder).rglob("*.py"))

    def test_wings_know_nothing_of_odoo(self):
        for wing in WINGS:
            for path in self.files(wing):
                for level, name in _imports(path):
                    with self.subTest(path=path.name, name=name):
                        self.assertFalse(level == 0 and name.split(".")[0] == "odoo")

    def test_wings_never_climb_out_of_themselves(self):
        for wing in WINGS:
            for path in self.files(wing):
                depth = len(path.relative_to(ADDON / wing).parts)
                for level, name in _imports(path):
                    with self.subTest(path=path.name, name=name):
                        self.assertLessEqual(level, depth)
                        self.assertNotIn(name.split(".")[0] if not level else "", WINGS)

    def test_only_the_reader_service_hands_out_readers(self):
        for path in self.files("."):
            parts = path.relative_to(ADDON).parts
            if parts[0] in ("tests", "extraction") or parts[-1] == "po_intake_reader.py":
                continue
            for _level, name in _imports(path):
                self.assertNotIn("extraction.readers", name, path.name)

    def test_only_crons_commit(self):
        for path in self.files("models") + self.files("wizards") + self.files("controllers"):
            self.assertNotIn("cr.commit(", path.read_text(encoding="utf-8"), path.name)


class TestLedger(TransactionCase):
    """The ledger is made of many parts; none of them may hide a method of another."""

    def test_no_part_hides_a_method_of_another(self):
        homes = {}
        for part in type(self.env["po.intake"]).mro():
            home = part.__module__
            # what the ledger itself defines is what its parts ask it for
            if not home.startswith("odoo.addons.po_intake.") or home.endswith(".po_intake"):
                continue
            for name, method in vars(part).items():
                if inspect.isfunction(method):
                    homes.setdefault(name, {})[home] = method
        self.assertGreater(len(homes), 100)
        for name, methods in homes.items():
            # the last one needs no super(): it is the one that the others hand on to
            hiding = [
                module
                for module, method in list(methods.items())[:-1]
                if "super()" not in inspect.getsource(method)
            ]
            self.assertFalse(hiding, f"{name} of {list(methods)}")


class TestWords(TransactionCase):
    """No bare code is ever shown to a person."""

    def test_every_finding_has_a_sentence(self):
        made = re.compile(
            r"""Finding\(\s*"(\w+)"|"code": "(\w+)"|code, path(?:, printed)? = \(?"(\w+)\""""
        )
        errors = re.compile(r"""^    code = "(\w+)"$""", re.M)
        codes = set()
        for path in (ADDON / "extraction").rglob("[!_]*.py"):
            text = path.read_text(encoding="utf-8")
            codes.update(word for found in made.findall(text) for word in found if word)
            if path.name == "reader.py":  # the codes of its errors
                codes.update(errors.findall(text))
        codes |= self.codes_of_checks()
        texts = self.env["po.intake.finding"]._get_texts()
        self.assertGreater(len(codes), 30)
        self.assertFalse(codes - texts.keys())

    def codes_of_checks(self):
        """What the policy's checks can find: first arguments of ``_finding``."""
        codes = set()
        for path in (ADDON / "models").rglob("po_intake_check_*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
            for call in calls:
                if isinstance(call.func, ast.Attribute) and call.func.attr == "_finding":
                    codes.update(
                        node.value
                        for node in ast.walk(call.args[0])
                        if isinstance(node, ast.Constant)
                    )
        return codes

    def test_every_check_can_be_weighed_by_teams(self):
        severities, texts = (
            self.env["po.intake.severity"],
            self.env["po.intake.finding"]._get_texts(),
        )
        defaults = severities._get_defaults()
        self.assertFalse(self.codes_of_checks() - defaults.keys())
        self.assertFalse(defaults.keys() - texts.keys())
        self.assertEqual({defaults[code] for code in severities._get_fixed()}, {"blocking"})
