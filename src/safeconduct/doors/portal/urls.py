"""Addresses of the exporter's own pages."""

from __future__ import annotations

from django.urls import path

from safeconduct.doors.portal import apply, goods, pages, parties

app_name = "portal"
urlpatterns = [
    path("", pages.start, name="start"),
    path("draft/", apply.tasks, name="tasks"),
    path("draft/kind/", apply.kind, name="kind"),
    path("draft/company/", parties.company, name="company"),
    path("draft/end-user/", parties.end_user, name="end-user"),
    path("draft/parties/", parties.others, name="parties"),
    path("draft/parties/new/", parties.other, {"number": ""}, name="new-party"),
    path("draft/parties/<slug:number>/", parties.other, name="party"),
    path("draft/goods/", goods.lines, name="goods"),
    path("draft/goods/new/", goods.line, {"number": 0}, name="new-line"),
    path("draft/goods/<int:number>/", goods.line, name="line"),
    path("draft/goods/<int:number>/sheet/", goods.sheet, name="sheet"),
    path("draft/goods/<int:number>/<slug:slug>/", apply.fact, name="line-fact"),
    path("draft/use/<slug:slug>/", apply.fact, {"number": 0}, name="fact"),
    path("draft/check/", apply.check, name="check"),
    path("<str:reference>/", pages.application, name="application"),
    path("<str:reference>/questions/<str:question>/", pages.answer, name="answer"),
]
