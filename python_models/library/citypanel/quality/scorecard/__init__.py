"""The scorecard: one page that says of every layer, check and number whether it can be trusted."""
