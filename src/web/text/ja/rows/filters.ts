import type { RowWords } from "../../en/rows/row-words.ts";

const smtpNoneText = "ここに追加したプログラムは、相手のサーバが応答を待つ間にメールを拒否できます。";

export const filterRows = {
  filterPostRcpt: {
    title: "RCPT後のフィルタ",
    lead: "宛先が指定されるたびに、上から順に実行します。その宛先を拒否できます。",
    one: "RCPT後のフィルタ",
    none: "RCPT後のフィルタはありません",
    noneText: smtpNoneText,
  },
  filterPreData: {
    title: "DATA前のフィルタ",
    lead: "すべての宛先が指定された後、メッセージを受け取る前に、上から順に実行します。メールを拒否できます。",
    one: "DATA前のフィルタ",
    none: "DATA前のフィルタはありません",
    noneText: smtpNoneText,
  },
  filterPostData: {
    title: "DATA後のフィルタ",
    lead: "メッセージを受け取った後、受け付ける前に、上から順に実行します。メールを拒否できます。",
    one: "DATA後のフィルタ",
    none: "DATA後のフィルタはありません",
    noneText: smtpNoneText,
  },
  filterIn: {
    title: "受信フィルタ",
    lead: "このサーバのメールボックス宛のどのメールを、どのフィルタファイルに通すかを決めます。当てはまるルールはすべて、この順に使われます。",
    one: "受信フィルタのルール",
    none: "受信メールにフィルタはかかりません",
    noneText: "先にフィルタファイルを追加し、次にどのメールを通すかのルールを追加します。",
  },
  filterOut: {
    title: "送信フィルタ",
    lead: "ほかのサーバ宛のどのメールを、どのフィルタファイルに通すかを決めます。当てはまるルールはすべて、この順に使われます。",
    one: "送信フィルタのルール",
    none: "送信メールにフィルタはかかりません",
    noneText: "先にフィルタファイルを追加し、次にどのメールを通すかのルールを追加します。",
  },
  filterFile: {
    title: "フィルタファイル",
    lead: "filters/内にある、プログラムを並べたファイルです。どのメールを通すかは、受信フィルタと送信フィルタのルールで決めます。",
    one: "フィルタファイル",
    none: "フィルタファイルはありません",
    noneText: "ファイル、その中のプログラム、それを使うルールの順に追加します。",
  },
  filterStep: {
    title: "フィルタファイルのプログラム",
    lead: "ルールに当てはまったメールごとに、上から順に実行します。",
    one: "フィルタプログラム",
    none: "このファイルはまだ何もしません",
    noneText: "メールを調べるプログラムを追加します。",
  },
} satisfies Record<string, RowWords>;
