"""The database server and the broker that `make run` and `make test` start.

They are not started where `DATABASE_URL`, `BROKER_URL` and `CACHE_URL` are set. They are never those of production.
"""
