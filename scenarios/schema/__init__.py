"""The parts of a scenario file as strict models; every field says what it means and who may see it."""
