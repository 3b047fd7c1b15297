import sys

from kith.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
