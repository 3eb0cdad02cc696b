"""The settings of the peer within the project: ours, with one more address."""

from replenish.site.settings import *  # noqa: F403

ROOT_URLCONF = "bench.web.project_peer"
