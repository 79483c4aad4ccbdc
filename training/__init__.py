"""How the shipped models were made: one command per model, seeded and resumable."""
