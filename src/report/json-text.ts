/** JSON as programs get it: indented, with every character escaped that a terminal would act on. */
export function jsonText(value: unknown): string {
  // JSON.stringify leaves these as they are.
  const text = JSON.stringify(value, null, 2).replaceAll(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${text}\n`;
}
