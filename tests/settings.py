"""The settings of the running system, in an instance folder that is thrown away."""

import os
import tempfile

os.environ.setdefault("REPLENISH_INSTANCE", tempfile.mkdtemp(prefix="replenish-tests-"))
os.environ.setdefault("REPLENISH_HOSTS", "testserver,localhost,127.0.0.1")

from replenish.site.settings import *  # noqa: F403
