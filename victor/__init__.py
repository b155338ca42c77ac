"""The roof (settings, urls, pages, workspace) and the floor (the kernel) of VICTOR."""

from victor.celery import app as celery_app

__all__ = ["celery_app"]
