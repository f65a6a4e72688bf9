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
    progress: (done: number, total: number) => `${count(total)}行のうち${count(done)}行`,
    inParts: (n: number) => `${count(n)}行を分けて取り込む`,
    longAll:
      "一度に取り込む場合は、すべての行を取り込むか、何も取り込まないかのどちらかです。数分かかることがあり、始まると最後まで行います。分けて取り込む場合は、進み具合を見て途中で止められます。追加したものは残ります。",
    longPossible: "分けて取り込みます。進み具合を見て途中で止められます。追加したものは残ります。",
    partHelp: "1回分を保存してから次に進みます。スクリプトが使えないときは、そのつどボタンを押してください。",
    carryOn: "続ける",
    stop: "ここで止める",
    stopped: (line: number) => `${count(line)}行目の前で止めました。`,
    stoppedHelp:
      "追加したものは残ります。保存中だった分は最後まで行います。10分以内はここから、その後は同じファイルと「取り込みの続き」で続けられます。",
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
