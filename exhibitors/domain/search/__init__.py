"""Search over the database: what a query means, what it finds, what it suggests, what it found in vain."""
