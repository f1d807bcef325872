"""The systemd unit and the nginx configuration name what exists, and let answers through as they come."""

import re

import pytest

from tests.conftest import ROOT
from ui.service.guard import LARGEST_BODY
from ui.settings import UiSettings

UNIT = (ROOT / "deploy" / "policy.service").read_text(encoding="utf-8")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def test_the_unit_runs_modules_that_exist() -> None:
    run = re.findall(r"^Exec\w+=/srv/policy/\.venv/bin/python -m (\w+)", UNIT, re.MULTILINE)
    assert run == ["ingest", "ui"]
    assert all((ROOT / name / "__main__.py").exists() for name in run)


def test_the_unit_may_write_where_the_service_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICY_FEEDBACK_FILE", raising=False)
    [written] = re.findall(r"^ReadWritePaths=(.*)$", UNIT, re.MULTILINE)
    settings = UiSettings()
    kept = {path.parent.relative_to(ROOT).as_posix() for path in (settings.feedback_file, settings.closed_file)}
    assert written.split() == [f"/srv/policy/{folder}" for folder in ("corpus/built", *kept)]


def test_nginx_leads_to_the_service_without_holding_answers_back() -> None:
    settings = UiSettings()
    assert re.findall(r"^ +server (\S+);", NGINX, re.MULTILINE) == [f"{settings.host}:{settings.port}"]
    sent = dict(re.findall(r"^ +proxy_(?!set_header)(\w+) ([^;]+);", NGINX, re.MULTILINE))
    assert (sent["pass"], sent["buffering"], sent["http_version"]) == ("http://policy", "off", "1.1")
    assert "ip_hash;" in NGINX
    [most] = re.findall(r"client_max_body_size (\d+)k;", NGINX)
    assert int(most) * 1024 > LARGEST_BODY


def test_nginx_says_who_asks_and_how() -> None:
    assert dict(re.findall(r"proxy_set_header (\S+) ([^;]+);", NGINX)) == {
        "Connection": '""',
        "Host": "$http_host",
        "X-Forwarded-Proto": "$scheme",
        "X-Forwarded-For": "$remote_addr",
        "Forwarded": '""',
    }
