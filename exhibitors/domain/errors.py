"""What a verb raises when it refuses."""


class DomainError(Exception):
    """A refusal; its text is a translated sentence for the person who asked."""
