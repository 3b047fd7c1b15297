"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.base")
application = get_wsgi_application()

# What has been loaded stays; the collector need not look through it again while pages are made.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
