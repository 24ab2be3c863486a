"""Pages of a draft about the goods."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from safeconduct.doors.page.gate import opened_to
from safeconduct.doors.page.sent import sent
from safeconduct.doors.portal import draft as drafts
from safeconduct.doors.portal.apply import EXPORTERS, draft_of, keep, step
from safeconduct.doors.portal.asked import GOODS
from safeconduct.doors.portal.forms import LineForm, SheetForm
from safeconduct.doors.portal.summary import declared_text, line_text


@opened_to(EXPORTERS)
@require_GET
def lines(request: HttpRequest) -> HttpResponse:
    """The goods, as a list that grows."""
    items = [
        {
            "title": f"{line['line']}. {line['name']}",
            "detail": line_text(line),
            "name": line["name"],
            "href": reverse("portal:line", kwargs={"number": line["line"]}),
        }
        for line in draft_of(request)["lines"]
    ]
    context = {
        "heading": _("Goods"),
        "lead": _("Each kind of goods, software, technology or service is a line of its own."),
        "items": items,
        "add": reverse("portal:new-line"),
        "add_text": _("Add a line"),
        "done": reverse("portal:tasks"),
        "back": reverse("portal:tasks"),
    }
    return render(request, "portal/list.html", context)


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, number: int) -> HttpResponse:
    """One line: new, changed, or taken out."""
    draft = draft_of(request)
    was = _line(draft, number) if number else {}
    if was and "remove" in request.POST:
        drafts.drop_line(draft, number)
        keep(request, draft)
        return redirect("portal:goods")
    form = LineForm(sent(request), initial=was | {"declared": declared_text(was)})
    if request.method == "POST" and form.is_valid():
        fields = {key: value for key, value in form.cleaned_data.items() if value}
        at = drafts.put_line(draft, fields, was or None)
        if at:
            keep(request, draft)
            return redirect("portal:sheet", number=at)
        form.add_error(None, _("There is no room for more lines. Split the application."))
    heading = _("Goods, line %(number)s") % {"number": number} if was else _("Goods, a new line")
    remove = _("Take this line out") if was else ""
    return step(request, form, title=heading, heading=heading, remove=remove, back=reverse("portal:goods"))


@opened_to(EXPORTERS)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The product sheet of a line."""
    draft = draft_of(request)
    was = _line(draft, number)
    kept = was.get("datasheet") or {}
    form = SheetForm(sent(request), initial=kept | {"lines": "\n".join(kept.get("lines", ()))})
    if request.method == "POST" and form.is_valid():
        was.pop("datasheet", None)
        if form.cleaned_data["title"]:
            was["datasheet"] = {key: value for key, value in form.cleaned_data.items() if value or key == "lines"}
        keep(request, draft)
        return redirect("portal:line-fact", number=number, slug=GOODS[0].slug)
    heading = _("Product sheet")
    lead = _("What the maker says of it decides much: without a sheet the authority will ask for one.")
    section = _("Goods, line %(number)s") % {"number": number}
    back = reverse("portal:line", kwargs={"number": number})
    return step(request, form, title=heading, heading=heading, lead=lead, section=section, back=back)


def _line(draft: drafts.Draft, number: int) -> dict[str, Any]:
    found = drafts.line(draft, number)
    if found is None:
        raise Http404
    return found
