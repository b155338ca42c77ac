"""What can happen in the vault. `by` is whoever has opened it, or a user or the `System` where nothing is opened."""

from victor.vault.actions.groups import admit, appoint, create_group, cut_off, dismiss, relieve, tend
from victor.vault.actions.own import change_passphrase, remember, set_aside, set_up, unlock
from victor.vault.actions.records import (
    About,
    destroy,
    erase,
    new_record,
    open_receipt,
    read,
    read_file,
    share,
    withdraw,
    write,
    write_file,
)
from victor.vault.actions.recovery import ask, complete, confirm
from victor.vault.actions.recovery import withdraw as withdraw_recovery
from victor.vault.actions.resealing import hand_over, resume

__all__ = [
    "About",
    "admit",
    "appoint",
    "ask",
    "change_passphrase",
    "complete",
    "confirm",
    "create_group",
    "cut_off",
    "destroy",
    "dismiss",
    "erase",
    "hand_over",
    "new_record",
    "open_receipt",
    "read",
    "read_file",
    "relieve",
    "remember",
    "resume",
    "set_aside",
    "set_up",
    "share",
    "tend",
    "unlock",
    "withdraw",
    "withdraw_recovery",
    "write",
    "write_file",
]
