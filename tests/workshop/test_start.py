"""A command starts fast: it loads no more than it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

HEAVY = {"numpy", "rigour", "icu", "lxml", "rich", "waitress", "whitenoise", "psycopg"}
PROGRAM = """
import json, os, sys
import safeconduct.doors.cli, django
django.setup()
import safeconduct.flows.answer_question, safeconduct.flows.assess_case, safeconduct.flows.reading_documents
import safeconduct.flows.submit_application, safeconduct.flows.waiting
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_assessing_loads_neither_the_matchers_libraries_nor_the_readers_of_files(tmp_path: object) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "safeconduct.settings", "SAFECONDUCT_HOME": str(tmp_path)}
    environment.pop("SAFECONDUCT_DATABASE", None)
    out = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    assert not HEAVY & set(json.loads(out.stdout))
