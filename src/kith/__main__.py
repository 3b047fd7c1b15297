import sys

from kith.cli.main import main

sys.exit(main())
