"""What `make bench` measures. Importing it makes Django ready for the database that KITH_DATA_DIR
or KITH_DATABASE_URL names; what only starts others (scripts/bench.py) therefore stands outside."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.base")
django.setup()
