"""Host names, origins and closed paths."""

import pytest

from app.guard import CONTENT_SECURITY_POLICY, host_name, is_same_origin
from tests.app.conftest import Served


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        (None, "127.0.0.1:8501", True),
        ("http://127.0.0.1:8501", "127.0.0.1:8501", True),
        ("http://localhost:8501", "127.0.0.1:8501", False),
        ("http://127.0.0.1:8502", "127.0.0.1:8501", False),
        ("https://evil.example", "127.0.0.1:8501", False),
        ("null", "127.0.0.1:8501", False),
        ("null", "", False),
    ],
)
def test_only_the_own_origin_is_the_same(origin: str | None, host: str, same: bool) -> None:
    """Host and port must both agree; a request without an Origin is left to other checks."""
    assert is_same_origin(origin, host) is same


def test_host_names() -> None:
    """The port is no part of a host's name, and brackets are not either."""
    assert [host_name(each) for each in ("LocalHost:8501", "[::1]:8501", "")] == ["localhost", "::1", ""]


def test_a_foreign_host_name_is_refused(served: Served) -> None:
    """A name that somebody else points at this machine gets nothing, not even a page."""
    answer = served.client.get("/healthz", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "not served" in answer.json()["error"]
    assert served.client.get("/healthz", headers={"Host": "localhost:1"}).status_code == 200


def test_every_answer_carries_the_policy(served: Served) -> None:
    """Scripts come from this server alone, and no other site may frame the console."""
    for path in ("/healthz", "/nowhere", "/api/drills/x/logs"):
        headers = served.client.get(path).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
    assert "unsafe-inline" not in CONTENT_SECURITY_POLICY.split("style-src")[0]
    assert "frame-ancestors 'none'" in CONTENT_SECURITY_POLICY
    assert served.client.get("/api/drills/x/logs").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_closed_paths(served: Served, path: str) -> None:
    """Metrics and the driving of pages by programs are nobody's business."""
    assert served.client.get(path).status_code == 404
