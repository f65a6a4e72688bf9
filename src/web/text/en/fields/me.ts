/** Of operations on one's own sign-in. */
export const meFields = {
  currentPassword: { label: "Present password", help: "The one you sign in with now." },
  "me.setPassword password": { label: "New password", help: "Twelve characters or more, of any kind." },
  "me.setLanguage language": { label: "Language", help: "Of the panel." },
  "me.confirmTotp code": { label: "Code that the app shows now", help: "Six digits." },
  "me.addPasskey id": { label: "Passkey", help: "Its id, as the browser said it." },
  "me.addPasskey name": { label: "Name", help: "By which you know it again, such as Phone." },
  "me.removePasskey id": { label: "Passkey", help: "Its id, as the list shows it." },
  publicKey: { label: "Public key", help: "In COSE form, as base64url." },
  counter: { label: "Counter", help: "How often the passkey was used." },
  transports: { label: "Ways to it", help: "How a browser reaches the passkey." },
} as const;
