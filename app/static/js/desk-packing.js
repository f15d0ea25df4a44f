// The list as it travels and as it is kept: app/checkin/packing.py, both ways for passages (docs/door.md).
export const FORM = "packed";
const PRINT = 8; // characters of a fingerprint

// The row of a guest as docs/door.md lists its fields.
export function unpackGuest([id, name, quality, organisation, category, prints, more]) {
  const usual = [id, name, "", quality, organisation, category, "c", prints.slice(0, PRINT), 1, prints.slice(PRINT), "v"];
  return Object.assign(usual, more);
}

// { places, passages } of a manifest, as [guest, scope, result, day, at, device, gate] each.
export function unpackPassages({ places, passages }) {
  let at = 0;
  return passages.map(([guest, seconds, place]) => {
    at += seconds;
    const [scope, result, day, device, gate] = places[place];
    return [guest, scope, result, day, at, device, gate];
  });
}

export function packPassages(passages) {
  const known = new Map();
  const places = [];
  let before = 0;
  const packed = passages.map(([guest, scope, result, day, at, device, gate]) => {
    const place = [scope, result, day, device, gate];
    const mark = JSON.stringify(place);
    if (!known.has(mark)) known.set(mark, places.push(place) - 1);
    const seconds = at - before;
    before = at;
    return [guest, seconds, known.get(mark)];
  });
  return { places, passages: packed };
}
