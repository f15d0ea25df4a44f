// Draws the panel of a desk from the templates of the page (templates/desk/_kit.html): the same whether the server
// answered or this device. No word is written here.
const kit = document.getElementById("desk-kit");
export const words = kit ? JSON.parse(kit.dataset.words) : null;
const cut = (name) => document.getElementById(`kit-${name}`).content.cloneNode(true);

export function say(sentence, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);
}

// "17 h 05", "17:05": the pattern comes with the page.
export function hourOf(at) {
  const told = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: words.timezone }).format(at);
  const [hour, minute] = told.split(":");
  return say(words.hour, { h: words.hour.includes(":") ? hour : String(Number(hour)), m: minute });
}

function icon(name) {
  return document.getElementById("kit-icons").content.querySelector(`[data-icon="${name}"]`).firstElementChild.cloneNode(true);
}

function shape(guest) {
  const drawn = document.getElementById("kit-shapes").content.querySelector(`[data-shape="${guest.shape}"]`);
  return (drawn ?? document.getElementById("kit-shapes").content.lastElementChild).firstElementChild.cloneNode(true);
}

// Fills [data-fill] with the texts given; a place with no text goes.
function fill(part, texts) {
  for (const place of part.querySelectorAll("[data-fill]")) {
    const text = texts[place.dataset.fill];
    if (text) place.textContent = text;
    else (place.closest("[data-whole]") ?? place).remove();
  }
  return part;
}

// isRehearsal: of an invented guest; it is said above everything else.
function frame(kind, sound, part, isRehearsal = false) {
  const box = document.createElement("div");
  box.className = `desk-panel desk-panel-${kind}`;
  Object.assign(box.dataset, { kind, sound });
  if (isRehearsal) box.append(cut("rehearsal"));
  box.append(part);
  return box;
}

function categoryWord(guest) {
  const part = fill(cut("category"), { category: guest.category });
  const dot = part.querySelector(".category-dot");
  dot.classList.add(guest.colour);
  dot.append(shape(guest));
  return part;
}

export function drawReady(error = "") {
  return frame("ready", error ? "refused" : "", fill(cut("ready"), { error }));
}

// isOnline: whether pages of the server can be opened; document: the kind chosen last at this desk.
export function drawPerson(guest, { isOnline, error = "", document: chosen = "" }) {
  const native = guest.native_name === guest.name ? "" : guest.native_name;
  const part = fill(cut("person"), { category: guest.category, name: guest.name, native, error });
  const band = part.querySelector(".category-band");
  band.classList.add(guest.colour);
  band.prepend(shape(guest));
  part.querySelector("form").dataset.registration = guest.id;
  const head = part.querySelector(".person");
  for (const line of guest.lines) head.append(fill(cut("line"), { line }));
  for (const [kind, text] of guest.notes) {
    const note = fill(cut("note"), { text });
    note.querySelector("p").prepend(icon(words.notes[kind] ?? "info"));
    head.after(note);
  }
  const document = part.querySelector(`input[name="document"][value="${chosen}"]`);
  if (document) document.checked = true;
  if (document?.closest("details")) document.closest("details").open = true;
  aim(part, guest.id, isOnline);
  return frame("person", error ? "refused" : "seen", part, guest.is_rehearsal);
}

// Links to pages of the server: where to, and only while there is one.
function aim(part, registration, isOnline) {
  for (const link of part.querySelectorAll("[data-online]")) {
    if (!isOnline || !registration) link.remove();
    else if (link.dataset.href) link.setAttribute("href", link.dataset.href.replace("REGISTRATION", registration));
  }
}

function detailOf(answer) {
  if (answer.detail) return answer.detail;
  if (answer.is_echo) return words.echo_detail;
  if (answer.result === "replaced" && answer.guest?.stand_in) return say(words.instead, { name: answer.guest.stand_in });
  if (answer.first && answer.isLocal) return say(words.came_in, { hour: hourOf(answer.first[4] * 1000), gate: answer.first[6] });
  return "";
}

// Without a network nobody has been told yet.
function nextStep(answer, told) {
  return answer.isLocal && answer.result === "copy_suspected" ? words.copy_alone : told.next_step;
}

export function drawAnswer(answer, { isOnline }) {
  const told = answer.is_echo ? words.echo : words.answers[answer.result];
  const { guest } = answer;
  const texts = { headline: told.headline, detail: detailOf(answer), next: nextStep(answer, told) };
  const part = fill(cut("answer"), { ...texts, name: guest?.name, organisation: guest?.organisation });
  const verdict = part.querySelector(".desk-verdict");
  verdict.classList.add(`desk-verdict-${told.state}`);
  verdict.setAttribute("role", ["good", "info"].includes(told.state) ? "status" : "alert");
  verdict.prepend(icon(told.icon));
  if (guest) part.querySelector(".desk-who").append(categoryWord(guest));
  for (const after of part.querySelectorAll("[data-after]")) {
    if (!after.dataset.after.split(" ").includes(answer.is_echo ? "echo" : answer.result)) after.remove();
    else after.dataset.registration = guest?.id ?? "";
  }
  const isRehearsal = Boolean(guest?.is_rehearsal) || answer.is_rehearsal || answer.result === "rehearsal_code";
  if (!guest || ["good", "info"].includes(told.state)) part.querySelector("[data-otherwise]")?.remove();
  if (isRehearsal) for (const link of part.querySelectorAll("[data-href]")) link.remove();
  aim(part, guest?.id, isOnline);
  return frame("answer", told.state, part, isRehearsal);
}

// The question to who leads: why otherwise. result: what the rule says.
export function drawOtherwise(guest, { result, isOnline, error = "", typed = {} }) {
  const isIn = result === "already_in";
  const rule = result === "admitted" ? "" : say(words.rule_says, { answer: words.answers[result].headline });
  const part = fill(cut("otherwise"), { name: guest.name, rule, error });
  part.querySelector("[data-who]").append(categoryWord(guest));
  const form = part.querySelector("form");
  Object.assign(form.dataset, { registration: guest.id, local: isIn ? "undo" : "anyway" });
  for (const place of form.querySelectorAll("[data-when]")) if ((place.dataset.when === "undo") !== isIn) place.remove();
  form.elements.reason.value = typed.reason ?? "";
  const document = part.querySelector(`input[name="document"][value="${typed.document || "none"}"]`);
  if (document) document.checked = true;
  aim(part, guest.is_rehearsal ? "" : guest.id, isOnline);
  return frame("person", error ? "refused" : "seen", part, guest.is_rehearsal);
}

export function drawFound({ found, total }) {
  if (!found.length) return drawReady(words.nobody);
  const part = cut("found");
  const title = part.querySelector("h2");
  const told = total > found.length ? words.too_many : words.many_found;
  title.textContent = say(found.length === 1 ? words.one_found : told, { num: total, shown: found.length });
  part.querySelector("ul").append(...found.map((guest) => {
    const [quality = "", ...others] = guest.lines;
    const second = guest.has_namesake ? [guest.name, ...guest.lines] : [quality, ...others];
    const first = guest.has_namesake ? guest.organisation || quality : guest.name;
    const item = fill(cut("guest"), { first, second: second.filter((line) => line !== first).join(", ") });
    item.querySelector("button").value = guest.id;
    item.querySelector("small").append(categoryWord(guest));
    return item;
  }));
  return frame("found", "", part);
}
