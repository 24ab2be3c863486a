"""What an application asks about the use, in the order in which it asks: one fact a page, none of them required."""

from __future__ import annotations

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.core.fact import FactType
from safeconduct.intake.facts import BY_KEY


class Asked(msgspec.Struct, frozen=True):
    """One question of the form; ``slug`` is its place in addresses."""

    slug: str
    fact: FactType
    question: str | Promise
    hint: str | Promise = ""


def _ask(key: str, question: str | Promise, hint: str | Promise = "") -> Asked:
    return Asked(key.replace(".", "-").replace("_", "-"), BY_KEY[key], question, hint)


USE = (
    _ask("use.stated", _("What will the goods be used for?"), _("In your own words, as precisely as you know.")),
    _ask("use.purpose", _("Which of these comes nearest?")),
    _ask("use.place", _("Where will they be used?")),
    _ask("use.people", _("Whom will their use touch?")),
    _ask("use.sharing", _("Who else receives the results?")),
    _ask("user.kind", _("What kind of body is the end-user?")),
    _ask("user.operator", _("Who operates the goods after delivery?")),
    _ask("user.access_by", _("Who else gets access through the end-user?")),
    _ask("user.legal_basis", _("Does a published law allow this use and limit it?")),
    _ask("user.prior_authorisation", _("Which body approves each use before it starts?")),
    _ask("trade.distributor", _("Is the buyer a distributor or reseller?")),
    _ask("assurance.given", _("What has the recipient signed?"), _("Choose “none” if nothing was signed.")),
)
GOODS = (
    _ask("item.kind", _("What kind of goods is this?")),
    _ask("item.marketed_for", _("What does its maker say it is for?")),
)
BY_SLUG = {asked.slug: asked for asked in (*USE, *GOODS)}
