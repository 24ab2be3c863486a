"""Addresses of the authority's own pages."""

from __future__ import annotations

from django.urls import path

from safeconduct.doors.casework import (
    acts,
    adjudication,
    appraisals,
    argue,
    indicators,
    proposal_acts,
    queue,
    rating,
    record,
    tabs,
)

app_name = "casework"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<str:reference>/", tabs.overview, name="overview"),
    path("<str:reference>/goods/", tabs.goods, name="goods"),
    path("<str:reference>/goods/<int:line>/<str:proposal>/", proposal_acts.judge, name="proposal"),
    path("<str:reference>/goods/<int:line>/", rating.rate, name="rate"),
    path("<str:reference>/parties/", tabs.parties, name="parties"),
    path("<str:reference>/parties/<str:party>/<str:source>/<path:entry>", adjudication.match, name="match"),
    path("<str:reference>/assessment/", tabs.assessment, name="assessment"),
    path("<str:reference>/assessors/", appraisals.appraisals, name="appraisals"),
    path("<str:reference>/indicators/", indicators.of_case, name="indicators"),
    path("<str:reference>/questions/", tabs.questions, name="questions"),
    path("<str:reference>/questions/<str:question>/", acts.answer, name="answer"),
    path("<str:reference>/lapse/<str:question>/", acts.lapse, name="lapse"),
    path("<str:reference>/record/", record.record, name="record"),
    path("<str:reference>/record/<int:number>/", record.document, name="document"),
    path("<str:reference>/assess/", acts.assess, name="assess"),
    path("<str:reference>/scenario/", argue.argue, name="argue"),
    path("<str:reference>/ask/", acts.ask, name="ask"),
    path("<str:reference>/decide/", acts.decide, name="decide"),
]
