"""Pictures of the public site: their sizes, where they are used, and how long they may be shown."""
