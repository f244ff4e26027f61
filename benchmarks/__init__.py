"""The figures: each measured beside its floor in the same run, so that a busy machine hurts both alike."""
