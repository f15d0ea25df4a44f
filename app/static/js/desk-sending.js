// What waits on a device is sent when the network is back.
export const LONG_PATIENCE = 60000; // for a whole list, or a whole batch
const BATCH = 100;

// In batches. A row the server cannot use is set aside and told of; it stops no other.
export async function upload(station) {
  for (;;) {
    const batch = (await station.ownScans()).slice(0, BATCH);
    if (!batch.length) return station.waiting ? station.count() : undefined;
    const body = { scans: batch.map(({ scan }) => scan.row), device: station.self() };
    const { told, isDone } = await station.ask("scans", body, LONG_PATIENCE);
    if (!isDone) return;
    const error = (n) => told.answers[n]?.error ?? "";
    await station.store.removeScans(batch.filter((_one, n) => !error(n)).map((one) => one.number));
    for (const [n, { number, scan }] of batch.entries()) {
      if (error(n) && error(n) !== "Busy") await station.store.setAside(number, { ...scan, refused: error(n) });
    }
    const before = station.waiting;
    await station.count();
    station.sent += before - station.waiting;
    if (batch.some((_one, n) => error(n) === "Busy")) return;
  }
}
