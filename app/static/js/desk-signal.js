// What the desk is told without looking: a sound, a vibration. And a screen that stays on.
const SOUNDS = {
  seen: [[880, 0.07]],
  good: [[660, 0.09], [990, 0.16]],
  info: [[660, 0.1]],
  attention: [[440, 0.12], [440, 0.12], [440, 0.12]],
  waiting: [[520, 0.12], [390, 0.2]],
  refused: [[220, 0.22], [160, 0.4]],
};
const BUZZES = { seen: 20, good: 60, info: 30, attention: [90, 60, 90], waiting: [90, 60, 90], refused: [250, 80, 250] };
const GAP = 0.05; // seconds between two tones
let speaker;

// Browsers let a page sound only after a gesture.
export function wakeSound() {
  speaker ??= window.AudioContext ? new AudioContext() : null;
  if (speaker?.state === "suspended") speaker.resume();
}

export function signal(state) {
  // Refused, and complained of, before the page was touched once.
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(BUZZES[state] ?? 0);
  wakeSound();
  if (speaker?.state !== "running") return;
  let at = speaker.currentTime;
  for (const [pitch, length] of SOUNDS[state] ?? []) {
    tone(pitch, at, length);
    at += length + GAP;
  }
}

function tone(pitch, at, length) {
  const voice = speaker.createOscillator();
  const loudness = speaker.createGain();
  voice.frequency.value = pitch;
  voice.type = pitch < 300 ? "square" : "sine";
  loudness.gain.setValueAtTime(0.25, at);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + length);
  voice.connect(loudness).connect(speaker.destination);
  voice.start(at);
  voice.stop(at + length);
}

export function keepAwake() {
  const ask = () => {
    if (!document.hidden) navigator.wakeLock?.request("screen").catch(() => { /* battery saver: the screen may sleep */ });
  };
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("pointerdown", wakeSound, { once: true });
  ask();
}
