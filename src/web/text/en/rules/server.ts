export const serverRules = {
  "server-parts": () => "An entry is not written as XMail reads it.",
  "server-part": (limit: string) => `Entry ${limit} is not complete, or has a value that cannot be used.`,
  "server-reaction": () => "Must be 1, 0, or a minus and seconds, like -10.",
  "whole-number": () => "Must be a whole number.",
  "server-variable": () => "Use letters, digits and signs, without blanks.",
  "server-one-value": () => "This variable takes one text.",
  "server-root-domain": () => "Without a root domain XMail answers all mail with 421.",
  revision: () => "Open the page again.",
  "start-line": () => "Use letters, digits and . , : / \\ - + = @ [ ] only, parted by blanks.",
  "queue-recipients": () => "Write a domain or an address; * stands for any letters.",
  "ctrl-account": () => "Use letters, digits, dot, hyphen, underscore and @.",
  "ctrl-password": () =>
    'Use letters, digits and symbols, without blanks and " * < > \\ |, and no # in front.',
  "ctrl-password-weak": () => "Too easy to guess: do not use the name, and use more different letters.",
  "file-path": () => "Write a path below MailRoot with /, like server.tab.",
  "file-locked": () => "This file is not edited as text.",
  "file-mask": (limit: string) =>
    `Line ${limit} has *** in place of a secret. Write the whole line, or leave it as it was shown.`,
  "file-empty": () =>
    "The file would be empty, and XMail's control port would delete it. Keep a comment line.",
  "file-line": (limit: string) => `Line ${limit}: a column is missing or has a value XMail cannot use.`,
  "file-line-long": (limit: string) => `Line ${limit} is longer than XMail reads.`,
};
