import type { groupFields as english } from "../../en/fields/groups.ts";
import type { FieldWords } from "../../en/fields.ts";
import { mailFields } from "./mail.ts";

const name: FieldWords = {
  label: "グループ名",
  help: "日本語も使えます。同じ名前のグループは作れません。",
};
const memo: FieldWords = { label: "メモ", help: "管理者用です。メンバーには表示されません。" };
const firstDay: FieldWords = {
  label: "運用開始日",
  help: "2026-11-24のような日付です。この日より前は、誰もメンバーとして扱いません。空欄はすぐに開始です。",
};
const lastDay: FieldWords = {
  label: "運用終了日",
  help: "この日まで有効です。過ぎると誰もメンバーとして扱いませんが、自動的に削除されるものはありません。空欄は無期限です。",
};

export const groupFields: Readonly<Record<keyof typeof english, FieldWords>> = {
  group: { label: "グループ", help: "グループのIDまたは名前です。" },
  "group.add name": name,
  "group.set name": name,
  "group.add validFrom": firstDay,
  "group.set validFrom": firstDay,
  "group.add validUntil": lastDay,
  "group.set validUntil": lastDay,
  list: {
    label: "メーリングリスト",
    help: "このサーバにあるグループ専用リストのアドレスです。「メーリングリストを更新」で購読者を整えます。なければ空欄です。",
  },
  responsible: { label: "責任者", help: "グループの責任者の氏名です。アカウントがなくてもかまいません。" },
  responsibleEmail: {
    label: "責任者のメールアドレス",
    help: "外部のアドレスでもかまいません。自動で送信することはありません。",
  },
  responsiblePhone: { label: "責任者の電話", help: "形式は自由です。" },
  "group.add memo": memo,
  "group.set memo": memo,
  "group.list search": { label: "検索語", help: "グループ名、リスト、責任者の一部です。" },
  "groupMember.list search": { label: "アドレスの検索語", help: "アドレスの一部です。" },
  whom: {
    label: "対象のメンバー",
    help: "今日時点のメンバー、期間を過ぎたメンバー、または全員を選びます。",
  },
  addresses: {
    label: "アドレス",
    help: "このサーバのアカウントを1行に1件入力します。ドメインは問いません。メーリングリストは追加できません。",
  },
  "groupMember.set address": { label: "メンバー", help: "一覧に示すアドレスです。" },
  "groupMember.remove address": { label: "メンバー", help: "一覧に示すアドレスです。" },
  "group.setVacation on": mailFields["vacation.set on"],
  "group.setVacation subject": mailFields["vacation.set subject"],
  "group.setVacation text": mailFields["vacation.set text"],
  "group.setVacation from": mailFields["vacation.set from"],
  "group.setVacation until": mailFields["vacation.set until"],
  "group.setVacation days": mailFields["vacation.set days"],
};
