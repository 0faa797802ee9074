"""`make bench`: every benchmark that runs without a server."""

import sys

from tests.bench import embedded

embedded.main(sys.argv[1:])
