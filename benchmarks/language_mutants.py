"""Mutants of the language of policies: its source with one thing changed, and the tests that should notice.

A mutant is a function of ``policy/condition.py``, ``outcome.py`` or ``pack.py`` (``is_decisive``) with one comparison,
logical word, verdict, constant or branch exchanged: *unknown read as yes*, *incomplete read as complete* among them.
Each runs in a child process in which that function's code is replaced; the child runs the tests of the language and
stops at the first that fails. One that takes longer than ``PATIENCE`` seconds is counted as not noticed.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import importlib
import inspect
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
MODULES = ("safeconduct.policy.condition", "safeconduct.policy.outcome", "safeconduct.policy.pack")
TESTS = ("reference_rules", "outcome", "load", "parse", "refusals", "weakening", "differences", "condition", "lines")
PATIENCE = 40.0  # seconds a child may take
_SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "AllOf": "AnyOf", "AnyOf": "AllOf"}
_VERDICTS = ("MET", "NOT_MET", "CANNOT_TELL")


class Mutant(NamedTuple):
    """One function with one change; ``what`` says which, at which line."""

    module: str
    function: str
    what: str
    code: CodeType


def language_mutants() -> list[Mutant]:
    """Every mutant, in the order of the source."""
    found = []
    for module in MODULES:
        source = Path(inspect.getfile(importlib.import_module(module))).read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                found += list(_of_function(module, node))
    return found


def _of_function(module: str, function: ast.FunctionDef) -> Iterator[Mutant]:
    for place, node in enumerate(ast.walk(function)):
        for what, change in _changes(node):
            changed = copy.deepcopy(function)
            target = next(each for number, each in enumerate(ast.walk(changed)) if number == place)
            change(target)
            tree = ast.Module([_future(), changed], [])
            whole = compile(ast.fix_missing_locations(tree), f"mutant of {module}", "exec")
            code = next(
                each for each in whole.co_consts if isinstance(each, CodeType) and each.co_name == function.name
            )
            yield Mutant(module, function.name, f"line {getattr(node, 'lineno', function.lineno)}: {what}", code)


def _future() -> ast.ImportFrom:
    return ast.ImportFrom("__future__", [ast.alias("annotations")], 0)


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What can be changed at a node: words that say it, and a function that does it to a copy of the node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _SWAPS:
            other = _SWAPS[type(op)]
            yield f"{_name(op)} to {other.__name__}", lambda each: setattr(each, "ops", [other()])
        case ast.BoolOp(op=op):
            yield f"{_name(op)} exchanged", lambda each: setattr(each, "op", _SWAPS[type(each.op)]())
        case ast.Name(id=name) if name in _NAMES:
            yield f"{name} to {_NAMES[name]}", lambda each: setattr(each, "id", _NAMES[name])
        case ast.Attribute(value=ast.Name(id="Verdict"), attr=verdict) if verdict in _VERDICTS:
            yield from ((f"{verdict} to {each}", _setter("attr", each)) for each in _VERDICTS if each != verdict)
        case ast.IfExp() | ast.If():
            yield "condition turned round", lambda each: setattr(each, "test", ast.UnaryOp(ast.Not(), each.test))
        case ast.UnaryOp(op=ast.Not()):
            yield "not dropped", lambda each: setattr(each, "operand", ast.UnaryOp(ast.Not(), each.operand))
        case ast.Constant(value=bool() as value):
            yield f"{value} to {not value}", _setter("value", not value)
        case ast.Constant(value=int() as number):
            yield f"{number} to {number + 1}", _setter("value", number + 1)
    yield from _completeness(node)


def _completeness(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """``fact.complete`` where it is asked: read as always, and as never so."""
    for field in ("test", "value", "values"):
        inner = getattr(node, field, None)
        if isinstance(inner, ast.Attribute) and inner.attr == "complete":
            for value in (True, False):
                yield f"complete read as {value}", _setter(field, ast.Constant(value))
        elif isinstance(inner, list):
            for place, each in enumerate(inner):
                if isinstance(each, ast.Attribute) and each.attr == "complete":
                    for value in (True, False):
                        yield f"complete read as {value}", _item_setter(field, place, ast.Constant(value))


def _setter(field: str, value: Any) -> Any:
    return lambda each: setattr(each, field, value)


def _item_setter(field: str, place: int, value: Any) -> Any:
    return lambda each: getattr(each, field).__setitem__(place, value)


def _name(node: ast.AST) -> str:
    return type(node).__name__


def run(mutants: list[Mutant], processes: int = 2) -> list[bool]:
    """Whether each is noticed, told on stderr as it is known. The tests are imported once, before children are made."""
    _prepare()
    if _child(None) != 0:
        raise SystemExit("the tests fail without any change: mend them first")
    noticed: dict[int, bool] = {}
    waiting, running = list(range(len(mutants)))[::-1], dict[int, tuple[int, float]]()
    while waiting or running:
        while waiting and len(running) < processes:
            number = waiting.pop()
            running[_start(mutants[number])] = (number, time.monotonic())
        for number in _reap(running, noticed):
            print(
                len(noticed),
                "noticed" if noticed[number] else "NOT",
                *mutants[number][1:3],
                file=sys.stderr,
                flush=True,
            )
    return [noticed[number] for number in range(len(mutants))]


def _reap(running: dict[int, tuple[int, float]], noticed: dict[int, bool]) -> list[int]:
    ended = []
    for pid, (number, begun) in list(running.items()):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            noticed[number] = os.waitstatus_to_exitcode(status) > 0  # killed for its time: not noticed
            del running[pid]
            ended.append(number)
        elif time.monotonic() - begun > PATIENCE:
            os.kill(pid, signal.SIGKILL)
    time.sleep(0.01)
    return ended


def _prepare() -> None:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import hypothesis
    import pytest  # noqa: F401 — imported once for all children

    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # a counterexample is enough, small or not
    hypothesis.settings.register_profile("mutants", deadline=None, phases=phases, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutants")
    for name in TESTS:
        importlib.import_module(f"tests.policy.test_{name}")


def _start(mutant: Mutant | None) -> int:
    pid = os.fork()
    if pid:
        return pid
    os._exit(_judge(mutant))


def _child(mutant: Mutant | None) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(_start(mutant), 0)[1])


def _table_differs() -> bool:
    """Whether some rule no longer says what is stated of it: quicker than the tests, and asked first."""
    from tests.policy.reference_rules import slips
    from tests.policy.test_reference_rules import RULES, STATED

    try:
        return any(slips(STATED[rule.id], rule) for rule in RULES.values())
    except Exception:  # noqa: BLE001 — a mutant that breaks is noticed, however it breaks
        return True


def _judge(mutant: Mutant | None) -> int:
    import pytest

    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        if mutant:
            function = getattr(sys.modules[mutant.module], mutant.function)
            assert isinstance(function, FunctionType)
            function.__code__ = mutant.code
            if _table_differs():
                return 1
        paths = [f"tests/policy/test_{name}.py" for name in TESTS]
        return int(pytest.main(["-x", "-q", "--assert=plain", "--tb=no", *paths]))
