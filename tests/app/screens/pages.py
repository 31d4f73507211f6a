"""One page of the console in a test."""

from streamlit.testing.v1 import AppTest


def run_page(module: str, drill_id: str, **query: str) -> AppTest:
    """Run one screen's page with an address."""
    page = AppTest.from_string(f"from {module} import page\npage()\n", default_timeout=60)
    page.query_params["d"] = drill_id
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    return page


def html_of(page: AppTest) -> str:
    """Give all markup on a page."""
    return "".join(each.proto.body for each in page.get("html"))
