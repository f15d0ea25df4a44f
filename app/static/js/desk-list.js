// The list a desk carries (GET …/manifest, docs/door.md): who a code belongs to, who has a name, and what the rule says.
import { decide } from "./door-rules.js";
import { fingerprint, isGenuine, isRehearsal, normalCode, readCode } from "./desk-codes.js";
import { FORM, packPassages, unpackGuest, unpackPassages } from "./desk-packing.js";

const STATES = { c: "confirmed", o: "offered", w: "waiting", x: "cancelled" };
const FIELDS = [
  "id", "name", "native", "quality", "organisation", "category", "state", "code", "version", "short", "badge", "notes",
  "sessions", "standIn", "rehearsal",
];
const MOST_FOUND = 20;
const SECOND = 1000;
const SHORT = 8; // characters of the code under the QR

// "É" and "e" are the same letter, "saint-exupéry" is two words.
export const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss").replaceAll("œ", "oe")
    .replaceAll("æ", "ae").replaceAll("ø", "o").replaceAll("ł", "l").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

export class GuestList {
  // kept: what `plain` gave, or a whole manifest.
  constructor(kept) {
    this.facts = { ...kept, passages: [] };
    this.passages = new Map();
    this.remember(this.told(kept));
    this.index();
  }

  // As it is kept: no longer than it came.
  plain() {
    const all = [...this.passages.values()].flat().sort((a, b) => a[4] - b[4]);
    return { ...this.facts, ...(this.isPacked ? packPassages(all) : { passages: all }) };
  }

  // A list of before the packed form is read too; who has one asks for a whole one.
  get isPacked() { return this.facts.form === FORM; }

  told(manifest) { return manifest.form === FORM ? unpackPassages(manifest) : (manifest.passages ?? []); }

  // A refreshment: each bucket it has replaces ours.
  apply(told) {
    const buckets = told.full ? told.buckets : { ...this.facts.buckets, ...told.buckets };
    this.facts = { ...told, buckets, passages: [] };
    this.remember(this.told(told));
    if (told.full || Object.keys(told.buckets).length) this.index();
  }

  index() {
    this.guests = new Map();
    this.prints = new Map();
    this.found = [];
    for (const told of Object.values(this.facts.buckets).flat()) {
      const row = this.isPacked ? unpackGuest(told) : told;
      const guest = Object.fromEntries(FIELDS.map((name, n) => [name, row[n] ?? ""]));
      this.guests.set(guest.id, guest);
      this.indexBadges(guest);
      const name = ` ${fold(`${guest.name} ${guest.native}`)}`;
      this.found.push({ name, all: `${name} ${fold(guest.organisation)}`, guest });
    }
    this.found.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name))); // once, not at each search
  }

  // What each code of a guest is worth, those given up too; the badge in hand now counts before everything else.
  indexBadges(guest) {
    const { code, short, version, badge } = guest;
    const older = (print, known) => { if (!this.prints.has(print)) this.prints.set(print, { guest, ...known }); };
    const [shorts, ...revoked] = short.split(".");
    const [typed, ...replaced] = shorts.match(/.{8}/gu) ?? [];
    for (const print of [code, typed]) if (print) this.prints.set(print, { guest, version: version || 0, badge });
    for (const print of replaced) older(print, { worth: "replaced" });
    for (const one of revoked) {
      for (const print of [one.slice(0, 8), one.slice(8, 16)]) older(print, { version: Number(one.slice(16)), badge: "r" });
    }
  }

  remember(passages) {
    for (const passage of passages) {
      const [guest, ...rest] = passage;
      const own = this.passages.get(guest) ?? [];
      if (own.some((known) => known.slice(1).join() === rest.join())) continue;
      own.push(passage);
      own.sort((a, b) => a[4] - b[4]);
      this.passages.set(guest, own);
    }
  }

  // Every word must begin one of the guest's. Those of whom it is the name come first, then by name. { found, total }
  search(words) {
    const wanted = fold(words).split(" ").map((word) => ` ${word}`);
    const fits = (text) => wanted.every((word) => text.includes(word));
    const fitting = this.found.filter(({ all }) => fits(all));
    const named = fitting.filter(({ name }) => fits(name));
    const others = named.length < MOST_FOUND ? fitting.filter(({ name }) => !fits(name)) : [];
    const shown = [...named, ...others].slice(0, MOST_FOUND).map(({ guest }) => guest);
    const names = shown.map((guest) => fold(guest.name));
    const found = shown.map((guest, n) => ({
      ...this.shown(guest), has_namesake: names.indexOf(names[n]) !== names.lastIndexOf(names[n]),
    }));
    return { found, total: fitting.length };
  }

  // { guest, worth }: whom a code belongs to, and what it is worth to `decide`.
  async read(typed) {
    const code = readCode(typed);
    const event = this.facts.event;
    const text = normalCode(typed);
    if (!code && text.length !== SHORT) return { guest: null, worth: "unknown" };
    const known = this.prints.get(await fingerprint(event.id, code ? code.identity : text));
    const genuine = code ? await isGenuine(code, event.keys) : null;
    if (!known && isRehearsal(code, text)) return { guest: null, worth: "rehearsal" };
    if (!known) return { guest: null, worth: { true: "not_listed", false: "forged" }[genuine] ?? "unknown" };
    const { guest } = known;
    if (genuine === false) return { guest, worth: "forged" };
    if (known.worth) return { guest, worth: known.worth };
    if (code && code.version < known.version) return { guest, worth: "replaced" };
    return { guest, worth: known.badge === "r" ? "revoked" : "valid" };
  }

  ofGuest(id) {
    const guest = this.guests.get(id) ?? null;
    if (!guest) return { guest, worth: "unknown" };
    return { guest, worth: guest.badge === "v" ? "valid" : "none" };
  }

  dayAt(at) {
    const { days, timezone } = this.facts.event;
    const known = days.find((one) => one.begins <= at && at < one.ends);
    return known ? known.day : new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(at);
  }

  // What the door answers; at in ms by our clock. { result, first, asks_identity, is_echo } with first a passage or null.
  decide({ guest, worth }, { at, gate, direction, identity, device }) {
    const day = this.dayAt(at);
    const passages = guest ? this.passagesOf(guest, gate, day) : [];
    const told = decide({
      at: Math.floor(at / SECOND), day, device, code: worth, status: this.facts.event.status, direction, identity,
      ...(guest ? this.factsOf(guest, gate) : { state: "" }),
      passages: passages.map(([, , result, , instant, by]) => ({ result, at: instant, device: by })),
    });
    return { ...told, first: told.first === null ? null : passages[told.first] };
  }

  passagesOf(guest, gate, day) {
    return (this.passages.get(guest.id) ?? []).filter(
      ([, scope, , on]) => scope === (gate?.scope ?? "") && (gate?.rule === "once" || on === day),
    );
  }

  factsOf(guest, gate) {
    const category = this.facts.categories[guest.category || 0];
    return {
      checks_identity: this.facts.event.checks_identity, state: STATES[guest.state] ?? "none",
      is_replaced: guest.state === "x" && Boolean(guest.standIn), category: category.key, category_days: category.days,
      gate_categories: gate?.categories ?? [], opens: gate?.opens ?? null, closes: gate?.closes ?? null,
      is_listed: Boolean(guest.rehearsal) || !gate?.session || (guest.sessions || []).includes(gate.session),
      ...guest.rehearsal?.facts,
    };
  }

  // As the server's answers show a guest.
  shown(guest) {
    const category = this.facts.categories[guest.category || 0];
    const isNamed = !guest.organisation || guest.quality.includes(guest.organisation);
    return {
      id: guest.id, name: guest.name, native_name: guest.native, organisation: guest.organisation,
      lines: [guest.quality, isNamed ? "" : guest.organisation].filter(Boolean), notes: guest.notes || [],
      category: category.name, shape: category.shape, colour: category.colour, stand_in: guest.standIn,
      is_rehearsal: Boolean(guest.rehearsal),
    };
  }

  // How many are inside at the main entrance today.
  countPresent(at) {
    const day = this.dayAt(at);
    let present = 0;
    for (const guest of this.guests.values()) {
      if (!guest.rehearsal && this.passagesOf(guest, null, day).at(-1)?.[2] === "admitted") present += 1;
    }
    return present;
  }
}
