"""Screens: each builds a plain model from what it may see, then shows it."""
