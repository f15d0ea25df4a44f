// What a desk keeps in the browser: everything sealed with AES-GCM under keys that cannot be read out.
// Two keys: that of the list dies with the list, that of the scans lives until they are all sent.
const NAME = "parvis-desk";
const CIPHER = "AES-GCM";
const NONCE = 12; // bytes, random for each record

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Store {
  static async open() {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("keys");
      opening.result.createObjectStore("sealed");
      opening.result.createObjectStore("scans", { autoIncrement: true });
    };
    return new Store(await done(opening));
  }

  constructor(base) {
    this.base = base;
  }

  // Waits until it is on the disk: a scan that was answered survives a battery that falls out.
  async write(name, act) {
    const transaction = this.base.transaction(name, "readwrite", { durability: "strict" });
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const request = act(transaction.objectStore(name));
    await ended;
    return request?.result;
  }

  read(name, key) {
    return done(this.base.transaction(name).objectStore(name).get(key));
  }

  async key(name) {
    const known = await this.read("keys", name);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
    // Two pages at once: the first key stays.
    await this.write("keys", (keys) => keys.add(made, name)).catch(() => { /* read below */ });
    return this.read("keys", name);
  }

  async seal(keyName, value) {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { iv, sealed: await crypto.subtle.encrypt({ name: CIPHER, iv }, await this.key(keyName), text) };
  }

  // Null for what no key opens any more.
  async open(keyName, { iv, sealed }) {
    try {
      const text = await crypto.subtle.decrypt({ name: CIPHER, iv }, await this.key(keyName), sealed);
      return JSON.parse(new TextDecoder().decode(text));
    } catch {
      return null;
    }
  }

  async keepList(list) {
    const record = await this.seal("list", list);
    const put = (all) => {
      all.delete("age");
      return all.put(record, "list");
    };
    if (!this.isOver) await this.write("sealed", put);
  }

  // { offset, syncedAt } of a list that was asked for again and had not changed: newer than those kept with it.
  async keepAge(age) {
    const record = await this.seal("list", age);
    if (!this.isOver) await this.write("sealed", (all) => all.put(record, "age"));
  }

  async readList() {
    const [list, age] = await Promise.all(["list", "age"].map((name) => this.read("sealed", name)));
    const kept = list && (await this.open("list", list));
    return kept ? { ...kept, ...(age && (await this.open("list", age))) } : null;
  }

  // At which gate the steward put this device, when the server was not there to be told.
  async keepPlace(place) {
    const record = await this.seal("list", place);
    await this.write("sealed", (all) => all.put(record, "place"));
  }

  async readPlace() {
    const record = await this.read("sealed", "place");
    return record ? this.open("list", record) : null;
  }

  async erasePlace() {
    await this.write("sealed", (all) => all.delete("place"));
  }

  // The key too: what a disk may still hold is then noise. isLast: a list that is being sealed meanwhile is not kept.
  async eraseList({ isLast = false } = {}) {
    this.isOver = isLast;
    await this.write("sealed", (all) => all.clear());
    await this.write("keys", (keys) => keys.delete("list"));
  }

  // The number under which the scan waits.
  async addScan(scan) {
    const record = await this.seal("scans", scan);
    return this.write("scans", (all) => all.add(record));
  }

  async setAside(number, scan) {
    const record = await this.seal("scans", scan);
    await this.write("scans", (all) => all.put(record, number));
  }

  // [{ number, scan }], oldest first.
  async listScans() {
    const all = this.base.transaction("scans").objectStore("scans");
    const [numbers, records] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
    const scans = await Promise.all(records.map((record) => this.open("scans", record)));
    return numbers.map((number, n) => ({ number, scan: scans[n] })).filter((one) => one.scan);
  }

  async removeScans(numbers) {
    await this.write("scans", (all) => numbers.map((number) => all.delete(number)).at(-1));
  }
}
