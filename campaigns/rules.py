"""Who may? Coordinators look after campaigns; their texts follow the rules of publishing."""

import rules

from partners.rules import is_coordinator

EDITED = ["campaign", "campaigncountry", "material", "materialfile", "message", "importantday", "news", "event"]
rules.add_perm("campaigns", is_coordinator)
for model in EDITED:
    for verb in ("view", "add", "change", "delete"):
        rules.add_perm(f"campaigns.{verb}_{model}", is_coordinator)
