"""Turns the dataset into pages: a view per page (what it says), a template per kind (how it is set).

Templates arrange; every decision, sum and sentence is made in `views`.
"""
