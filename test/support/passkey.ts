/** A passkey as it is kept; nobody could sign in with it. */
export const KEPT_PASSKEY = {
  id: "p",
  name: "Phone",
  publicKey: "p",
  counter: 0,
  transports: [],
  createdAt: "",
  lastUsedAt: "",
};
