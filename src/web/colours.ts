import { fail } from "../errors/error.ts";

/** `#rgb` or `#rrggbb`; one for both themes, or one for each. */
export type Colour = string | { readonly light: string; readonly dark: string };

/** What may be given a colour, and the custom property of `app.css` that it is. */
const PROPERTIES = {
  background: "--bg",
  surface: "--bg-2",
  hover: "--bg-3",
  raised: "--raise",
  line: "--line",
  border: "--line-2",
  fieldBorder: "--line-3",
  text: "--ink",
  mutedText: "--ink-2",
  faintText: "--ink-3",
  accent: "--accent",
  accentSurface: "--accent-bg",
  button: "--fill",
  buttonHover: "--fill-2",
  buttonText: "--on-fill",
} as const;

export type ColourName = keyof typeof PROPERTIES;
export type Colours = Readonly<Partial<Record<ColourName, Colour>>>;

/** Ours, where a host changes only one of a pair. */
const DEFAULTS: Readonly<Record<string, { light: string; dark: string }>> = {
  background: { light: "#ffffff", dark: "#111318" },
  surface: { light: "#f6f7f9", dark: "#171a20" },
  text: { light: "#14171d", dark: "#e7e9ee" },
  mutedText: { light: "#474e5c", dark: "#b0b6c2" },
  faintText: { light: "#5d6573", dark: "#979fad" },
  accent: { light: "#2c4bb0", dark: "#a3b8ff" },
  accentSurface: { light: "#ecf0fc", dark: "#1c2542" },
  button: { light: "#2c4bb0", dark: "#4464d4" },
  buttonHover: { light: "#223c93", dark: "#3756c4" },
  buttonText: { light: "#ffffff", dark: "#ffffff" },
};

/** Text and what it stands on. */
const PAIRS: readonly (readonly [text: ColourName, ground: ColourName])[] = [
  ["text", "background"],
  ["mutedText", "background"],
  ["faintText", "background"],
  ["text", "surface"],
  ["mutedText", "surface"],
  ["accent", "background"],
  ["accent", "accentSurface"],
  ["buttonText", "button"],
  ["buttonText", "buttonHover"],
];

/** WCAG 2.2 AA for text of ordinary size. */
const LEAST_CONTRAST = 4.5;

/** The stylesheet that sets them. `BAD_CONFIG` for an unknown name and for all that is no plain colour. */
export function coloursSheet(colours: Colours): string {
  const set = Object.entries(colours).map(([name, colour]) => {
    if (!Object.hasOwn(PROPERTIES, name)) {
      fail("BAD_CONFIG", `look.colours: there is no ${name}. Known: ${Object.keys(PROPERTIES).join(", ")}.`);
    }
    const { light, dark } = bothOf(name, colour);
    return { property: PROPERTIES[name as ColourName], light, dark };
  });
  const lines = (value: (one: (typeof set)[number]) => string) =>
    set.map((one) => `${one.property}: ${value(one)};`).join(" ");
  return `:root { ${lines(({ light }) => light)} }
@supports (color: light-dark(#000, #fff)) { :root { ${lines(({ light, dark }) => `light-dark(${light}, ${dark})`)} } }
`;
}

/** Pairs that are hard to read, in words for whoever chose the colours. */
export function faintPairs(colours: Colours): readonly string[] {
  const at = (name: ColourName, theme: "light" | "dark") => {
    const chosen = colours[name];
    return chosen === undefined ? (DEFAULTS[name]?.[theme] ?? "#000000") : bothOf(name, chosen)[theme];
  };
  return (["light", "dark"] as const).flatMap((theme) =>
    PAIRS.filter((pair) => pair.some((name) => colours[name] !== undefined)).flatMap(([text, ground]) => {
      const ratio = contrast(at(text, theme), at(ground, theme));
      return ratio >= LEAST_CONTRAST
        ? []
        : [
            `${text} on ${ground} has a contrast of ${(Math.floor(ratio * 10) / 10).toFixed(1)} in the ${theme} theme, not ${LEAST_CONTRAST}`,
          ];
    }),
  );
}

function bothOf(name: string, colour: unknown): { light: string; dark: string } {
  const { light, dark } = (
    typeof colour === "string" ? { light: colour, dark: colour } : (colour ?? {})
  ) as Partial<Record<"light" | "dark", unknown>>;
  for (const one of [light, dark]) {
    // Nothing else is let into a stylesheet: no url(), no var(), no way out of the declaration.
    if (typeof one !== "string" || !/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(one)) {
      fail("BAD_CONFIG", `look.colours.${name} must be like #2c4bb0, or { light, dark } of two such.`);
    }
  }
  return { light: String(light), dark: String(dark) };
}

function contrast(one: string, two: string): number {
  const [a, b] = [luminance(one), luminance(two)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** By WCAG: the light that sRGB values stand for. */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, "$&$&") : colour;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
