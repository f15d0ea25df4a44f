// A desk that works with and without a network: it asks the server while it answers, decides by its list when it does
// not, and tells later. The interface is docs/door.md; nothing else is spoken.
import { actAlone } from "./desk-lead.js";
import { GuestList } from "./desk-list.js";
import { LONG_PATIENCE, upload } from "./desk-sending.js";
import { Store } from "./desk-store.js";

const PATIENCE = 4000; // a network slower than that is none
const BEAT = 20000;
const KNOCK = 3000; // while there is no network
const LATER = 100; // sealing a long list waits until the answer is seen
const TOO_OLD = 12 * 3600 * 1000; // scenario 5.5: then a lead is asked
const ENDED = new Set(["DeviceRevoked", "DeviceExpired", "NotSignedIn"]);

export class Ended extends Error {}
export class NoNetwork extends Error {}

export function newNonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
}

export class Station {
  // place: { api, slug, device, gate, role, version }; told(): the state below changed; ended(code): stop.
  constructor(place, { told, ended }) {
    this.place = place;
    this.home = place.gate; // where the server said that it stands
    this.isMoved = false; // to another gate, by this page
    this.told = told;
    this.ended = ended;
    this.list = null;
    this.isOnline = navigator.onLine;
    this.since = Date.now(); // of being online or not
    this.waiting = 0;
    this.refused = 0; // scans the server could not take
    this.refusal = ""; // why it takes nothing
    this.sent = 0; // scans sent since the network came back
    this.offset = 0;
    this.syncedAt = 0;
    this.isOver = false;
  }

  async start() {
    this.store = await Store.open();
    const kept = await this.store.readList();
    if (kept && this.isUsable(kept)) {
      this.list = new GuestList(kept.list);
      this.offset = kept.offset;
      this.syncedAt = kept.syncedAt;
    } else if (kept) await this.store.eraseList();
    const moved = await this.store.readPlace();
    if (moved?.device === this.place.device) Object.assign(this, { isMoved: true, place: { ...this.place, gate: moved.gate } });
    for (const { scan } of await this.ownScans()) this.rememberScan(scan);
    await this.count();
    this.told();
    window.addEventListener("online", () => this.beat());
    window.addEventListener("offline", () => this.setOnline(false));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.beat(); });
    await this.beat();
  }

  isUsable(kept) {
    return kept.device === this.place.device && Date.now() - kept.offset < kept.list.expires_at;
  }

  now() { return Date.now() - this.offset; }

  get gate() {
    return this.list?.facts.gates.find((gate) => gate.id === this.place.gate) ?? null;
  }

  get gateName() {
    const main = this.isMoved && !this.place.gate ? this.list?.facts.device?.name : "";
    return this.gate?.name ?? (main || this.place.gateName);
  }

  // To another of its gates; the server hears of it with the next request.
  async moveTo(gate) {
    await this.setPlace(gate);
    await this.store.keepPlace({ device: this.place.device, gate });
    await this.beat();
  }

  setPlace(gate, isMoved = true) {
    Object.assign(this, { isMoved, place: { ...this.place, gate } });
    this.told();
  }

  get gateTold() { return this.isMoved ? this.place.gate || "main" : (this.gate?.id ?? ""); }

  // Without a network an old list asks for a lead.
  get isTooOld() {
    return !this.isOnline && this.place.role !== "lead" && Date.now() - this.syncedAt > TOO_OLD;
  }

  // --- the network ------------------------------------------------------------------------------------

  async ask(path, body, patience = PATIENCE, mark = "") {
    let answer;
    try {
      answer = await fetch(`${this.place.api}/${path}`, {
        method: body ? "POST" : "GET", credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(patience),
        headers: { "X-Parvis-Desk": "1", ...(body && { "Content-Type": "application/json" }), ...(mark && { "If-None-Match": mark }) },
        body: body && JSON.stringify(body),
      });
      if (answer.status >= 502 || answer.redirected) throw new NoNetwork(); // a proxy, or a hotel's portal
      const told = answer.status === 304 ? {} : await answer.json(); // what we asked about is as it was
      this.setOnline(true);
      if (answer.status === 401 || ENDED.has(told.error)) await this.end(told);
      if (told.server_time) this.offset = Date.now() - told.server_time;
      return { told, isDone: answer.ok || answer.status === 304, mark: answer.headers.get("ETag") };
    } catch (error) {
      if (error instanceof Ended) throw error;
      this.setOnline(false);
      throw new NoNetwork();
    }
  }

  setOnline(isOnline) {
    if (isOnline === this.isOnline) return;
    this.isOnline = isOnline;
    this.since = Date.now();
    this.sent = 0;
    this.told();
    if (!isOnline) this.plan();
    else this.beat();
  }

  plan() {
    clearTimeout(this.timer);
    if (!this.isOver) this.timer = setTimeout(() => this.beat(), this.isOnline ? BEAT : KNOCK);
  }

  // One turn: what waits is sent, then the list is refreshed, then we say that we are there.
  beat() {
    this.beating ??= this.turn().catch((error) => {
      if (!(error instanceof NoNetwork || error instanceof Ended)) throw error;
    }).finally(() => {
      this.beating = null;
      this.plan();
    });
    return this.beating;
  }

  async turn() {
    if (this.isOver) return;
    await this.checkAge();
    const { told, isDone } = await this.ask("heartbeat", { ...this.self(), ...(this.isMoved ? { gate: this.place.gate } : {}) });
    if (told.error === "NotFound" && this.isMoved) {
      await this.store.erasePlace(); // that gate is no more
      this.setPlace(this.home, false);
    }
    this.refusal = isDone ? "" : told.message;
    if (!isDone) return this.told();
    this.counts = told.counts;
    await upload(this);
    await this.refresh();
    this.told();
  }

  self() {
    const said = { sent_at: Date.now(), queue: this.waiting, version: this.place.version };
    return this.syncedAt ? { ...said, synced_at: this.syncedAt - this.offset } : said;
  }

  async refresh() {
    const since = this.list?.isPacked ? `&since=${encodeURIComponent(this.list.facts.version)}` : "";
    const { told, isDone, mark } = await this.ask(`manifest?form=packed${since}`, undefined, LONG_PATIENCE, this.list && this.mark);
    if (!isDone) return;
    Object.assign(this, { mark, syncedAt: Date.now() });
    if (!told.version) return this.store.keepAge(this.age); // the list is as it was kept
    if (!this.list) this.list = new GuestList(told);
    else this.list.apply(told);
    for (const { scan } of await this.ownScans()) this.rememberScan(scan);
    await this.keep();
  }

  get age() { return { offset: this.offset, syncedAt: this.syncedAt }; }

  keep() { return this.store.keepList({ device: this.place.device, ...this.age, list: this.list.plain() }); }

  // --- what waits -------------------------------------------------------------------------------------

  // Those of this event that the server has not refused.
  async ownScans() {
    return (await this.store.listScans()).filter(({ scan }) => scan.slug === this.place.slug && !scan.refused);
  }

  async count() {
    const all = (await this.store.listScans()).filter(({ scan }) => scan.slug === this.place.slug);
    this.refused = all.filter(({ scan }) => scan.refused).length;
    this.waiting = all.length - this.refused;
    this.told();
  }

  // --- a gesture --------------------------------------------------------------------------------------

  // Who it is; nothing is written. The server is asked where it can look without letting in, that is where identities are
  // checked; else the list tells, and whoever may not come in by it is asked of the server, which knows more. row: { code | registration, road, direction }.
  async look(row) {
    await this.checkAge();
    if (!this.list) await this.beat();
    const isAsked = this.isOnline && this.list?.facts.event.checks_identity;
    if (this.list && !this.isTooOld && !isAsked && row.direction === "in") {
      const whom = await this.whom(row);
      const decision = this.list.decide(whom, this.gesture(row));
      if (decision.result === "admitted") return { ...decision, asks_identity: true, guest: this.list.shown(whom.guest) };
    }
    return this.pass(row);
  }

  // What was decided, or asked: an answer of docs/door.md. row: as above, and document, identity, gesture.
  async pass(row) {
    await this.checkAge();
    const named = { ...row, nonce: newNonce(), ...(this.isMoved ? { gate: this.gateTold } : {}) };
    if (this.isOnline) {
      try {
        const { told, isDone } = await this.ask("scans", named);
        if (isDone && !told.error) this.rememberAnswer(told);
        return told;
      } catch (error) {
        if (!(error instanceof NoNetwork)) throw error;
      }
    }
    return row.gesture ? actAlone(this, named) : this.decideAlone(named);
  }

  async decideAlone(row) {
    if (!this.list || this.isTooOld) return { error: this.list ? "TooOld" : "NoList" };
    const whom = await this.whom(row);
    const at = Date.now();
    const decision = this.list.decide(whom, this.gesture(row, at));
    const guest = whom.guest && this.list.shown(whom.guest);
    if (decision.asks_identity) return { ...decision, guest };
    await this.keepScan(this.stamped(row, decision.result, at), whom.guest);
    return { ...decision, guest, isLocal: true };
  }

  // A row as it is sent later: what was decided, when, where, by which list.
  stamped(row, decided, at = Date.now()) {
    const offset = Math.round(this.offset);
    return { ...row, decided, at, offset, gate: this.gateTold, listed_at: Math.round(this.syncedAt - this.offset) };
  }

  whom(row) { return row.code ? this.list.read(row.code) : this.list.ofGuest(row.registration); }

  gesture(row, at = Date.now()) {
    const identity = row.identity ?? (row.document ? "matches" : "");
    return { at: at - this.offset, gate: this.gate, direction: row.direction, identity, device: this.place.device };
  }

  async keepScan(row, guest) {
    const told = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ""));
    const scan = { slug: this.place.slug, guest: guest?.id ?? "", gate: this.gateName, scope: this.gate?.scope ?? "", row: told };
    await this.store.addScan(scan);
    this.rememberScan(scan);
    this.waiting += 1;
    this.told();
  }

  rememberScan({ guest, gate, scope, row }) {
    const at = row.at - row.offset;
    if (!this.list || !guest || !["admitted", "exited", "undone"].includes(row.decided)) return;
    this.list.remember([[guest, scope, row.decided, this.list.dayAt(at), Math.floor(at / 1000), this.place.device, gate]]);
  }

  // The network may be cut before the list tells us what we did ourselves.
  rememberAnswer({ result, guest, asks_identity: asks }) {
    if (!this.list || !guest || asks || !["admitted", "exited", "undone"].includes(result)) return;
    const at = this.now();
    const where = [this.place.device, this.gateName];
    this.list.remember([[guest.id, this.gate?.scope ?? "", result, this.list.dayAt(at), Math.floor(at / 1000), ...where]]);
    setTimeout(() => this.list && this.keep(), LATER);
  }

  // --- the end ----------------------------------------------------------------------------------------

  async checkAge() {
    if (this.list && this.now() >= this.list.facts.expires_at) await this.end({ error: "DeviceExpired" });
  }

  // The list and its key go, at once; scans that wait stay sealed for the next time this phone is a desk.
  async end(told) {
    this.isOver = true;
    this.list = null;
    await this.store.eraseList({ isLast: true });
    navigator.serviceWorker?.controller?.postMessage({ forget: true });
    this.told();
    this.ended(told);
    throw new Ended();
  }

  // The steward gives the phone back. Scans that wait are sent first.
  async forget() {
    await this.beat();
    if (this.waiting || !this.isOnline) return false;
    await this.ask("forget", { wiped: true });
    await this.end({ error: "Forgotten" }).catch(() => { /* it is what was asked */ });
    return true;
  }
}
