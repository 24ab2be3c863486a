"""One file a publisher's format: from its own bytes to records, with every row accounted for."""
