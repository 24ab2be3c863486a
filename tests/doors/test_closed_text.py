"""Closed text marked and looked for behind every address there is: an exporter finds none of it, an officer all."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import quote

import msgspec
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from safeconduct.core.errors import Refusal
from safeconduct.core.evidence import Grade, Source
from safeconduct.flows.answer_question import Answer, answer_question
from safeconduct.flows.argue_scenario import Argue, argue_scenario
from safeconduct.flows.ask_fact import AskFact, ask_fact
from safeconduct.flows.assess_case import Assess, SetByHand, assess_case
from safeconduct.flows.reading import case_page, queue, record
from safeconduct.flows.record_decision import Decide, record_decision
from safeconduct.store.models import Case, Question, Record
from tests.doors.api.conftest import key_of
from tests.doors.desk import Desk
from tests.flows.office import starter
from tests.flows.test_argued_scenarios import argued
from tests.people import ADVISER, COUNTERSIGNER, EXPORTER, OFFICER

MARK = "KANARI"
PART = re.compile(r"<(?:\w+:)?(\w+)>")
MOST = 60  # ways to fill one address
FACTS: dict[str, str | bool] = {  # a sealed finding for each; the value is closed as much as its source
    "user.record_searched": "searched everything",
    "place.critics_pursued": True,
    "user.persecutes": True,
}
OPEN = "The undertaking was not signed by somebody who may bind the operator."


class Closed:
    """One case with a mark in every field that is closed, and what the marks are called."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.marks: list[str] = []
        self.case = desk.worked(starter("1"), organisation=EXPORTER.organisation).case

    def mark(self, field: str) -> str:
        name = f"{MARK}-{len(self.marks):02d}-{field}"
        self.marks.append(name)
        return name

    def source(self, about: str) -> Source:
        return Source(
            "embassy",
            self.mark(f"{about}-ref"),
            "2026-09-01",
            self.mark(f"{about}-place"),
            self.mark(f"{about}-author"),
            sealed=True,
            grade=Grade("low", self.mark(f"{about}-grade"), "C", "3"),
            disclosable=self.mark(f"{about}-disclosable"),
        )

    def fill(self) -> None:
        """Through the flows, as the desk does it."""
        at = self.desk.at
        for fact, value in FACTS.items():
            said = self.mark(f"{fact}-value") if isinstance(value, str) else value
            order = Answer(
                case=self.case,
                question=fact,
                value=said,
                source=self.source(fact),
                searched=self.mark(f"{fact}-searched"),
            )
            answer_question(OFFICER, order, key=self.desk.key(), at=at)
        incident = {"date": "2025-04", "what": self.mark("incident"), "basis": "reported", "of": "unit"}
        order = Answer(case=self.case, question="user.incident", value=incident, source=self.source("incident"))
        answer_question(OFFICER, order, key=self.desk.key(), at=at)
        arguing = Argue(case=self.case, argued=argued(closed=self.mark("argued")))
        argue_scenario(ADVISER, arguing, key=self.desk.key(), at=at)
        by_hand = (SetByHand("MS-01", "likelihood", 3, self.mark("by-hand")),)
        assess_case(OFFICER, Assess(case=self.case, by_hand=by_hand), key=self.desk.key(), at=at)
        ask_fact(OFFICER, AskFact(case=self.case, fact="place.impunity"), key=self.desk.key(), at=at)

    def refuse(self) -> None:
        order = Decide(case=self.case, decision="refuse", reasons=self.mark("decision"), disclosable=OPEN)
        record_decision(COUNTERSIGNER, order, key=self.desk.key(), at=self.desk.at)


@pytest.fixture
def closed(desk: Desk) -> Closed:
    found = Closed(desk)
    found.fill()
    return found


def values_of(closed: Closed) -> dict[str, list[object]]:
    """What stands in the place of each part of an address. A new door with a new part must be given some here."""
    case = Case.objects.get(reference=closed.case)
    screened = [f"S-{pk}" for pk in case.screenings.values_list("pk", flat=True)]
    numbers = list(Record.objects.filter(case=case).values_list("number", flat=True))
    return {
        "reference": [closed.case],
        "question": list(Question.objects.filter(case=case).values_list("name", flat=True)),
        "number": [*numbers, 1],
        "slug": ["purpose", "user-kind", "statement"],
        "party": ["P1", "P2", "P3"],
        "source": ["bis-entity-list"],
        "entry": ["1"],
        "name": [*screened, "R-1", "1"],
        "kind": ["pdf", "csv", "json", "html", "xlsx"],
        "key": ["bis-entity-list"],
        "sha256": ["0" * 64],
        "one": ["P1"],
        "other": ["P2"],
        "tie": ["1"],
        "secret": ["none"],
        "dataset": ["bis-entity-list"],
        "entity_id": ["1"],
        "property_name": ["name"],
        "line": [1],
        "proposal": ["1", *numbers],
        "territory": ["KV", "XK"],
    }


def addresses(closed: Closed) -> Iterator[str]:
    values = values_of(closed)
    for route in routes():
        parts = PART.findall(route)
        choices = itertools.product(*(values.get(part, values["name"]) for part in parts))
        for chosen in itertools.islice(choices, MOST):
            yield "/" + filled(route, iter(chosen))


def filled(route: str, chosen: Iterator[object]) -> str:
    """An address with its parts in place."""
    return PART.sub(lambda _: quote(str(next(chosen))), route)


def routes() -> list[str]:
    """Every address of the installation, as its URL configuration has it."""

    def walk(found: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for one in found:
            here = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, here)
            else:
                yield here

    return sorted(set(walk(get_resolver().url_patterns, "")))


def body_of(client: Client, address: str, method: str = "get", **more: object) -> str:
    """Everything that comes back, packed or not: head, body, and what stands in compressed parts of it."""
    response = getattr(client, method)(address, **more)
    data = b"".join(response.streaming_content) if response.streaming else response.content
    text = [repr(response.headers), data.decode("utf-8", "replace")]
    if data[:2] == b"PK":
        packed = zipfile.ZipFile(io.BytesIO(data))
        text += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            text.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    return "".join(text)


def everything(closed: Closed, client: Client, methods: tuple[str, ...], **more: object) -> dict[str, str]:
    found = {}
    for address in addresses(closed):
        if address.startswith(("/sign-out", "/sign-in")):
            continue
        for method in methods:
            found[f"{method} {address}"] = body_of(client, address, method, **more)
    return found


def assert_nothing_closed(found: dict[str, str]) -> None:
    told = {address for address, text in found.items() if MARK in text}
    assert not told, sorted(told)[:10]


def test_each_part_of_each_address_has_values_to_be_tried(closed: Closed) -> None:
    parts = {part for route in routes() for part in PART.findall(route)}
    assert len(parts) > 10
    assert not parts - set(values_of(closed)), "a new door: give its parts values that lead to the marked case"


def test_an_exporter_finds_no_closed_text_behind_any_address(closed: Closed) -> None:
    client = closed.desk.client(EXPORTER)
    before = everything(closed, client, ("get",))
    assert any(closed.case in text for text in before.values()), "his own case is not among what was read"
    assert_nothing_closed(before)
    closed.refuse()
    after = everything(closed, client, ("get", "head", "post", "options"))
    assert any(OPEN in text for text in after.values())
    assert_nothing_closed(after)


def test_a_program_with_an_exporters_key_finds_no_closed_text_either(closed: Closed) -> None:
    try:
        token = key_of(closed.desk, EXPORTER)
    except Refusal:
        return  # an exporter gets no key: there is nothing behind that door
    for scheme in ("ApiKey", "Bearer"):
        client = Client(headers={"Authorization": f"{scheme} {token}"})
        assert_nothing_closed(everything(closed, client, ("get", "post"), content_type="application/json"))


def test_a_stranger_finds_nothing_at_all(closed: Closed) -> None:
    found = everything(closed, Client(), ("get", "post"))
    assert_nothing_closed(found)


def test_what_the_flows_give_an_exporter_holds_no_closed_text(closed: Closed) -> None:
    closed.refuse()
    read = [msgspec.json.encode(case_page(EXPORTER, closed.case)), msgspec.json.encode(queue(EXPORTER))]
    for number in Record.objects.filter(case__reference=closed.case).values_list("number", flat=True):
        try:
            read.append(msgspec.json.encode(record(EXPORTER, closed.case, number)))
        except Refusal:
            continue
    assert len(read) > 2
    assert not [text for text in read if MARK.encode() in text]


def test_an_officer_who_may_read_it_finds_every_mark(closed: Closed) -> None:
    closed.refuse()
    client = closed.desk.client(OFFICER)
    text = "".join(everything(closed, client, ("get",)).values())
    assert not [mark for mark in closed.marks if mark not in text]
