"""The open data: the directory as JSON for other people's programs."""
