"""Chairs in a live drill and a served house, borrowed from the tests of those rooms."""

from tests.app.conftest import a_house, served, settings
from tests.drills.views.conftest import sit

__all__ = ["a_house", "served", "settings", "sit"]
