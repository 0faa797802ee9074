"""`make bench`: every benchmark; what needs servers says why when they cannot be had."""

import sys

from tests import servers
from tests.bench import cluster, embedded, extraction

extraction.main([])
embedded.main(sys.argv[1:])
try:
    cluster.main([])
except servers.Unavailable as error:
    print(f"no figures of the cluster: {error}")
