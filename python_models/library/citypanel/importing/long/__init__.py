"""Sheets too long for memory: the same cities, headers and units as elsewhere, each resolved once.

The numbers are joined to them by DuckDB and go to cells.parquet, not into the yearbook tables.
"""
