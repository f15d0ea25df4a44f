// What a badge's QR says: app/badging/codes.py, for a device without a network (tests/badging/code_vectors.json).
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const IDENTITY = 26;
const HEAD = 29;
const LENGTH = 132;
const SIGNATURE = 64; // bytes of an Ed25519 signature
const PRINT = 6; // bytes of a fingerprint
const SIGNED = "PARVIS BADGE 1 ";
const UTF8 = new TextEncoder();

export const normalCode = (typed) => typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

// The code of a badge, or null; `signature` null for badges issued before signatures.
export function readCode(typed) {
  const text = normalCode(typed);
  if (![IDENTITY, LENGTH].includes(text.length) || [...text].some((c) => !ALPHABET.includes(c))) return null;
  if (text.length === IDENTITY) return { text, identity: text, version: 0, key: 0, signature: null };
  const version = ALPHABET.indexOf(text[26]) * 32 + ALPHABET.indexOf(text[27]);
  const key = ALPHABET.indexOf(text[28]);
  const signature = bytesOf(text.slice(HEAD));
  if (!version || !key || !signature) return null;
  return { text, identity: text.slice(0, IDENTITY), version, key, signature };
}

// Null when the last character has bits too many: one signature, one text.
function bytesOf(text) {
  const bytes = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    held = (held << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return bytes.length === SIGNATURE && held === 0 ? new Uint8Array(bytes) : null;
}

// Whether it is the code of an invented guest: marks that no badge of ours begins with (app/checkin/rehearsal_models.py).
export const isRehearsal = (code, text) => (code ? code.identity.startsWith("REPETITION") : text.startsWith("ESSAI"));

// True, false, or null when it cannot be told. keys: { number: base64 of 32 bytes }.
export async function isGenuine(code, keys) {
  if (!code.signature || !keys[code.key]) return null;
  const raw = Uint8Array.from(atob(keys[code.key]), (c) => c.charCodeAt(0));
  try {
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, code.signature, UTF8.encode(SIGNED + code.text.slice(0, HEAD)));
  } catch {
    return null; // a browser that does not know Ed25519
  }
}

// What stands for a code on a device; of no use at another event.
export async function fingerprint(event, text) {
  const digest = await crypto.subtle.digest("SHA-256", UTF8.encode(`${event}:${text}`));
  const bytes = new Uint8Array(digest).slice(0, PRINT);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}
