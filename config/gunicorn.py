"""Settings of gunicorn, for `reviewtool run` and for production alike."""

worker_class = "gthread"
workers = 2
threads = 4
timeout = 60
graceful_timeout = 20
keepalive = 5
# Each worker begins its own background thread, which wouldn't outlive a fork.
preload_app = False
# Addresses hold tokens of links (/in/…): the access log belongs to a proxy that leaves them out.
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "reviewtool"
