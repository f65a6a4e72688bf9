// @ts-check
/** `fields`, `rules` and `flash` are looked up by the panel; the rest is for the pages, by `WORDS[frame.language]`. */
export const WORDS = {
  en: {
    title: "Departments",
    lead: "Who belongs where. Kept with the account, in its user.tab.",
    account: "Account",
    department: "Department",
    none: "There are no accounts you look after",
    of: "Department of {name}",
    save: "Save department",
    remove: "Remove department",
    removeTitle: "Remove the department of {name}?",
    removeText: "The account stays. It no longer belongs to {department}.",
    fields: {
      "department.set department": {
        label: "Department",
        help: "Letters, digits, blanks and & . -, beginning with a letter or digit.",
      },
    },
    rules: {
      "departments.name": () => "Use letters, digits, blanks and & . -, and begin with a letter or digit.",
    },
    flash: {
      "departments.set": "{name} now belongs to {department}.",
      "departments.removed": "{name} belongs to no department any more.",
    },
  },
  ja: {
    title: "部署",
    lead: "各アカウントの所属です。アカウントの user.tab に保存されます。",
    account: "アカウント",
    department: "部署",
    none: "担当しているアカウントはありません",
    of: "{name} の部署",
    save: "部署を保存",
    remove: "部署を削除",
    removeTitle: "{name} の部署を削除しますか?",
    removeText: "アカウントは残ります。{department} への所属だけがなくなります。",
    fields: {
      "department.set department": {
        label: "部署",
        help: "英数字で始め、英数字、空白、& . - を使えます。",
      },
    },
    rules: {
      "departments.name": () => "英数字で始め、英数字、空白、& . - だけを使ってください。",
    },
    flash: {
      "departments.set": "{name} の部署を {department} にしました。",
      "departments.removed": "{name} の部署を削除しました。",
    },
  },
};
