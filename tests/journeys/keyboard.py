"""A person who has a keyboard and no mouse: goes from control to control, and must see where they are."""

from playwright.sync_api import Page

# Where the focus is, as the eye finds it: the element, or the card around a choice.
SEEN = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return null;
  const outlined = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const around = [focused, focused.closest("label"), focused.closest(".choice")].filter(Boolean);
  const box = focused.getBoundingClientRect();
  const middle = [box.left + box.width / 2, box.top + box.height / 2];
  const top = document.elementFromPoint(...middle);
  return {
    name: focused.outerHTML.slice(0, 120),
    isShown: around.some(outlined),
    isCovered: !(top && (focused.contains(top) || top.contains(focused) || around.some((one) => one.contains(top)))),
  };
}"""
MOST_STEPS = 80


class Keyboard:
    """The keys of one page; every stop on the way is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def enter(self) -> None:
        """Press Enter where it leads to another page, and be there."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, words: str) -> None:
        """Replace what stands in the field by these words."""
        self.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def is_at(self, selector: str) -> bool:
        """Whether the focus is on a control."""
        return bool(self.page.evaluate("s => document.activeElement.matches(s)", selector))

    def look(self) -> str:
        """What has the focus; fails when nobody can see it, or something lies over it."""
        seen = self.page.evaluate(SEEN)
        assert seen, "the focus is nowhere"
        assert seen["isShown"], f"nothing shows that the focus is on {seen['name']}"
        assert not seen["isCovered"], f"something lies over {seen['name']}"
        return str(seen["name"])

    def go_to(self, selector: str, *, key: str = "Tab") -> None:
        """Step to a control, looking at each stop. Fails when it is not on the way."""
        way = []
        for _step in range(MOST_STEPS):
            if self.is_at(selector):
                self.look()
                return
            self.press(key)
            if self.page.evaluate("document.activeElement !== document.body"):
                way.append(self.look())
        raise AssertionError(f"{selector} is not on the way: {way}")

    def choose(self, name: str, value: str) -> None:
        """Choose among radio buttons: Tab enters the group, arrows move in it."""
        self.go_to(f"input[name={name}]")
        for _step in range(MOST_STEPS):
            if self.is_at(f"input[name={name}][value={value}]"):
                self.press("Space")
                return
            self.press("ArrowDown")
            self.look()
        raise AssertionError(f"{value} cannot be chosen by arrows")
