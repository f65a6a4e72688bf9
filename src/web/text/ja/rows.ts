import type { rowsWords as english } from "../en/rows.ts";
import { spamAddressWords } from "./rows/spam-address.ts";

export const rowsWords: typeof english = {
  rows: {
    add: "{entry}を追加",
    changeTitle: "{entry}の変更",
    removeTitle: "この{entry}を削除しますか？",
    removeButton: "削除",
    save: "保存",
    actions: "操作",
    change: "変更",
    changeLabel: "{name}を変更",
    remove: "削除…",
    removeLabel: "{name}を削除",
    turnOff: "無効にする",
    turnOffLabel: "{name}を無効にする",
    turnOn: "有効にする",
    turnOnLabel: "{name}を有効にする",
    moveUpLabel: "{name}を上へ",
    moveDownLabel: "{name}を下へ",
    off: "無効",
    senseless: "XMailが読めない行",
    yes: "はい",
    no: "いいえ",
    notSet: "設定しない",
    noMatch: "「{text}」を含む項目はありません",
    tables: {
      spamAddress: spamAddressWords,
    },
  },
  values: {},
};
