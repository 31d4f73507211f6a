"""What a seat sees, as JSON: built from the record and the instruments through the role's allow-list."""
