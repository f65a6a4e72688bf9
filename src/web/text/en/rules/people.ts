const MORE = "Remove something first, or ask for more.";

/** Of people, delegations and API keys. */
export const peopleRules = {
  person: () => "Write the id, or the name the person signs in with.",
  "login-name": () => "Begin with a letter or digit; then letters, digits, dot, hyphen, underscore and @.",
  "sign-in-alias": () => "Write 5 letters, digits, hyphens and underscores or more, or nothing.",
  "door-slug": () => "Use small letters, digits and hyphens: three characters or more, like sato-office.",
  "door-host": () => "Write a host name in small letters, like post.example.com.",
  "masters-only": () => "Only a master administrator can give this.",
  "telling-name": () => "Choose a name that does not tell what stands there: without admin and xmail.",
  picture: () => "This is no picture in PNG, JPEG or WebP.",
  colour: () => "Write a colour like #336699.",
  "host-port": () => "Write a server like pop.example.com or pop.example.com:110.",
  "days-turned": () => "The last day is before the first.",
  "day-not-held": (limit: string) => `Your own day is ${limit}: it cannot be handed on beyond that.`,
  "day-over": (limit: string) => `This day is over already: today is ${limit}.`,
  "not-held": (limit: string) => `Only what is held can be handed on, and ${limit} is not.`,
  "no-such-domain": (limit: string) => `${limit} is no domain of this server.`,
  "no-such-list": (limit: string) => `${limit} is no mailing list of this server.`,
  "no-such-operation": (limit: string) => `There is no operation ${limit}.`,
  "most-domains": (limit: string) => `The limit set for you is ${limit} domains. ${MORE}`,
  "most-accounts": (limit: string) => `The limit set for you is ${limit} accounts. ${MORE}`,
  "most-lists": (limit: string) => `The limit set for you is ${limit} mailing lists. ${MORE}`,
  "most-listMembers": (limit: string) => `The limit set for you is ${limit} members of all lists. ${MORE}`,
  "most-aliases": (limit: string) => `The limit set for you is ${limit} aliases. ${MORE}`,
  "most-mailboxKilobytes": (limit: string) => `The limit set for you is ${limit} kB for each mailbox.`,
  "key-id": () => "Open the list again: there is no such key.",
};
