import type { aliasesWords as english } from "../en/aliases.ts";
import { count } from "../format.ts";

export const aliasesWords: typeof english = {
  aliases: {
    title: "エイリアス",
    lead: (n) => `${count(n)}エイリアス`,
    found: (n) => `該当${count(n)}件`,
    order:
      "XMailは、同じ名前のアカウント、完全に一致するエイリアス、文字列の長いパターンの順に調べます。*だけのエイリアスは、そのドメインの中で最後です。",
    add: "エイリアスを追加",
    caption: "エイリアス（ドメイン内でXMailが調べる順）",
    alias: "エイリアス",
    matches: "対象",
    target: "配送先",
    kinds: { exact: "1アドレス", pattern: "パターン", "catch-all": "残りすべて" },
    remove: "削除…",
    removeLabel: "エイリアス{name}を削除",
    none: "エイリアスがまだありません",
    noneText: "エイリアスはアカウントの別名です。例えばhanaにinfoという別名を付けられます。",
    noMatch: "「{text}」を含むエイリアスはありません",
    noMatchFilter: "条件に合うエイリアスはありません",
    route: "あるアドレスへのメールの届き先を調べる",
  },
  aliasAdd: { title: "エイリアスの追加", button: "エイリアスを追加" },
  aliasRemove: {
    title: "エイリアス {name} を削除しますか？",
    text: "このアドレスあてのメールは {target} に届かなくなります。アカウントは残り、エイリアスはまた追加できます。",
    textUnknown: "配送先のアカウントは残り、エイリアスはまた追加できます。",
    button: "エイリアスを削除",
  },
  mailRoute: {
    title: "メールの届き先",
    lead: "アドレスを入力すると、どのアカウントに届くか、その理由とともに表示します。",
    button: "調べる",
    reaches: "{address} へのメールは {target} に届きます",
    nobody: "{address} へのメールはどのアカウントにも届きません",
    notHere: "{address} はこのサーバのどのドメインにも属していません",
    notHereText:
      "差出人に中継が許可されていれば、XMailはそのドメインのサーバへ送ります。カスタムドメインはここでは調べていません。",
    nobodyText:
      "該当するアカウントもエイリアスもありません。コマンドエイリアスとカスタムドメインはここでは調べていません。受信するには、その名前のアカウントかエイリアスを追加してください。",
    steps: "XMailが決める手順",
    domainFound: "{found} はこのサーバのドメインです",
    domainNot: "このサーバのドメインではありません",
    domainAliasFound: "ドメインエイリアス {alias} は {domain} に向いています",
    domainAliasNot: "一致するドメインエイリアスはありません",
    accountFound: "アカウント {found} があります",
    accountNot: "その名前のアカウントはありません",
    aliasFound: "エイリアス {found} が一致します",
    aliasNot: "一致するエイリアスはありません",
    asks: {
      domain: "ドメイン",
      "domain-alias": "ドメインエイリアス",
      account: "アカウント",
      alias: "エイリアス",
    },
  },
};
