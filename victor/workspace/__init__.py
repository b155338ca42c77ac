"""What partner staff see after they have logged in."""
