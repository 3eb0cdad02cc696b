"""The settings of the peer: the same database as ours in the same way, and nothing else."""

from replenish.site.settings import ALLOWED_HOSTS, DATABASES, LOGGING, SECRET_KEY, USE_TZ

__all__ = ["ALLOWED_HOSTS", "DATABASES", "LOGGING", "SECRET_KEY", "USE_TZ"]

DEBUG = False
MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []
ROOT_URLCONF = "bench.web.peer"
