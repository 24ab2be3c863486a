"""Words of this room, in English; a State adds its own languages."""

from __future__ import annotations

TEXTS = {
    "change.fact": "If {fact} were “{to}” instead of “{now}”: {outcome}.",
    "change.facts": "If {facts}: {outcome}.",
    "question.fact": "Please state, with the place where it stands: {means}.",
    "question.party.birth_date": "When was {party} born?",
    "question.party.birth_place": "Where was {party} born?",
    "question.party.territory": ("Of which State is {party}, or where is its seat?"),
    "question.party.kind": "Is {party} a person or an organisation?",
    "question.party.sex": "Is {party} a woman or a man?",
    "question.party.identifier": ("What is the registration or document number of {party}?"),
    "question.party.name": "What is the full name of {party}?",
    "question.party.address": "What is the address of {party}?",
}
