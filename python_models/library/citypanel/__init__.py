"""City Panel (城市面板): the library behind the dbt project."""
