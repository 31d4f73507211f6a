"""Reports: a scorecard as one self-contained HTML page."""

from scoring.report.html import report_html

__all__ = ["report_html"]
