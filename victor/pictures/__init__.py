"""Pictures on the public site: what they are, their sizes, and how long they may be seen."""
