"""How gunicorn serves the site in production: `gunicorn --config deploy/gunicorn.conf.py expo.wsgi` in the checkout.

GUNICORN_CMD_ARGS in the environment overrides a line, for example `--bind=10.0.0.11:8000` on one of several machines.
"""

import os

bind = "127.0.0.1:8000"
worker_class = "gthread"
threads = 4
workers = 2 * (os.cpu_count() or 1)
# A worker takes no request that it has no thread for: the next one to be free does. An idle connection would stand in
# the way of another, and costs nginx less to open than a request that waits behind three others here. Who overrides the
# threads overrides the connections too.
worker_connections = threads
keepalive = 0
max_requests = 5000  # a worker that leaks is replaced before it hurts
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 a heartbeat must not wait for a disk
timeout = 60  # a large import takes longer than the 30 of the default
graceful_timeout = 30
control_socket_disable = True
# As the site's own lines: EXPO_LOG_FORMAT=line makes both readable.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "expo.logs.JsonFormatter"}, "line": {"()": "expo.logs.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": os.environ.get("EXPO_LOG_FORMAT") or "json"}
    },
    "root": {"level": "WARNING", "handlers": ["console"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False}},
}
