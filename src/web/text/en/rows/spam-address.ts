import type { RowWords } from "./row-words.ts";

export const spamAddressWords: RowWords = {
  title: "Banned senders",
  lead: "XMail refuses mail whose sender (MAIL FROM) fits one of these. The From: line inside a message is not looked at.",
  one: "banned sender",
  none: "No sender is banned",
  noneText: "Ban a sender to refuse all his mail, whatever server it comes from.",
};
