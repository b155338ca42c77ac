"""What the log says was done in a package: a move by the state to which it led, all else as in a referral."""

from __future__ import annotations

from desks.packages.states import PackageState
from desks.referrals.deeds import DEEDS
from victor.audit.states import declare_deeds

declare_deeds({f"package.{deed}": words for deed, words in DEEDS.items()})
declare_deeds({f"package.{state}": state.label for state in PackageState})
