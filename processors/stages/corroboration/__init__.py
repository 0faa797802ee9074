"""How claims become exchanges: facts of a mention, links between mentions, clusters, verdicts, names and developments."""
