"""An append-only, hash-chained log, written in the transaction of what it tells of."""
