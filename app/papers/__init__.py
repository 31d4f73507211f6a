"""Plain pages, drawn by the server: the way into a drill works without a script."""
