// Seals bytes to the key of the installation: HPKE (RFC 9180), base mode, with what the browser has built in.
// DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; docs/reference/sealed-boxes.md describes every byte.

const VERSION = 1;
const INFO = bytes("replenish queued check-in\x01");
const KEM = bytes("KEM\x00\x10");
const SUITE = bytes("HPKE\x00\x10\x00\x01\x00\x02");
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const RECIPIENT = "queue1";

function bytes(text) {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function labelled(suite, label, rest = new Uint8Array()) {
  return joined(bytes("HPKE-v1"), suite, bytes(label), rest);
}

// LabeledExtract and then LabeledExpand (RFC 9180, section 4) are one HKDF.
async function derived(salt, secret, suite, label, context, length) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = joined(new Uint8Array([length >> 8, length & 255]), labelled(suite, label, context));
  const how = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 8 * length));
}

// LabeledExtract without a salt alone is one HMAC under zeros.
async function extracted(label, rest) {
  const how = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", new Uint8Array(32), how, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, labelled(SUITE, label, rest)));
}

export function fromBase64(text) {
  const usual = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(usual), (letter) => letter.charCodeAt(0));
}

export function toBase64(sealed) {
  return btoa(Array.from(sealed, (one) => String.fromCharCode(one)).join(""));
}

// The key and the nonce of the cipher, from the shared point and the two public keys.
export async function schedule(point, enc, publicKey) {
  const secret = labelled(KEM, "eae_prk", point);
  const shared = await derived(new Uint8Array(), secret, KEM, "shared_secret", joined(enc, publicKey), 32);
  const context = joined(
    new Uint8Array([0]),
    await extracted("psk_id_hash", new Uint8Array()),
    await extracted("info_hash", INFO),
  );
  const from = labelled(SUITE, "secret");
  return {
    key: await derived(shared, from, SUITE, "key", context, 32),
    nonce: await derived(shared, from, SUITE, "base_nonce", context, 12),
  };
}

export async function seal(recipient, payload) {
  if (!recipient.startsWith(RECIPIENT)) throw new Error("no recipient");
  const publicKey = fromBase64(recipient.slice(RECIPIENT.length));
  const theirs = await crypto.subtle.importKey("raw", publicKey, CURVE, true, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", own.publicKey));
  const { key, nonce } = await schedule(new Uint8Array(point), enc, publicKey);
  const cipher = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, cipher, payload);
  return joined(new Uint8Array([VERSION]), enc, new Uint8Array(closed));
}
