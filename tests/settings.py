"""The product's own settings, in a directory of this run's, on the database that this process was given."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="safeconduct-tests-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)

os.environ["SAFECONDUCT_HOME"] = _home
os.environ.pop("SAFECONDUCT_ORIGIN", None)
if os.environ.get("SAFECONDUCT_TEST_DATABASE") == "postgresql":
    os.environ["SAFECONDUCT_DATABASE"] = os.environ["SAFECONDUCT_TEST_POSTGRES"]
else:
    os.environ.pop("SAFECONDUCT_DATABASE", None)
# programs that tests start read the product's settings, not these
os.environ["DJANGO_SETTINGS_MODULE"] = "safeconduct.settings"

from safeconduct.settings import *  # noqa: E402, F403 - after the environment it reads
