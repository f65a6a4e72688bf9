import { count } from "../format.ts";

export const importsWords = {
  imports: {
    title: "CSVから取り込む",
    lead: "まずファイルを調べ、保存する前に各行がどうなるかを表示します。",
    button: "CSVから取り込む",
    export: "CSVに書き出す",
    what: "取り込むもの",
    kinds: { account: "アカウント", alias: "エイリアス", member: "メーリングリストのメンバー" },
    list: "メーリングリスト",
    listHelp: "メンバーの場合のみ：メーリングリストのアドレス。",
    domain: "ドメイン",
    domainHelp: "指定すると、すべての行がこのドメインのものでなければならず、行ではドメインを省略できます。",
    file: "ファイル",
    fileHelp:
      "Excelで保存したCSV。文字コードはUTF-8、UTF-16、Shift_JIS、区切りはコンマ、セミコロン、タブのいずれかです。",
    columns: {
      account:
        "アカウント：address（メールアドレス）、password（パスワード）、kind（user または list）、realName（氏名）、limitKB（容量）。",
      alias: "エイリアス：alias（エイリアス）、target（宛先）。",
      member: "メンバー：address（メールアドレス）、rights（R、RW、RA）。",
    },
    mode: "誤りのある行があるとき",
    modes: { all: "何も取り込まない", possible: "残りの行を取り込む" },
    resume: "取り込みの続き",
    resumeYes: "同じ値ですでにあるものは誤りとしない",
    look: "ファイルを調べる",
    save: (n: number) => `${count(n)}行を取り込む`,
    again: "別のファイル",
    toList: "一覧へ",
    wouldAdd: (n: number) => `${count(n)}行が追加されます。`,
    wereAdded: (n: number) => `${count(n)}行を追加しました。`,
    others: (already: number, wrong: number) =>
      `すでにあるもの：${count(already)}行。取り込めないもの：${count(wrong)}行。`,
    report: "各行の結果",
    line: "行",
    address: "アドレス",
    outcome: "結果",
    outcomes: { added: "追加しました", wouldAdd: "追加されます", already: "すでにあります" },
    notShown: (n: number) => `ほかの${count(n)}行はここに表示していません。`,
  },
};
