"""The people of the tests: who they are in the office, and those outside it."""

from __future__ import annotations

from safeconduct.access import Actor, Marking, Role

OFFICER = Actor("ada.verhoeven", "Ada Verhoeven", Role.OFFICER, "", may_read_closed=True, cleared_to=Marking.SECRET)
ADVISER = Actor("tomas.lind", "Tomas Lind", Role.ADVISER, "", may_read_closed=True, cleared_to=Marking.RESTRICTED)
OPEN_ADVISER = Actor("noor.haddad", "Noor Haddad", Role.ADVISER, "", cleared_to=Marking.OPEN)
COUNTERSIGNER = Actor(
    "bo.adeyemi", "Bo Adeyemi", Role.COUNTERSIGNER, "", may_read_closed=True, cleared_to=Marking.SECRET
)
POLICY_LEAD = Actor("ines.marques", "Ines Marques", Role.POLICY_LEAD, "", cleared_to=Marking.RESTRICTED)
EXPORTER = Actor("ivo.lindqvist", "Ivo Lindqvist", Role.EXPORTER, "Norvik Systems")
OTHER_EXPORTER = Actor("mara.halden", "Mara Halden", Role.EXPORTER, "Halden Optics")
AUDITOR = Actor("sven.okafor", "Sven Okafor", Role.AUDITOR, "", cleared_to=Marking.SECRET)
OPERATOR = Actor("kofi.mensah", "Kofi Mensah", Role.OPERATOR)  # admitted by the tests that need him
OUTSIDER = Actor("rui.costa", "Rui Costa", Role.CONTACT_POINT, "another State")

EVERYBODY = (
    OFFICER,
    ADVISER,
    OPEN_ADVISER,
    COUNTERSIGNER,
    POLICY_LEAD,
    EXPORTER,
    OTHER_EXPORTER,
    AUDITOR,
    OUTSIDER,
)
