"""Findings for people at a terminal, for programs, and for code hosts. Nothing is printed here."""
