"""How the shipped models were made. Needs requirements-training.txt; nothing here runs at analysis time."""
