"""The policy workbench: read, edit, check, try and sign a pack on pages that need no script."""

from __future__ import annotations

import re

from django.urls import reverse

from safeconduct.core.canonical import sha256
from safeconduct.store.models import Pack, PackSignature
from tests.doors.desk import Desk, words_of
from tests.flows.office import REFERENCE, starter
from tests.flows.test_try_on_cases import EXAMPLES, EXTENDING, STRICTER
from tests.people import COUNTERSIGNER, OFFICER, POLICY_LEAD

OURS = EXTENDING + STRICTER + EXAMPLES
BASE = sha256(REFERENCE)


def at(name: str, pack: str = BASE) -> str:
    return reverse(f"policy:{name}", kwargs={"sha256": pack})


def test_a_pack_is_read_as_numbered_sentences(desk: Desk) -> None:
    page = desk.client(POLICY_LEAD).get(at("pack")).content.decode()
    assert "CT-01: No end-user is named." in words_of(page)
    assert re.search(r'<ol[^>]* start="\d+"', page)
    assert "In force" in page


def test_only_those_who_sign_open_it(desk: Desk) -> None:
    assert desk.client(OFFICER).get(reverse("policy:index")).status_code == 403
    assert desk.client(POLICY_LEAD).get(at("pack", "0" * 64)).status_code == 404


def test_a_slip_is_told_with_its_line_and_remedy_and_nothing_is_kept(desk: Desk) -> None:
    wrong = OURS.replace('"case.kind", is', '"case.knid", is')
    answer = desk.client(POLICY_LEAD).post(at("edit"), {"key": "a", "text": wrong, "keep": "1"})
    said = words_of(answer.content.decode())
    assert answer.status_code == 422
    assert "pack, line 9" in said
    assert "case.kind" in said
    assert Pack.objects.count() == 1


def test_a_weakened_rule_without_ground_is_refused_on_the_page(desk: Desk) -> None:
    weaker = EXTENDING.replace("extends", 'removes = ["RF-09"]\nextends')
    answer = desk.client(POLICY_LEAD).post(at("edit"), {"key": "a", "text": weaker, "check": ""})
    assert "RF-09 is weaker than in reference" in words_of(answer.content.decode())


def test_kept_tried_and_signed_by_two_it_is_in_force(desk: Desk) -> None:
    assert desk.worked(starter("2a")).outcome == "no-objection"
    lead, other = desk.client(POLICY_LEAD), desk.client(COUNTERSIGNER)
    lead.post(at("edit"), {"key": "a", "text": OURS.replace("\n", "\r\n"), "keep": "1"})
    ours = Pack.objects.get(name="ours").sha256
    assert ours == sha256(OURS.encode())
    tried = lead.get(at("pack", ours) + "?try=1").content.decode()
    assert "1 cases, of which 1 would come out otherwise" in words_of(tried)
    assert "1 from No objection to Refer" in tried
    assert "XX-1" in words_of(tried)
    for _ in range(2):
        lead.post(at("sign", ours))
    assert PackSignature.objects.filter(pack__name="ours").count() == 1
    assert "the other signature is another person" in lead.get(at("pack", ours)).content.decode()
    assert "Two people have signed. The pack is in force." in words_of(
        other.post(at("sign", ours), follow=True).content.decode()
    )
    assert "the other signature" not in lead.get(at("pack", ours)).content.decode()
