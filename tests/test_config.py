"""Settings: read from the environment or from files, checked before anything starts."""

import stat
from dataclasses import fields

import pytest

from app import create_app
from config import Config, UnsafeConfiguration
from tests.databases import KEY


@pytest.fixture
def read(tmp_path):
    """`read(PORT="1")`: settings as the environment would give them, in an instance of its own."""

    def from_environment(**values):
        told = {f"PARVIS_{name}": value for name, value in values.items()}
        return Config.from_environment({"PARVIS_INSTANCE": str(tmp_path / "instance"), **told})

    return from_environment


def test_nothing_needs_to_be_said(read, tmp_path):
    config = read()
    assert config.database_url == f"sqlite:///{tmp_path / 'instance' / 'parvis.sqlite3'}"
    assert config.base_url == "http://127.0.0.1:8000"
    assert not config.sends_by_smtp
    assert (tmp_path / "instance").is_dir()


def test_the_key_is_made_once_and_kept_for_its_owner(read, tmp_path):
    first, second = read().secret_key, read().secret_key
    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "instance" / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"SECRET_KEY": "short"}, "PARVIS_SECRET_KEY"),
        ({"BASE_URL": "events.example"}, "PARVIS_BASE_URL"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "PARVIS_DATABASE_URL"),
        ({"MAIL_SECURITY": "yes"}, "PARVIS_MAIL_SECURITY"),
        ({"THREADS": "0"}, "PARVIS_THREADS"),
        ({"THREADS": "many"}, "PARVIS_THREADS"),
        ({"PORT": "http"}, "PARVIS_PORT"),
        ({"DEMONSTRATION": "perhaps"}, "PARVIS_DEMONSTRATION"),
        ({"SECRET_KEY_FILE": "/nowhere/key"}, "PARVIS_SECRET_KEY_FILE"),
    ],
)
def test_an_unsafe_setting_is_refused_by_name(read, values, said):
    with pytest.raises(UnsafeConfiguration, match=said):
        read(**values)


def test_a_secret_may_lie_in_a_file(read, tmp_path):
    path = tmp_path / "key"
    path.write_text(f"{KEY}\n")
    assert read(SECRET_KEY_FILE=str(path)).secret_key == KEY


@pytest.mark.parametrize(("typed", "meant"), [("1", True), ("True", True), ("no", False), ("0", False)])
def test_yes_and_no_are_understood(read, typed, meant):
    assert read(DEMONSTRATION=typed).demonstration is meant


def test_numbers_and_addresses_are_understood(read):
    config = read(PORT="8123", BASE_URL="https://events.example/")
    assert config.port == 8123
    assert config.base_url == "https://events.example"


@pytest.mark.parametrize(
    ("address", "name", "secure"),
    [("https://events.example", "__Host-parvis", True), ("http://127.0.0.1:8000", "parvis", False)],
)
def test_cookies_are_bound_to_https_where_there_is_https(read, address, name, secure):
    app = create_app(read(BASE_URL=address))
    assert app.config["SESSION_COOKIE_NAME"] == name
    assert app.config["SESSION_COOKIE_SECURE"] is secure
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True


def test_every_setting_says_what_it_means():
    assert [item.name for item in fields(Config) if not item.metadata.get("meaning")] == []


def test_a_setting_nobody_reads_is_no_setting(tmp_path):
    assert Config.from_environment({"PARVIS_INSTANCE": str(tmp_path), "PORT": "1"}).port == 8000
