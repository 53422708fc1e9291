"""Tests: one file for each module of the generator, named after it."""
