// Makes and uses passkeys. The browser does both; this carries bytes between the form and the browser.
"use strict";

function toBytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
}

function toText(bytes) {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(list) {
  return (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
}

function asked({ publicKey }) {
  const wanted = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (publicKey.user) wanted.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) wanted.excludeCredentials = withBytes(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) wanted.allowCredentials = withBytes(publicKey.allowCredentials);
  return { publicKey: wanted };
}

function answered(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const said = parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(said),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function begin(form) {
  const key = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const reply = await fetch(form.dataset.options, {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-CSRFToken": key },
  });
  if (!reply.ok) throw new Error("no question to sign");
  const options = asked(await reply.json());
  const make = form.dataset.passkey === "create";
  return make ? navigator.credentials.create(options) : navigator.credentials.get(options);
}

const possible = Boolean(window.PublicKeyCredential && navigator.credentials);
for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = possible;
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !possible;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[data-trouble]");
    const button = form.querySelector("button");
    trouble.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(answered(await begin(form)));
      form.submit();
    } catch {
      trouble.hidden = false;
      button.disabled = false;
    }
  });
}
