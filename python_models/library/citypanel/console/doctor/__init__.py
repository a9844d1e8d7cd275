"""The doctor: `examination` asks the looks in the other modules, each of which says how one thing is."""
