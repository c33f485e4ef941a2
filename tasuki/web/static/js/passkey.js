// Passkeys need a script by their nature: the browser asks the key, the server checks the answer.
(() => {
  "use strict";
  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const send = async (address, body) => {
    const answer = await fetch(address, {
      method: "POST", body: JSON.stringify(body), credentials: "same-origin",
      headers: { "X-CSRFToken": token(), "Content-Type": "application/json" },
    });
    return answer.json();
  };
  const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const plain = (made) => ({
    id: made.id, rawId: text(made.rawId), type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: Object.fromEntries(["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
      .filter((part) => made.response[part]).map((part) => [part, text(made.response[part])])),
  });
  const make = async (place) => {
    const asked = await send("/account/passkeys/options/", {});
    if (asked.to) return asked;
    const key = asked.publicKey;
    const made = await navigator.credentials.create({ publicKey: {
      ...key, challenge: bytes(key.challenge), user: { ...key.user, id: bytes(key.user.id) }, excludeCredentials: known(key.excludeCredentials),
    } });
    return send("/account/passkeys/", { answer: plain(made), name: document.querySelector("[data-passkey-name]")?.value ?? "" });
  };
  const prove = async (place) => {
    const asked = await send("/sign-in/passkey/options/", {});
    const key = asked.publicKey;
    const got = await navigator.credentials.get({ publicKey: {
      ...key, challenge: bytes(key.challenge), allowCredentials: known(key.allowCredentials),
    } });
    const shared = document.querySelector('[name="shared"]')?.checked === true;
    return send(`/sign-in/passkey/?next=${encodeURIComponent(place.dataset.next)}`, { answer: plain(got), shared });
  };
  for (const place of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    place.hidden = false;
    const button = place.querySelector("button");
    const said = place.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      button.disabled = true;
      said.textContent = "";
      try {
        const answer = await (place.dataset.passkey === "make" ? make(place) : prove(place));
        if (answer.to) { location.assign(answer.to); return; }
        said.textContent = answer.why ?? "うまくいきませんでした。もう一度試してください。";
      } catch {
        said.textContent = "パスキーを使いませんでした。もう一度押すと、やり直せます。";
      }
      button.disabled = false;
    });
  }
})();
