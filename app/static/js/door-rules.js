// What the door answers: app/checkin/deciding.py, word for word, for a device without a network. Pure: plain values
// in, plain values out. tests/checkin/vectors.json holds both to the same answers; change both, and the vectors.
export const ECHO_SECONDS = 10;
const STRANGERS = {
  unknown: "unknown", forged: "forged", other_event: "other_event", not_listed: "not_on_list", rehearsal: "rehearsal_code",
};
const USUAL = {
  code: "valid", state: "confirmed", status: "open", checks_identity: false, is_replaced: false, category: "",
  category_days: [], gate_categories: [], is_listed: true, opens: null, closes: null, passages: [],
  direction: "in", identity: "",
};

// facts: { at, day, device } and whatever differs from USUAL; passages: [{ result, at, device }], oldest first.
export function decide(given) {
  const facts = { ...USUAL, ...given };
  const first = inside(facts);
  const code = ofTheCode(facts);
  if (code) return answer(code);
  if (facts.direction === "out") return answer(first === null ? "not_in" : "exited", first);
  const refusal = ofTheGuest(facts) || ofThePlace(facts);
  if (refusal) return answer(refusal);
  if (first !== null) return answer("already_in", first, false, isEcho(facts, facts.passages[first]));
  const last = ofTheHour(facts) || (facts.identity === "does_not_match" ? "identity_refused" : "");
  if (last) return answer(last);
  return answer("admitted", null, facts.checks_identity && !facts.identity);
}

function answer(result, first = null, asksIdentity = false, echo = false) {
  return { result, first, asks_identity: asksIdentity, is_echo: echo };
}

function ofTheCode(facts) {
  if (facts.status === "cancelled") return "event_cancelled";
  return Object.hasOwn(STRANGERS, facts.code) ? STRANGERS[facts.code] : "";
}

function ofTheGuest(facts) {
  if (facts.is_replaced) return "replaced";
  if (facts.state !== "confirmed") {
    return ["waiting", "offered", "cancelled"].includes(facts.state) ? facts.state : "not_on_list";
  }
  if (facts.code === "replaced") return "replaced";
  return facts.code === "valid" ? "" : "revoked";
}

function ofThePlace(facts) {
  if (facts.category_days.length && !facts.category_days.includes(facts.day)) return "not_this_day";
  if (facts.gate_categories.length && !facts.gate_categories.includes(facts.category)) return "not_this_zone";
  return facts.is_listed ? "" : "not_on_list";
}

function ofTheHour(facts) {
  if (facts.opens !== null && facts.at < facts.opens) return "too_early";
  return facts.closes !== null && facts.at >= facts.closes ? "too_late" : "";
}

function inside(facts) {
  const last = facts.passages.length - 1;
  return last >= 0 && facts.passages[last].result === "admitted" ? last : null;
}

function isEcho(facts, admission) {
  const age = facts.at - admission.at;
  return (admission.device ?? "") === facts.device && age >= 0 && age < ECHO_SECONDS;
}
