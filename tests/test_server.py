"""The server stops without dropping what it has begun."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app.server import Server
from config import ROOT, Config, UnsafeConfiguration
from tests.load.client import Connection
from tests.load.servers import free_port

# A server with one page that says it has begun, then waits for a line before it answers.
PROGRAM = """
import sys
from pathlib import Path
from flask import Flask
from app.server import Server
from config import Config

app = Flask(__name__)
app.extensions["parvis"] = Config(instance=Path(sys.argv[1]), port=int(sys.argv[2])).completed()

@app.get("/")
def front():
    return "here"

@app.get("/slow")
def slow():
    print("begun", flush=True)
    sys.stdin.readline()
    return "finished " * 5000

server = Server(app)
print("listening", flush=True)
server.run()
"""


@pytest.fixture
def slow_server(tmp_path: Path):
    """A running server of one slow page: (process, port)."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), str(port)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "listening\n"
    yield process, port
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_request_in_flight_is_answered_after_the_order_to_stop(slow_server, how):
    process, port = slow_server
    connection = Connection(port)
    assert connection.get("/").body == b"here"
    connection.start("GET", "/slow")
    assert process.stdout.readline() == "begun\n"
    process.send_signal(how)
    process.stdin.write("\n")
    process.stdin.flush()
    answer = connection.finish()
    connection.close()
    assert (answer.status, len(answer.body)) == (200, 45_000)
    assert process.wait(60) == 0


def test_a_taken_port_is_said_in_one_sentence(slow_server, tmp_path):
    _process, port = slow_server
    app = Flask(__name__)
    app.extensions["parvis"] = Config(instance=tmp_path, port=port).completed()
    with pytest.raises(UnsafeConfiguration, match=f"PORT={port + 1} make run"):
        Server(app)
