"""Every address of this installation's pages."""

from __future__ import annotations

from django.urls import include, path

from safeconduct.doors.casework import adjudication, appraisals, downloads, indicators, match_together
from safeconduct.doors.page import sign_in

handler400 = "safeconduct.doors.page.gate.unreadable"
urlpatterns = [
    path("", sign_in.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/<str:secret>/", sign_in.use_link, name="use-link"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("screenings/<str:name>.<str:kind>", downloads.screening, name="screening-file"),
    path("matches/", adjudication.queue, name="matches"),
    path("matches/together/", match_together.together, name="matches-together"),
    path("assessors/", appraisals.agreement, name="agreement"),
    path("like-cases/", appraisals.like_cases, name="like-cases"),
    path("places/<slug:territory>/", indicators.of_place, name="place"),
    path("cases/", include("safeconduct.doors.casework.urls")),
    path("parties/", include("safeconduct.doors.casework.register_urls")),
    path("lists/", include("safeconduct.doors.casework.list_urls")),
    path("policy/", include("safeconduct.doors.casework.workbench")),
    path("", include("safeconduct.doors.api.site")),
    path("applications/", include("safeconduct.doors.portal.urls")),
]
