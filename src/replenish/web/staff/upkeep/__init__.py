"""Pages about the state of the installation and its ledger."""
