"""One act of one flow: permission first, one transaction, one effect for one key, one ledger leaf last.

``@flow(Action.X)`` turns ``verb(work, order) -> result`` into ``verb(actor, order, key=…) -> result``.
What takes long (reading files, judging) goes into a ``prepare`` function, which runs before the
transaction on what is committed by then; ``Stale`` raised inside makes it run again.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec
from django.db import IntegrityError, connection

from safeconduct.access import TEXTS, Action, Actor, CaseFacts, Role, may
from safeconduct.core import canonical
from safeconduct.core.errors import Refusal, TryAgain
from safeconduct.core.message import Message
from safeconduct.flows import ledgering
from safeconduct.flows.holder import writing
from safeconduct.flows.installation import Installation, here
from safeconduct.flows.order import Order
from safeconduct.flows.wake import announce, wake_worker
from safeconduct.ledger import Event
from safeconduct.store import rows
from safeconduct.store.models import Blob, Case, IdempotencyKey, Record
from safeconduct.store.permit import permitted
from safeconduct.store.visible import case_facts

O = TypeVar("O", bound=Order)  # noqa: E741 - an order
R = TypeVar("R", bound=msgspec.Struct)
P = TypeVar("P")
ATTEMPTS = 3
MOST_KEY = 120
NO_CASE = "no such case"


class KeyUsed(Refusal):
    """The key of this order is that of another one."""


class Stale(Exception):
    """What was prepared no longer fits what is stored; the flow prepares anew."""


class Work:
    """What a flow works with inside its transaction."""

    def __init__(self, actor: Actor, at: Installation, case: Case | None) -> None:
        self.actor, self.at, self._case = actor, at, case
        self.now = at.now()
        self.today = at.today()
        self.note = ""
        self.wakes = False
        self._blobs: list[str] = []

    @property
    def case(self) -> Case:
        """The case the order is about, or the one the flow has opened."""
        if self._case is None:
            raise LookupError("the order is about no case")
        return self._case

    def open_case(self, case: Case) -> None:
        """The case this flow has just made."""
        self._case = case

    def record(self, kind: str, document: object) -> Record:
        """Keep ``document`` for ever as the case's next record; save the case afterwards."""
        body = canonical.encode(document)
        self.case.records += 1
        return Record.objects.create(
            case=self.case,
            number=self.case.records,
            kind=kind,
            body=body.decode(),
            sha256=canonical.sha256(body),
            author=self.actor.id,
            author_role=self.actor.role.value,
            at=self.now,
        )

    def commit_blob(self, sha256: str, size: int) -> None:
        """Put a file of the blob store under the ledger."""
        if not Blob.objects.filter(sha256=sha256).exists():
            Blob.objects.create(sha256=sha256, size=size, kept=self.now)
            self._blobs.append(sha256)

    def event(self, name: str, written: list[tuple[str, str]]) -> Event:
        """What this act did, with the digest of every row as it now stands."""
        return Event(
            v=1,
            at=self.now,
            flow=name,
            actor=self.actor.id,
            case=self._case.reference if self._case else "",
            rows=rows.digests(written),
            blobs=tuple(self._blobs),
            note=self.note,
        )


class Flow(Generic[O, R]):
    """A use case as doors call it."""

    def __init__(self, action: Action, verb: Callable[..., R], prepare: Callable[[Actor, O, Installation], Any] | None):
        self.action, self.verb, self.prepare = action, verb, prepare
        self.name = verb.__name__
        self.__doc__ = verb.__doc__
        self.result: type[R] = typing.get_type_hints(verb)["return"]

    def __call__(self, actor: Actor, order: O, *, key: str, at: Installation | None = None) -> R:
        """Do it once. ``key`` names this order: the same key with the same order returns the first result
        and changes nothing; with another order it is refused. Raises ``Refusal`` with the reason."""
        at = at or here()
        _refuse_bad_key(key)
        last: Exception | None = None
        for _ in range(ATTEMPTS):
            try:
                return self._attempt(actor, order, key, at)
            except (Stale, IntegrityError) as error:  # somebody else was quicker: look again
                last = error
        raise TryAgain("the case is changing too fast", self.name, "try again in a moment") from last

    def _attempt(self, actor: Actor, order: O, key: str, at: Installation) -> R:
        before = self._done(actor, order, key)
        if before is not None:  # what was done is told again also when the case has moved on
            return before
        ask(actor, self.action, order.concerns(actor))
        given = (self.prepare(actor, order, at),) if self.prepare else ()
        with writing(at.home):
            head = ledgering.take_head()
            work = Work(actor, at, ask(actor, self.action, order.concerns(actor), lock=True))
            before = self._done(actor, order, key)
            if before is not None:
                return before
            with permitted() as permit:
                result = self.verb(work, order, *given)
                self._remember(work, order, key, result)
            ledgering.append(head, work.event(self.name, list(permit.rows)), at)
            if work.wakes:
                announce()
        if work.wakes:
            wake_worker(at.home)
        ledgering.sign_head(at)
        return result

    def _done(self, actor: Actor, order: O, key: str) -> R | None:
        row = IdempotencyKey.objects.filter(flow=self.name, actor=actor.id, key=key).first()
        if row is None:
            return None
        if row.order != canonical.digest(order):
            raise KeyUsed(f"the key {key!r} was used for another order", self.name, "use a new key for a new order")
        concerns = order.concerns(actor)
        if isinstance(concerns, str) and actor.role is not Role.SYSTEM:
            ask(actor, Action.READ, concerns)  # a permission to see that was lost since stays lost
        return canonical.decode(row.result.encode(), self.result)

    def _remember(self, work: Work, order: O, key: str, result: R) -> None:
        IdempotencyKey.objects.create(
            flow=self.name,
            actor=work.actor.id,
            key=key,
            order=canonical.digest(order),
            result=canonical.encode(result).decode(),
            at=work.now,
        )


def _refuse_bad_key(key: str) -> None:
    if not 0 < len(key) <= MOST_KEY or not key.isprintable():
        raise Refusal("no usable key for this order", "key", f"give 1 to {MOST_KEY} printable characters")


@typing.overload
def flow(action: Action) -> Callable[[Callable[[Work, O], R]], Flow[O, R]]: ...
@typing.overload
def flow(
    action: Action, prepare: Callable[[Actor, O, Installation], P]
) -> Callable[[Callable[[Work, O, P], R]], Flow[O, R]]: ...
def flow(action: Action, prepare: Any = None) -> Any:
    """Make a verb a flow that asks for ``action`` first."""
    return lambda verb: Flow(action, verb, prepare)


def ask(actor: Actor, action: Action, concerns: str | CaseFacts | None, *, lock: bool = False) -> Case | None:
    """The case the order is about, once ``access.may`` allows the act; else a ``Refusal`` with the reason.

    To somebody who may not even read a case, it does not exist.
    """
    case = None
    facts = concerns if isinstance(concerns, CaseFacts) else None
    if isinstance(concerns, str):
        found = Case.objects.select_for_update() if lock and connection.vendor == "postgresql" else Case.objects.all()
        case = found.filter(reference=concerns).first()
        facts = case_facts(case) if case else None
        if case is None or (
            facts and not may(actor, Action.READ, facts).allowed and not may(actor, action, facts).allowed
        ):
            raise Refusal(NO_CASE, concerns[:60], "check the reference")
    permission = may(actor, action, facts)
    if not permission.allowed:
        where = concerns if isinstance(concerns, str) else action.value
        raise Refusal(said(permission.reason, TEXTS), where, "ask somebody whose role it is")
    return case


def said(message: Message, texts: dict[str, str]) -> str:
    """A message in plain English, for refusals."""
    params = {key: ", ".join(value) if isinstance(value, tuple) else value for key, value in message.params.items()}
    return texts[message.key].format(**params)
