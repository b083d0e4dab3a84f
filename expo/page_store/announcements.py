"""Tells other processes and machines at once that something was written, through the Redis that CACHE_URL names."""

import os
import threading
import time
from collections.abc import Callable

from django.core.cache.backends.base import BaseCache
from redis import ConnectionError as NoConnection
from redis import Redis
from redis.client import PubSub

from expo.page_store.pause import Pause

AGAIN = 0.5  # seconds until a Redis that is gone is looked for again
SILENCE = 5.0  # seconds after which one that says nothing is asked whether it is there, and has to answer within


class Announcements:
    """What one process announces, all that listen hear, itself too.

    An announcement may get lost with Redis: who listens asks the database from time to time as well, and only sees
    later what was written. Nothing fails.
    """

    def __init__(self, cache: BaseCache, heard: Callable[[], object], *, silence: float = SILENCE) -> None:
        self._redis: Redis = cache._cache.get_client(write=True)  # type: ignore[attr-defined]
        self._channel = cache.make_key("written")
        self._heard = heard
        self._silence = silence
        self._pause = Pause("other processes see what is written a second later")
        self._process = 0
        self._beginning = threading.Lock()

    def announce(self) -> None:
        if self._pause.is_on():
            return
        try:
            self._redis.publish(self._channel, b"")
        except Exception as error:
            self._pause.begin(error)

    def listen(self) -> None:
        """Begin to listen, once in each process. Only after the forks: they take no threads along."""
        if self._process == os.getpid():
            return
        with self._beginning:
            if self._process != os.getpid():
                self._process = os.getpid()
                threading.Thread(target=self._listen, name="announcements", daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                with PubSub(self._redis.connection_pool) as subscription:
                    self._hear(subscription)
            except Exception as error:
                if not self._pause.is_on():
                    self._pause.begin(error)
            time.sleep(AGAIN)

    def _hear(self, subscription: PubSub) -> None:
        """Returns never: raises when the connection breaks, or nobody is at its other end."""
        subscription.subscribe(self._channel)
        is_asked = False
        while True:
            message = subscription.get_message(timeout=self._silence)
            if message is None and is_asked:
                raise NoConnection
            if message is None:
                subscription.ping()
            elif message["type"] != "pong":
                # The first one says that we listen now: what was announced before has passed us.
                self._pause.end()
                self._heard()
            is_asked = message is None
