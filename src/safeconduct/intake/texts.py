"""Words of this room, in English; a State adds its own languages."""

from __future__ import annotations

TEXTS = {
    "intake.stated": "Stated in the application: {what} ({subject}).",
    "intake.missing.party.exporter": "Who exports the goods?",
    "intake.missing.party.end_user": "Who will use the goods? Name the end-user.",
    "intake.missing.party.consignee": "Who receives the goods?",
    "intake.missing.party.territory": "In which territory is the seat of {subject}?",
    "intake.missing.party.signatory": "Who signs for the end-user, and with what authority?",
    "intake.missing.user.kind": "What kind of body is the end-user?",
    "intake.missing.use.stated": "What will the goods be used for, in the applicant's words?",
    "intake.missing.use.purpose": "Which kind of use is it?",
    "intake.missing.use.place": "Where will the goods be used?",
    "intake.missing.use.people": "Whom does the use touch?",
    "intake.missing.line": "Which goods are to be exported?",
    "intake.missing.line.quantity": "How many or how much ({subject})?",
    "intake.missing.line.unit": "In which unit is the quantity ({subject})?",
    "intake.missing.line.value": "What is the value, and in which currency ({subject})?",
    "intake.missing.line.datasheet": "Send the datasheet ({subject}); for a service or training, describe it.",
    "intake.missing.line.declared": "Which control entry does the applicant believe to apply ({subject})?",
    "intake.missing.item.kind": "What kind of goods is it ({subject})?",
    "intake.missing.item.function": "In which form is it supplied ({subject}): equipment, software, a service…?",
}
