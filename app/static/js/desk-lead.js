// What is decided otherwise without a network: an admission taken back, somebody let in all the same, what a second
// badge was. The server is told later, under the same nonce; what it did not agree with waits for a lead (docs/door.md).
export async function actAlone(station, row) {
  const { list, place } = station;
  if (!list || station.isTooOld) return { error: list ? "TooOld" : "NoList" };
  const whom = list.ofGuest(row.registration);
  if (!whom.guest) return { error: "NoNetwork" };
  if (row.gesture === "undo") return undo(station, row, whom);
  if (row.gesture === "anyway" && place.role === "lead") return letIn(station, row, whom);
  if (row.gesture === "returned" || row.gesture === "copy_suspected") return remark(station, row, whom);
  return { error: "NoNetwork" };
}

async function undo(station, row, { guest }) {
  const { list, place } = station;
  const [, , result, , , by] = list.passagesOf(guest, station.gate, list.dayAt(station.now())).at(-1) ?? [];
  if (result !== "admitted") return { error: "NothingToUndo" };
  if (by !== place.device && place.role !== "lead") return { error: "NotAllowed" };
  await station.keepScan(station.stamped({ ...row, undoes: by }, "undone"), guest);
  return told(station, "undone", guest);
}

async function letIn(station, row, whom) {
  const decision = station.list.decide(whom, station.gesture(row));
  if (decision.result === "already_in") return { error: "NothingToOverride" };
  const overrides = decision.result === "admitted" ? "" : decision.result;
  await station.keepScan(station.stamped({ ...row, overrides }, "admitted"), whom.guest);
  return told(station, "admitted", whom.guest);
}

// Who is in already had gone out, or this is a copy.
async function remark(station, row, whom) {
  const { result } = station.list.decide(whom, station.gesture({ ...row, direction: "in" }));
  if (result !== "already_in") return { error: "NothingToOverride" };
  await station.keepScan(station.stamped(row, row.gesture), whom.guest);
  return told(station, row.gesture, whom.guest);
}

function told(station, result, guest) {
  return { result, guest: station.list.shown(guest), first: null, asks_identity: false, is_echo: false, isLocal: true };
}
