"""Real clients and real data directories against a live broker: the parts of interop/run.py."""
