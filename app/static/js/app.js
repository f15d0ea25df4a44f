// Small improvements; every page works without them.
import { openDialogs } from "./dialog.js";
import { startPolling } from "./poll.js";
import { say } from "./voice.js";

function focusErrors() {
  document.querySelector("[data-focus]")?.focus();
}

// Messages that came with the page are said once: a live region speaks only of what changes after loading.
function announceMessages() {
  say([...document.querySelectorAll(".toast p")].map((p) => p.textContent.trim()).join(" "));
}

// The menu of a phone is closed with Escape, and the focus comes back to its button.
function closeMenuWithEscape() {
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector(".side-toggle[open]");
    if (open) {
      open.removeAttribute("open");
      open.querySelector("summary").focus();
    }
  });
}

// On a phone tabs scroll sideways: the one we are on is the first thing to see.
function showCurrentTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest("ul");
    row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - 16;
  }
}

async function copy(button) {
  const text = button.parentElement.querySelector("[data-copy-source]").textContent.trim();
  await navigator.clipboard.writeText(text);
  const words = button.querySelector("span");
  const before = words.textContent;
  words.textContent = button.dataset.copied;
  say(button.dataset.copied);
  setTimeout(() => { words.textContent = before; }, 2000);
}

function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

// A double press sends a form once; after four seconds it may be sent again (a download does not leave the page).
function sendOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
}

// <button data-print hidden>: printing needs JavaScript, so the button appears with it.
function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// <button data-fullscreen hidden>: the page takes the whole screen where the browser allows it.
function offerFullScreen() {
  for (const button of document.querySelectorAll("[data-fullscreen]")) {
    button.hidden = !document.fullscreenEnabled;
    button.addEventListener("click", () => {
      document.documentElement.requestFullscreen().catch(() => { button.hidden = true; });
    });
    document.addEventListener("fullscreenchange", () => { button.hidden = Boolean(document.fullscreenElement); });
  }
}

announceMessages();
focusErrors();
closeMenuWithEscape();
showCurrentTab();
openDialogs();
offerCopying();
offerPrinting();
offerFullScreen();
sendOnce();
startPolling();
