"""The database server and the broker that `make run` and `make test` bring along.

Untouched where `DATABASE_URL`, `BROKER_URL` and `CACHE_URL` are set. Never the servers of a production host.
"""
