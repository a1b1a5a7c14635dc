"""Training of the shipped models, which needs requirements-training.txt."""
