// One live region for the whole page (#voice): what is put there is read out by screen readers, once.

export function say(words) {
  const voice = document.getElementById("voice");
  if (!voice || !words) return;
  voice.textContent = "";
  setTimeout(() => { voice.textContent = words; }, 400);
  setTimeout(() => { if (voice.textContent === words) voice.textContent = ""; }, 8000);
}
