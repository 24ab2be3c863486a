"""Facts of goods that the headings of crime control turn on, for each line (docs/facts.md, *Goods*).

Sizes and performance are here where a list's own exception or threshold names a figure. They answer
that paragraph and nothing else.
"""

from __future__ import annotations

from safeconduct.core.fact import FactType
from safeconduct.intake.declaring import EXPORTER_OFFICER_ADVISER, OFFICER_ADVISER, decimal, flag, word, words

CRIME_CONTROL: tuple[FactType, ...] = (
    word(
        "item.crime_control_kind",
        EXPORTER_OFFICER_ADVISER,
        "which crime-control heading describes it",
        "those headings open",
        "none water_cannon striking_weapon helmet_or_shield execution_equipment restraint torture_implement "
        "less_lethal_projectile riot_agent fingerprint_kit voice_print polygraph fingerprint_computer "
        "infrared_viewer crime_laboratory shotgun semi_automatic_shotgun shotgun_part optical_sight ammunition "
        "buckshot_or_irritant_shell fingerprint_analyser stress_analyser monitoring_restraint animal_device "
        "signal_arm patient_or_safety_restraint care_confinement medical_recorder one_finger_reader",
    ),
    words(
        "item.crime_control_exception",
        OFFICER_ADVISER,
        "which exception of its crime-control heading an officer finds it to come under",
        "what is said to be excepted is neither caught nor freed",
        "animal_slaughter_or_treatment signal_flare_or_saluting medical_procedure_restraint care_confinement "
        "safety_equipment medical_recorder one_finger_authentication antique laser_boresight "
        "civil_infrared_use none",
    ),
    word(
        "item.riot_agent",
        EXPORTER_OFFICER_ADVISER,
        "the agent or smoke it holds: tear gas of CS or CN, liquid pepper, smoke or pyrotechnic, another agent",
        "the exceptions of 1A984 for small containers open",
        "cs_or_cn liquid_pepper smoke_or_pyrotechnic other",
    ),
    decimal(
        "item.container_net_weight",
        EXPORTER_OFFICER_ADVISER,
        "net weight of the agent in one container",
        "the exceptions of 1A984 for small containers open",
        unit="g",
    ),
    decimal(
        "item.adjusted_peak_performance",
        EXPORTER_OFFICER_ADVISER,
        "adjusted peak performance of the computer, or of the one that software or technology is for",
        "4A003, 4D001 and 4E001 for fingerprint computers open",
        unit="weighted teraflops",
    ),
    words(
        "item.technology_stage",
        EXPORTER_OFFICER_ADVISER,
        "what the technology or software is needed for",
        "headings that name development or production alone open",
        "development production use none",
    ),
    flag(
        "item.direct_view",
        EXPORTER_OFFICER_ADVISER,
        "shows its picture to the eye alone: turns it into no signal for a screen and records nothing",
        "6A002.c open",
    ),
    flag(
        "item.listed_infrared_sensor",
        EXPORTER_OFFICER_ADVISER,
        "holds an image tube, focal plane array or detector that 6A002.a names",
        "6A002.c open",
    ),
    flag(
        "item.holds_crime_control_equipment",
        EXPORTER_OFFICER_ADVISER,
        "a vehicle that holds an analytical or laboratory item which is itself controlled for crime control",
        "9A980 open",
    ),
)
