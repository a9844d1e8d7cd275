"""Where the tables of a sheet are: header blocks found by content, side-by-side parts, 续表 breaks, years
across, turned tables; nothing is recognised by position.
"""
