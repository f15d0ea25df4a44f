"""A desk is installed on the home screen: what Chromium asks for, asked of Chromium."""

import base64
import json
from collections.abc import Callable

from playwright.sync_api import Page

from tests.icons import ICONS, IMAGES, SAFE
from tests.journeys.conftest import Live
from tests.journeys.desks import become_desk, prepare_night

# How much of a picture is not transparent, and the colour of a corner.
LOOK = """async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const drawn = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
  const pen = drawn.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, picture.width, picture.height);
  const white = [];
  for (let n = 0; n < data.length; n += 4) if (data[n] > 200 && data[n + 3] > 200) white.push(n / 4);
  const side = picture.width;
  const far = white.map((n) => Math.hypot((n % side) - side / 2, Math.floor(n / side) - side / 2));
  return { side, corner: data[3], reach: far.reduce((a, b) => Math.max(a, b), 0) / side };
}"""


def test_a_desk_can_be_installed(live: Live, open_page: Callable[..., Page]) -> None:
    """No objection of the browser; a window of its own; the icons are what the manifest says they are."""
    night = prepare_night(live, 1)
    page = open_page("phone")
    become_desk(live, page, night.slug, "Téléphone de Léa")
    browser = page.context.new_cdp_session(page)

    told = browser.send("Page.getAppManifest")
    manifest = json.loads(told["data"])
    objections = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert told["errors"] == []
    # The context of a test is a private window, which installs nothing: the one objection that is not the page's.
    assert [one["errorId"] for one in objections if one["errorId"] != "in-incognito"] == []
    assert (manifest["display"], manifest["start_url"], manifest["scope"]) == (
        "standalone",
        *[page.url.removeprefix(live.address)] * 2,
    )
    kinds = [(icon["sizes"], icon["type"], icon["purpose"]) for icon in manifest["icons"]]
    assert kinds[1:] == [
        ("192x192", "image/png", "any"),
        ("512x512", "image/png", "any"),
        ("512x512", "image/png", "maskable"),
    ]
    seen = [page.evaluate(LOOK, icon["src"]) for icon in manifest["icons"][1:]]
    assert [(one["side"], one["corner"]) for one in seen] == [(192, 0), (512, 0), (512, 255)]
    assert seen[2]["reach"] < 0.4  # the drawing lies in the circle that no phone cuts
    assert seen[0]["reach"] * SAFE < 0.4

    page.goto("/enrol")  # negative control: a page without a manifest
    objections = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert "no-manifest" in [one["errorId"] for one in objections]


def test_the_icons_are_those_of_the_script() -> None:
    for name, side, _is_maskable in ICONS:
        head = (IMAGES / f"{name}.png").read_bytes()[:24]
        assert head.startswith(base64.b64decode("iVBORw0KGgo="))
        assert int.from_bytes(head[16:20]) == int.from_bytes(head[20:24]) == side
