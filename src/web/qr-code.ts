import { create } from "qrcode";

/** The squares of a QR code, line by line: dark ones are `true`. Throws for text that no QR code holds. */
export function qrSquares(text: string): readonly (readonly boolean[])[] {
  const { size, data } = create(text, { errorCorrectionLevel: "M" }).modules;
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => data[y * size + x] === 1),
  );
}
