"""The form that puts a held edition in use."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.doors.casework.forms import LONGEST, KeyForm
from safeconduct.doors.page.fact_field import block


class ReleaseForm(KeyForm):
    """Why a held edition is right all the same."""

    grounds = forms.CharField(
        label=_("Grounds"),
        help_text=_("What you checked, and where: the publisher's own notice, the entries that are gone."),
        max_length=LONGEST,
        widget=block(4),
        error_messages={"required": _("Say what was checked")},
    )
