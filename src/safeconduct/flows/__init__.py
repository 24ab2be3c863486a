"""Use cases, one file a verb, and the reading queries beside them: permission, transaction, ledger."""
