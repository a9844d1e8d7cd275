"""The commands of `citypanel` as click has them: arguments, options, and a call into the library."""
