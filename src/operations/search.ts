import { foldName } from "../xmail/names.ts";

/** Whether a text holds what was searched for; blanks around it do not count, upper and lower case are alike. */
export function searchFor(search = ""): (text: string) => boolean {
  const wanted = foldName(search.trim());
  return (text) => foldName(text).includes(wanted);
}
