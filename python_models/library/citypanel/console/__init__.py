"""What the commands of `citypanel` do, a module or a few per command; the command line itself is `citypanel.cli`."""
