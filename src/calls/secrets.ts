/** A text of a log without the tokens, passwords and digests that may stand in it. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\beyJ[\w-]+(?:\.[\w-]*)*/g, HIDDEN)
    .replaceAll(
      /(\b(?:access_token|token|password|secret|api_key|response|nonce|cnonce)=)[^\s&"',;]+/gi,
      `$1${HIDDEN}`,
    )
    .replaceAll(/(\/\/[^/\s:@]+:)[^/\s@]+@/g, `$1${HIDDEN}@`);
}

const HIDDEN = "[hidden]";
