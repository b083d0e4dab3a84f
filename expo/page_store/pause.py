"""For how long a shared cache that failed is left alone."""

import logging
import time

LASTS = 5.0  # seconds

logger = logging.getLogger(__name__)


class Pause:
    """Begins with a failure, so that not every request waits for the next one."""

    def __init__(self, consequence: str) -> None:
        self._consequence = consequence
        self._until = float("-inf")

    def is_on(self) -> bool:
        return time.monotonic() < self._until

    def begin(self, error: Exception) -> None:
        self._until = time.monotonic() + LASTS
        logger.warning("The shared cache does not answer (%s): %s.", type(error).__name__, self._consequence)

    def end(self) -> None:
        self._until = float("-inf")
