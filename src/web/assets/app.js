// Only makes things quicker: every page works without it. It writes no HTML.

// Ctrl-K, and / where nobody is typing: to the search.
document.addEventListener("keydown", (event) => {
  const find = document.getElementById("find");
  const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  const wanted =
    (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
  if (!find || !wanted || event.altKey) return;
  event.preventDefault();
  find.focus();
  find.select();
});

// The menu of the person closes with Escape and with a click elsewhere.
const me = document.querySelector("details.me");
if (me) {
  document.addEventListener("click", (event) => {
    if (!me.contains(event.target)) me.open = false;
  });
  me.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !me.open) return;
    me.open = false;
    me.querySelector("summary").focus();
  });
}

// What was refused is read out and comes next with Tab.
document.getElementById("refusal")?.focus();

// The button of a typed confirmation works once the name is there; the server asks again.
for (const form of document.querySelectorAll("form[data-typed]")) {
  const input = form.elements.namedItem("confirm");
  // Where it is known that the answer would be refused, nothing can be typed.
  if (!input) continue;
  const button = form.querySelector(".btn.destroy");
  const check = () => {
    if (button) button.disabled = input.value.trim().toLowerCase() !== form.dataset.typed.toLowerCase();
  };
  input.addEventListener("input", check);
  check();
}

// A new password can be seen, and suggested.
const LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 20;

function suggestion() {
  // Values beyond the last whole multiple would make the first letters likelier.
  const end = 256 - (256 % LETTERS.length);
  let text = "";
  while (text.length < LENGTH) {
    const [value] = crypto.getRandomValues(new Uint8Array(1));
    if (value < end) text += LETTERS[value % LETTERS.length];
  }
  return text;
}

function addButton(after, words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = words;
  button.addEventListener("click", () => act(button));
  after.after(button);
}

for (const box of document.querySelectorAll("[data-password]")) {
  const inputs = [box.dataset.password, box.dataset.again].map((name) =>
    box.querySelector(`[name="${name}"]`),
  );
  const [first] = inputs;
  const reveal = (button, seen) => {
    for (const input of inputs) input.type = seen ? "text" : "password";
    button.textContent = seen ? box.dataset.hide : box.dataset.show;
  };
  addButton(first, box.dataset.suggest, (button) => {
    const text = suggestion();
    for (const input of inputs) input.value = text;
    reveal(button.previousElementSibling, true);
    first.select();
  });
  addButton(first, box.dataset.show, (button) => reveal(button, first.type === "password"));
  // Managers of passwords and histories of forms should see a password sent, not a text.
  box.closest("form").addEventListener("submit", () => {
    for (const input of inputs) input.type = "password";
  });
}

// A passkey: the browser is asked for one, and its answer goes with the form.
const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

async function passkeyFor({ passkey, options }) {
  const publicKey = JSON.parse(options);
  publicKey.challenge = bytesOf(publicKey.challenge);
  if (publicKey.user) publicKey.user.id = bytesOf(publicKey.user.id);
  for (const known of publicKey.excludeCredentials ?? publicKey.allowCredentials ?? [])
    known.id = bytesOf(known.id);
  const found = await navigator.credentials[passkey === "make" ? "create" : "get"]({ publicKey });
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (found.response[part]) response[part] = textOf(found.response[part]);
  if (found.response.getTransports) response.transports = found.response.getTransports();
  const clientExtensionResults = found.getClientExtensionResults();
  return { id: found.id, rawId: textOf(found.rawId), type: found.type, response, clientExtensionResults };
}

for (const button of document.querySelectorAll("[data-passkey]")) {
  const note = button.form.querySelector("[data-passkey-note]");
  if (!window.PublicKeyCredential) continue;
  button.disabled = false;
  note.hidden = true;
  button.form.addEventListener("submit", async (event) => {
    if (event.submitter !== button) return;
    event.preventDefault();
    button.disabled = true;
    try {
      button.form.elements.credential.value = JSON.stringify(await passkeyFor(button.dataset));
      button.form.submit();
    } catch {
      note.textContent = button.dataset.failed;
      note.hidden = false;
      note.setAttribute("role", "alert");
      button.disabled = false;
    }
  });
}

// A long import goes on by itself; whoever stops it is faster than the next part.
const CARRY_ON_MS = 800;
const carryOn = document.querySelector("form[data-carry-on]");
if (carryOn) {
  const next = carryOn.querySelector('button[value="part"]');
  const timer = setTimeout(() => carryOn.requestSubmit(next), CARRY_ON_MS);
  carryOn.addEventListener("submit", () => clearTimeout(timer));
}
