"""A small pack that uses every table of the language, and ways to alter it by one line."""

from __future__ import annotations

from safeconduct.policy import Pack, load_pack
from tests.facts_doc import documented_catalogue

WHERE = "sample.toml"
SAMPLE = """\
language = 1
name = "sample"
title.en = "A sample"
title.fr = "Un exemple"
threshold.en = "an unacceptable risk"

[[rule]]
id = "R-1"
group = "red_flag"
when.all = [
    {fact = "item.capability", at_least = "designed"},
    {fact = "user.oversight", is = false},
]
then = "refer"
asks = ["user.legal_basis"]
unknown = "ask"
cites = "Code, 4"
text.en = "The goods can be turned on people and nobody outside reviews their use."
text.fr = "Personne ne contrôle."

[[rule]]
id = "R-2"
group = "code_test"
when = {fact = "user.incidents_established", at_least = 2}
then = "minded-to-refuse"
cites = "Code, 1"
text.en = "The same unit was found to misuse such goods twice."

[[rule]]
id = "R-3"
group = "reason_for"
when = {fact = "item.reason_for", has_any = ["rescue", "health"]}
cites = "Code, 2"
text.en = "The goods save lives."

[[question]]
fact = "user.legal_basis"
decisive = {fact = "item.capability", at_least = "designed"}
days = 20
cites = "ICCPR 17"
text.en = "Which published law allows this use?"

[[question]]
fact = "item.capability"
decisive = false
days = 10
cites = "UNGP 13"
text.en = "What can it do to people?"

[[question]]
fact = "user.oversight"
decisive = true
days = 20
cites = "ICCPR 17"
text.en = "Who outside the chain of command reviews its use?"

[[scenario]]
id = "MS-1"
when.any = [{fact = "item.capability", at_least = "incidental"}]
right = "privacy and expression (ICCPR 17, 19)"
actor = "violation"
at_risk = "journalists and their sources"
cites = "Code, 3"
text.en = "Contacts of journalists are mapped."
[[scenario.severity]]
dimension = "scale"
level = 3
text.en = "Named people are touched."
[[scenario.severity]]
dimension = "irremediability"
level = 5
when = {fact = "item.capability", is = "intrusive"}
text.en = "What was read cannot be unread."

[[likelihood]]
level = 3
when = {fact = "user.incidents", at_least = 1}
cites = "UNGP 14"
text.en = "It happened before."

[[lowers]]
when.all = [{fact = "assurance.verifiable"}, {not = {fact = "assurance.signatory_is_suspect"}}]
cites = "Code, 5"
text.en = "The assurance can be checked."

[grid]
s1 = ["no-objection", "no-objection", "no-objection", "conditions", "conditions"]
s2 = ["no-objection", "no-objection", "conditions", "conditions", "refer"]
s3 = ["no-objection", "conditions", "conditions", "refer", "refer"]
s4 = ["conditions", "conditions", "refer", "minded-to-refuse", "minded-to-refuse"]
s5 = ["conditions", "refer", "minded-to-refuse", "minded-to-refuse", "prohibited"]

[[exception]]
id = "E-1"
lowers = ["R-1", "MS-1"]
to = "conditions"
when = {fact = "use.purpose", is = "rescue"}
ground = "rescue of life"
cites = "Code, 2"
text.en = "The use is to rescue people."

[[example]]
rule = "R-1"
facts = {"item.capability" = "designed", "user.oversight" = false}
expect = "met"
[[example]]
rule = "R-1"
facts = {"item.capability" = "none"}
expect = "not_met"
[[example]]
rule = "R-1"
facts = {"item.capability" = "designed"}
expect = "cannot_tell"
[[example]]
rule = "R-1"
facts = {"item.capability" = "designed", "user.oversight" = {conflict = [true, false]}}
expect = "cannot_tell"

[[example]]
rule = "R-2"
facts = {"user.incidents_established" = {at_least = 2}}
expect = "met"
[[example]]
rule = "R-2"
facts = {"user.incidents_established" = 1}
expect = "not_met"
[[example]]
rule = "R-2"
facts = {"user.incidents_established" = {at_least = 1}}
expect = "cannot_tell"
[[example]]
rule = "R-2"
facts = {}
expect = "cannot_tell"
[[example]]
rule = "R-2"
facts = {"user.incidents_established" = {conflict = [1, 2]}}
expect = "cannot_tell"

[[example]]
rule = "R-3"
facts = {"item.reason_for" = {some = ["rescue"]}}
expect = "met"
[[example]]
rule = "R-3"
facts = {"item.reason_for" = []}
expect = "not_met"
[[example]]
rule = "R-3"
facts = {"item.reason_for" = {unknown = "absent"}}
expect = "cannot_tell"
[[example]]
rule = "R-3"
facts = {"item.reason_for" = {conflict = [["rescue"], ["education"]]}}
expect = "cannot_tell"

[[example]]
rule = "MS-1"
facts = {"item.capability" = "incidental"}
expect = "met"
[[example]]
rule = "MS-1"
facts = {"item.capability" = "none"}
expect = "not_met"
[[example]]
rule = "E-1"
facts = {"use.purpose" = "rescue"}
expect = "met"
[[example]]
rule = "E-1"
facts = {"use.purpose" = "marketing"}
expect = "not_met"

[[example]]
case = "1"
expect = {outcome = "refer", "R-1" = "met"}
"""


def altered(*changes: tuple[str, str], text: str = SAMPLE) -> str:
    """The sample with each first text replaced by the second; each must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def load(text: str = SAMPLE, where: str = WHERE) -> Pack:
    return load_pack(text.encode(), where, documented_catalogue())


def line_of(fragment: str, text: str = SAMPLE) -> int:
    """The number of the first line that holds ``fragment``."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if fragment in line)
