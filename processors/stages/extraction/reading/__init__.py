"""A sentence read as units and cut into clauses."""
