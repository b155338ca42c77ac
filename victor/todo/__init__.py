"""What people have to do: one table of open items, which the database keeps in step with what opens them."""
