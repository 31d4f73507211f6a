"""What bots do in each seat, as rules; a policy says how well."""
