"""The hash of passwords, at a cost that thousands of accounts can pay."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapHasher(Argon2PasswordHasher):
    """The same as in production, over the least memory that Argon2 takes, once."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
