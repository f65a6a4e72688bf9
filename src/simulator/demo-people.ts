/** Somebody with a mailbox in the demo; nobody real. */
export interface Person {
  readonly domain: string;
  readonly name: string;
  readonly realName: string;
}

const SURNAMES = [
  ["佐藤", "sato"],
  ["鈴木", "suzuki"],
  ["高橋", "takahashi"],
  ["田中", "tanaka"],
  ["伊藤", "ito"],
  ["渡辺", "watanabe"],
  ["山本", "yamamoto"],
  ["中村", "nakamura"],
  ["小林", "kobayashi"],
  ["加藤", "kato"],
  ["吉田", "yoshida"],
  ["山田", "yamada"],
] as const;

const GIVEN_NAMES = [
  ["花子", "hanako"],
  ["太郎", "taro"],
  ["陽菜", "hina"],
  ["蓮", "ren"],
  ["さくら", "sakura"],
] as const;

const WESTERN = [
  "Alice Archer",
  "Bob Brennan",
  "Carla Costa",
  "David Dahl",
  "Émilie Étienne",
  "Fergus Finch",
  "Greta Grün",
  "Hugo Hart",
  "Ingrid Ibsen",
  "Jonas Jäger",
  "Katarina Kovač",
  "Liam Lowe",
  "Mónica Marín",
  "Noah North",
  "Olga Orlova",
  "Piotr Pawlak",
  "Quentin Quill",
  "Rosa Rossi",
  "Søren Skov",
  "Tess Turner",
] as const;

const OFFICES = [
  "accounts",
  "billing",
  "events",
  "helpdesk",
  "jobs",
  "legal",
  "library",
  "news",
  "office",
  "orders",
];

/** All of them, always in the same order: 60 in example.jp, 20 in each of the others and 10 offices in two. */
export function demoPeople(): Person[] {
  const japanese = SURNAMES.flatMap(([surname, romanSurname]) =>
    GIVEN_NAMES.map(([given, romanGiven]) => ({
      domain: "example.jp",
      name: `${romanGiven}.${romanSurname}`,
      realName: `${surname} ${given}`,
    })),
  );
  const western = ["example.com", "example.org"].flatMap((domain) =>
    WESTERN.map((realName) => ({ domain, name: nameFrom(realName, domain), realName })),
  );
  const offices = ["example.com", "example.net"].flatMap((domain) =>
    OFFICES.map((name) => ({ domain, name, realName: `${name.charAt(0).toUpperCase()}${name.slice(1)}` })),
  );
  return [...japanese, ...western, ...offices];
}

/** Given name in example.com, initial and surname elsewhere; ASCII only, as XMail wants it. */
function nameFrom(realName: string, domain: string): string {
  const plain = realName.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ø", "o").toLowerCase();
  const [given = "", surname = ""] = plain.split(" ");
  return domain === "example.com" ? given : `${given.charAt(0)}.${surname}`;
}
