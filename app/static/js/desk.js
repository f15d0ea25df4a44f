// The desk. Every gesture is an ordinary form; here it is sent by fetch, only the panel is swapped, and the
// camera goes on. Without this file the page works by typing.
import { Camera } from "./desk-camera.js";
import { moveTo, scanCode, search, showReady, startAlone, submitAlone } from "./desk-alone.js";
import { keepAwake, signal, wakeSound } from "./desk-signal.js";

const panel = document.getElementById("desk-panel");
const offline = document.getElementById("desk-offline");
const codeForm = document.getElementById("desk-code");
const searchForm = document.getElementById("desk-search");
const kit = document.getElementById("desk-kit"); // an enrolled device goes on without a network
const live = document.getElementById("desk-live");
const DEBOUNCE = 4000; // a badge held before the camera is one scan
const RETRY = 2000;
let turn = 0; // the newest gesture; an older answer is not shown any more
let last = { text: "", at: 0 };
let codeTypedAt = -Infinity; // when something was typed in the field of the code
const UNDER_WAY = 500; // milliseconds: more than a scanner takes between two letters

const kind = () => panel.firstElementChild?.dataset.kind;
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

function newNonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
}

// Sent until it arrives: the nonce makes a repetition harmless. A look may be given up, a decision may not.
async function send(address, options, mine, mustArrive) {
  for (;;) {
    try {
      const answer = await fetch(address, { ...options, headers: { "X-Fragment": "panel" }, credentials: "same-origin" });
      if (!answer.headers.has("Retry-After")) {
        offline.hidden = true;
        return answer;
      }
    } catch {
      offline.hidden = false;
    }
    await pause(RETRY);
    if (mine !== turn && !mustArrive) return null;
  }
}

async function go(address, options = {}, mustArrive = false) {
  turn += 1;
  const mine = turn;
  panel.setAttribute("aria-busy", "true");
  const answer = await send(address, options, mine, mustArrive);
  if (answer === null || mine !== turn) return;
  const html = await answer.text();
  // Signed out, or a refusal with a page of its own: show that page.
  if (!html.trimStart().startsWith("<div")) {
    if (answer.redirected) window.location.assign(answer.url);
    else show(pageMessage(html));
    return;
  }
  show(html);
}

function pageMessage(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const words = document.createElement("p");
  words.className = "desk-error";
  words.setAttribute("role", "alert");
  words.textContent = [...page.querySelectorAll("main h1, main p")].slice(0, 3).map((e) => e.textContent.trim()).join(" ");
  const box = document.createElement("div");
  box.append(words);
  return `<div class="desk-panel" data-kind="ready" data-sound="refused"><div class="desk-side">${box.innerHTML}</div></div>`;
}

// html, or a panel drawn here.
function show(html) {
  if (html instanceof Node) panel.replaceChildren(html);
  else panel.innerHTML = html;
  panel.removeAttribute("aria-busy");
  const state = panel.firstElementChild.dataset.sound;
  if (state) signal(state);
  if (performance.now() - codeTypedAt > UNDER_WAY) codeForm.code.value = ""; // else the next badge is being scanned
  if (kind() === "person" || kind() === "answer") searchForm.words.value = "";
  const fault = panel.querySelector(".desk-panel-person .desk-error"); // what is missing stands below it
  if (fault) fault.scrollIntoView({ block: "start" });
  else if (kind() === "person") panel.querySelector("h2").scrollIntoView({ block: "center" });
  else window.scrollTo(0, 0);
  settleFocus();
  refreshCounts();
}

// A USB scanner types where the focus is, and may send Enter twice: never on a button that decides.
// On a phone the keyboard must stay away.
function settleFocus() {
  const title = panel.querySelector("h2");
  if (title && kind() !== "answer") {
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  } else if (!matchMedia("(pointer: coarse)").matches) codeForm.code.focus({ preventScroll: true });
}

async function refreshCounts() {
  if (document.querySelector("#desk-state[data-offline]")) return; // counted here
  try {
    const answer = await fetch(live.dataset.pollUrl, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) live.innerHTML = await answer.text();
  } catch {
    // poll.js tries again
  }
}

function submitCode(text, road) {
  codeForm.code.value = "";
  if (kit) return scanCode(text, road, codeForm.direction.value);
  const data = new FormData(codeForm);
  data.set("code", text);
  data.set("nonce", newNonce());
  data.set("road", road);
  return go(codeForm.action, { method: "POST", body: data });
}

// A scanner writes a whole code in less time than a finger needs for a few letters.
let begunAt = -Infinity;
let lengthBefore = 0;
codeForm.code.addEventListener("input", ({ target, timeStamp }) => {
  codeTypedAt = timeStamp;
  if (target.value.length === 1) begunAt = timeStamp;
  else if (target.value.length > lengthBefore + 1) begunAt = -Infinity; // pasted
  lengthBefore = target.value.length;
});
const isByScanner = (text) => text.length >= 8 && performance.now() - begunAt < 40 * text.length;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (kit && form.matches(".desk-gates")) {
    event.preventDefault();
    moveTo(form.gate.value);
    return;
  }
  if (!form.closest("#desk-panel, .desk-tools")) return;
  event.preventDefault();
  wakeSound();
  if (form === codeForm) {
    submitCode(form.code.value, isByScanner(form.code.value) ? "scanner" : "typed");
    return;
  }
  if (kit && form === searchForm) return search(form.words.value);
  if (kit && submitAlone(form, event.submitter, codeForm.direction.value)) return;
  const data = new FormData(form, event.submitter);
  if (form.method === "get") go(`${form.action}?${new URLSearchParams(data)}`);
  else go(form.action, { method: "POST", body: data }, true);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-desk], a[data-local]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (kit) showReady();
  else go(link.href);
});

// Keys that come faster than fingers, with nothing to type into, are a scanner's.
let typed = "";
let typedAt = 0;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input[type=text], input[type=search], select")) return;
  const isFast = event.timeStamp - typedAt < 500;
  typedAt = event.timeStamp;
  if (event.key === "Enter" && isFast && typed.length >= 6) {
    event.preventDefault();
    submitCode(typed, "scanner");
    typed = "";
  } else if (event.key.length === 1) {
    typed = isFast ? typed + event.key : event.key;
  }
});

const wayOf = (tab) => new URL(tab.href).searchParams.get("way") ?? "in";

// In or out, with a network and without.
function turnTo(way) {
  codeForm.direction.value = way;
  for (const tab of document.querySelectorAll(".tabs a")) {
    if (wayOf(tab) === way) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

const camera = new Camera(document.getElementById("desk-scanner"), (text) => {
  const isSame = text === last.text && performance.now() - last.at < DEBOUNCE;
  last = { text, at: performance.now() };
  // The person on the screen stays there until somebody decides.
  if (!isSame && kind() !== "person" && !panel.hasAttribute("aria-busy")) submitCode(text, "camera");
});
if (kit) {
  // The page that is kept is that of the way in.
  turnTo(new URLSearchParams(location.search).get("way") === "out" ? "out" : "in");
  for (const tab of document.querySelectorAll(".tabs a")) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", tab.href);
      turnTo(wayOf(tab));
      showReady();
    });
  }
  startAlone(kit, { shown: show, counted: refreshCounts });
}
camera.offer();
keepAwake();
settleFocus();
refreshCounts();
