import type { News, Problem } from "./kernel/watch.ts";
import { fillText } from "./web/parts/shown.ts";
import { troubleWords } from "./web/parts/watch-words.ts";
import type { Text } from "./web/text/en.ts";
import { LANGUAGES, type Language } from "./web/text/language.ts";

/** A mail about what has changed; over is told by name alone, for its numbers are gone. */
export function newsLetter(
  { begun, over, problems }: News,
  language: Language,
  server: string,
): { readonly subject: string; readonly text: string } {
  const t = LANGUAGES[language];
  const { letter } = t.watch;
  const lines = (all: readonly Problem[]) =>
    all.map((one) => {
      const { title, text } = troubleWords(t, one);
      return `- ${title}: ${text}`;
    });
  const [first] = begun;
  const subject = first
    ? fillText(letter.subjectBad, { server, count: begun.length, first: troubleWords(t, first).title })
    : fillText(letter.subjectOver, { server, count: over.length });
  const overLines = over.map(({ code, about }) => `- ${overName(t, { code, about })}`);
  return {
    subject,
    text: [
      ...(begun.length > 0 ? [letter.begun, ...lines(begun), ""] : []),
      ...(over.length > 0 ? [letter.over, ...overLines, ""] : []),
      fillText(letter.now, { count: problems }),
      letter.end,
      "",
    ].join("\n"),
  };
}

function overName(t: Text, named: Pick<Problem, "code" | "about">): string {
  const { title } = troubleWords(t, { ...named, value: 0, bound: 0 });
  return named.about === "" ? title : `${title} (${named.about})`;
}
