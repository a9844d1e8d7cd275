"""What the commands of `citypanel` do, some modules per command; the command line is `citypanel.cli`."""
