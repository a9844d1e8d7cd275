"""What stands behind a number or an estimate: `explanation` answers, the other modules each tell one part."""
