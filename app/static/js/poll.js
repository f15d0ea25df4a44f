// An element with data-poll-url is filled again with what that address answers, every data-poll-every
// seconds (10 unless said), with an ETag so that nothing is sent when nothing changed. It rests while the
// page is hidden, slows down after an error, and stops when the answer has an X-Poll-Stop header. X-Poll-Reload:
// the work shown has ended, and the whole page is read again.

async function refresh(place) {
  const headers = { "X-Requested-With": "fetch" };
  if (place.dataset.pollEtag) headers["If-None-Match"] = place.dataset.pollEtag;
  const answer = await fetch(place.dataset.pollUrl, { headers, cache: "no-store", credentials: "same-origin" });
  if (answer.status === 304) return false;
  if (!answer.ok || answer.redirected) throw new Error(`poll: ${answer.status}`);
  place.dataset.pollEtag = answer.headers.get("ETag") ?? "";
  const html = await answer.text();
  if (html !== place.innerHTML) place.innerHTML = html;
  if (answer.headers.has("X-Poll-Reload")) location.reload();
  return answer.headers.has("X-Poll-Stop") || answer.headers.has("X-Poll-Reload");
}

export function startPolling(root = document) {
  for (const place of root.querySelectorAll("[data-poll-url]")) {
    const normal = 1000 * (Number(place.dataset.pollEvery) || 10);
    let pause = normal;
    const turn = async () => {
      let stop = false;
      if (!document.hidden) {
        try {
          stop = await refresh(place);
          pause = normal;
        } catch {
          pause = Math.min(pause * 2, 60000);
        }
      }
      if (!stop && place.isConnected) setTimeout(turn, pause);
    };
    setTimeout(turn, pause);
  }
}
