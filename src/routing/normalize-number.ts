const NUMBER = /^\+?[\d\- ()]+$/;
const FORMATTING = /[ \-()]/g;

/**
 * The form in which livekit-server compares the numbers of trunks, and looks for conflicts between dispatch
 * rules; the rules' own filters are compared as they are written. Spaces, hyphens and parentheses go, a `+`
 * comes first; whatever is not made of those and ASCII digits stays as it is. There is no country logic.
 * Source: protocol livekit/sip.go at v1.50.4, NormalizeNumber (the same at v1.43.0).
 */
export function normalizeNumber(number: string): string {
  if (!NUMBER.test(number)) return number;
  const digits = number.replace(FORMATTING, "");
  return digits.startsWith("+") ? digits : `+${digits}`;
}
