"""The official forms and the frameworks of indicators, described as data beside this file.

Importers read by them, documents write by them, pages show them. What a description may say stands
in `form.py` and `framework.py`; how a project fills a form's table stands in `grid.py`.
"""
