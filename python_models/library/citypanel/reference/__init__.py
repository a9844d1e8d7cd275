"""The project's own dated roster of prefecture-level units, made from GB/T 2260 and facts kept as rows.

`python -m citypanel.reference` rewrites `seeds/reference/cities.csv` and `city_names.csv` byte for byte.
The facts that no package holds (English names, corrections of the gazetteer, regions) are rows in `facts/`;
changes of units are rows of the seed `city_events.csv`.
"""
