"""The WSGI application: the site within the page cache, within the counter of readers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "victor.settings")

portal = get_wsgi_application()

from victor.accounts.checks import refuse_demo_accounts  # noqa: E402 - needs the apps
from victor.analytics.counter import ReaderCounter  # noqa: E402 - needs the apps
from victor.pagecache.cache import PageCache  # noqa: E402 - needs the apps

refuse_demo_accounts()
pages = PageCache(portal)
application = ReaderCounter(pages)
