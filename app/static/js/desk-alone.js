// The page of an enrolled device: its forms are answered by the station (with or without a network) instead of by pages.
import { drawAnswer, drawFound, drawOtherwise, drawPerson, drawReady, hourOf, say, words } from "./desk-panel.js";
import { signal } from "./desk-signal.js";
import { Ended, Station } from "./desk-station.js";

const MINUTE = 60000;
const BACK = 12000; // how long the return of the network is told
const CLOCK_OFF = 2; // minutes
const FEWEST_LETTERS = 3;
const LONGEST_CODE = 200; // somebody else's QR may hold a book
const strip = document.getElementById("desk-state");
const live = document.getElementById("desk-live");
const state = { row: null, guest: null, document: "", told: null };
let show;
let recount; // asks the server for its figures
let station;
let playing = Promise.resolve();
let counted = 0; // scans sent when the figures were asked for last

const lettersOf = (text) => text.replace(/[^\p{L}\p{N}]/gu, "").length;

// shown(panel): puts a panel on the screen, and prepares for the next gesture.
export async function startAlone(kit, { shown, counted }) {
  show = shown;
  recount = counted;
  const { api, slug, device, role, gate, gateName, version } = kit.dataset;
  station = new Station({ api, slug, device, role, gate, gateName, version }, { told: tellState, ended: tellEnd });
  const register = navigator.serviceWorker?.register(kit.dataset.worker);
  register?.then(() => install(kit)).catch(() => { /* a browser that installs nothing works with a network */ });
  document.getElementById("desk-forget").addEventListener("click", forget);
  navigator.serviceWorker?.addEventListener("message", ({ data }) => { if (data.typed) scanCode(data.typed.code, "typed", data.typed.direction); });
  await station.start().catch(expected);
  navigator.serviceWorker?.controller?.postMessage({ awaits: true });
  setInterval(tellState, MINUTE);
}

function expected(error) {
  if (!(error instanceof Ended)) throw error;
}

async function install(kit) {
  const { active } = await navigator.serviceWorker.ready;
  const used = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.includes("/static/") || name.includes("/accent"));
  const told = kit.dataset.files.split(" ").map((file) => new URL(file, location.href).href);
  navigator.serviceWorker.addEventListener("message", ({ data }) => { if (data.kept) strip.dataset.kept = data.kept; });
  active.postMessage({ page: kit.dataset.page, files: [...new Set([...used, ...told])] });
}

// --- what is always in sight --------------------------------------------------------------------------

function tellState() {
  const { isOnline, list, waiting, refused, sent, offset } = station;
  const isBack = isOnline && sent > 0 && Date.now() - station.since < BACK;
  const [mode, age, queue] = ["mode", "list", "waiting"].map((name) => strip.querySelector(`[data-${name}]`));
  const clock = Math.round(Math.abs(offset) / MINUTE);
  const wasOffline = strip.hasAttribute("data-offline");
  strip.toggleAttribute("data-offline", !isOnline);
  if (isOnline && (wasOffline || sent !== counted)) recount();
  counted = sent;
  strip.toggleAttribute("data-back", isBack);
  write(mode, station.refusal || (isOnline ? backWords(isBack, sent) : say(words.offline, { hour: hourOf(station.since) })));
  write(age, list ? say(words.list, { hour: hourOf(station.syncedAt), num: list.facts.count }) : words.no_list);
  const told = [[waiting, words.waiting], [refused, words.set_aside], [clock >= CLOCK_OFF ? clock : 0, words.clock]];
  write(queue, told.filter(([number]) => number).map(([num, sentence]) => say(sentence, { num })).join(" · "));
  strip.dataset.queue = waiting;
  for (const part of document.querySelectorAll("[data-needs-network]")) part.hidden = !isOnline;
  for (const part of document.querySelectorAll("[data-without-network]")) part.hidden = isOnline;
  if (station.isMoved) tellPlace();
  document.getElementById("desk-forget").hidden = station.isOver;
  if (!isOnline && list) write(live, say(words.local, { num: list.countPresent(station.now()) }));
  if (isBack) setTimeout(tellState, BACK);
}

// The page is that of the gate where it was made; this device was put elsewhere since.
function tellPlace() {
  const { gate, place } = station;
  write(document.querySelector(".desk-gate span"), station.gateName);
  const choice = document.getElementById("gate");
  if (choice) choice.value = place.gate;
  const tabs = document.querySelector("[data-exits]") ?? document.querySelector(".tabs");
  if (tabs && station.list) tabs.hidden = !gate?.counts_exits;
}

export const moveTo = (gate) => station.moveTo(gate);

const backWords = (isBack, num) => (isBack ? say(words.sent, { num }) : words.online);

// Only what changed: a status that is written again is read aloud again.
function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

function tellEnd({ error }) {
  const kept = station.waiting ? say(words.keeps, { num: station.waiting }) : "";
  show(drawReady(`${words[error] ?? words.DeviceRevoked} ${kept}`.trim()));
  for (const track of document.getElementById("desk-video").srcObject?.getTracks() ?? []) track.stop();
  for (const part of document.querySelectorAll(".desk-main, .desk-next, #desk-live")) part.remove();
  strip.hidden = true;
}

async function forget() {
  if (!(await station.forget())) show(drawReady(words.forget_later));
}

// --- gestures -----------------------------------------------------------------------------------------

// Runs a gesture; what it answers is drawn. One after the other: a slow answer never covers that of the next guest.
function play(gesture, row) {
  playing = playing.catch(() => { /* told by who ran it */ }).then(() => answer(gesture, row));
  return playing;
}

async function answer(gesture, row) {
  if (station.isOver) return;
  try {
    draw(await station[gesture](row), row);
  } catch (error) {
    expected(error);
  }
}

function draw(answer, row) {
  const { isOnline } = station;
  state.told = answer;
  if (answer.error) show(drawReady(answer.message ?? words[answer.error] ?? words.NoNetwork));
  else if (answer.result === "admitted" && answer.asks_identity) {
    Object.assign(state, { row, guest: answer.guest });
    show(drawPerson(answer.guest, { isOnline, document: state.document }));
  } else {
    state.guest = null;
    show(drawAnswer(answer, { isOnline }));
  }
}

export function scanCode(code, road, direction) {
  return play("look", { code: code.slice(0, LONGEST_CODE), road, direction });
}

export function search(text) {
  const { list } = station;
  if (lettersOf(text) < FEWEST_LETTERS) show(drawReady(words.too_short));
  else if (!list || station.isTooOld) show(drawReady(list ? words.TooOld : words.NoList));
  else show(drawFound(list.search(text)));
}

// A form of a panel drawn here. False when it is not one.
export function submitAlone(form, submitter, direction) {
  const registration = form.dataset.registration ?? submitter?.value;
  const { local } = form.dataset;
  if (local === "choose") play("look", { registration, road: "search", direction });
  else if (local === "otherwise" || submitter?.value === "otherwise") askOtherwise();
  else if (local === "admit") decide(form, submitter?.value ?? "");
  else if (form.elements.reason) overrule(form);
  else if (local) play("pass", { registration, road: "typed", gesture: local });
  return Boolean(local);
}

// What the person at the desk says of the one on the screen.
function decide(form, decision) {
  const chosen = new FormData(form).get("document") ?? "";
  const isAsked = Boolean(form.elements.document);
  state.document = chosen || state.document;
  const isMatching = decision === "admit";
  if (isAsked && isMatching && !chosen) {
    show(drawPerson(state.guest, { isOnline: station.isOnline, error: words.document_missing }));
    return;
  }
  const identity = isMatching ? {} : { identity: "does_not_match" };
  play("pass", { ...state.row, ...identity, document: chosen });
}

// For who leads: the question why. `typed` is not lost when something is missing.
function askOtherwise(error = "", typed = {}) {
  const { guest, result } = state.told;
  show(drawOtherwise(guest, { result, isOnline: station.isOnline, error, typed }));
}

function overrule(form) {
  const { reason: typed, document: kind = "" } = Object.fromEntries(new FormData(form));
  const { local: gesture, registration } = form.dataset;
  const reason = typed.trim();
  const isAsked = Boolean(form.elements.document) && gesture === "anyway";
  if (!reason || (isAsked && !kind)) {
    askOtherwise(reason ? words.document_missing : words.ReasonMissing, { reason: typed, document: kind });
    return;
  }
  const seen = kind === "waived" ? { identity: "waived" } : { document: kind };
  play("pass", { registration, road: "typed", direction: "in", gesture, reason, ...(isAsked ? seen : {}) });
}

export function showReady() {
  state.guest = null;
  show(drawReady());
}
