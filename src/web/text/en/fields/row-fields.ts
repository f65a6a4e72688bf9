/** One field of a form: its name, and the help that stands under it. */
export interface Words {
  readonly label: string;
  readonly help: string;
}

type RowFields<N extends string, F extends string> = {
  readonly [K in `${N}.${"add" | "change"} ${F}` | `${N}.list search`]: Words;
};

/** Fields of the forms of one settings table, and of the search over it. */
export function rowFields<const N extends string, const F extends string>(
  noun: N,
  search: string,
  fields: { readonly [K in F]: readonly [label: string, help: string] },
  searchLabel = "Contains",
): RowFields<N, F> {
  const words = Object.entries<readonly [string, string]>(fields).flatMap(([name, [label, help]]) =>
    ["add", "change"].map((verb) => [`${noun}.${verb} ${name}`, { label, help }]),
  );
  return Object.fromEntries([
    ...words,
    [`${noun}.list search`, { label: searchLabel, help: search }],
  ]) as RowFields<N, F>;
}
