"""What the command `citypanel` does: build, summarise, query; the command line itself is `citypanel.cli`."""
