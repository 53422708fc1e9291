"""Turn published performance goals of government budgets into a public site.

The whole of it stands in `pipeline.py`; the words it uses stand in `model.py`.
"""
