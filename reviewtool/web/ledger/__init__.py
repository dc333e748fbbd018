"""The ledger: all contributions in one table, filtered, answered in bulk, exported."""
