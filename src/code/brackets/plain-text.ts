/**
 * The text, as long as it was, without the marks that begin comments and strings in code, and only there: for texts in
 * which requests stand as JSON.
 */
export function plain(text: string): string {
  return text.replaceAll(/:\/\/|\/[/*]|`|"""|'''/g, ({ length }) => " ".repeat(length));
}
