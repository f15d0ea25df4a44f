// Links to a <dialog> open it above the page; Escape closes it (the browser's own) and the focus returns.

function show(dialog) {
  dialog.showModal();
  const first = dialog.querySelector("input:not([type=hidden]), select, textarea, button");
  (first ?? dialog.querySelector("[tabindex='-1']"))?.focus();
}

export function openDialogs() {
  for (const link of document.querySelectorAll("a[data-dialog]")) {
    const dialog = document.getElementById(link.hash.slice(1));
    if (!dialog) continue;
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(dialog);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      show(dialog);
    });
    dialog.addEventListener("close", () => link.focus());
  }
  for (const link of document.querySelectorAll("dialog a[data-dialog-close]")) {
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      link.closest("dialog").close();
    });
  }
  // A page reached at the dialog's own address, or sent back with an error inside it.
  const asked = document.querySelector("dialog:target") ?? document.querySelector("dialog:has([aria-invalid])");
  if (asked && !asked.open) show(asked);
}
