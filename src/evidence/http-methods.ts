import type { Values } from "./bindings.ts";
import { asText } from "../sources/partly-known.ts";
import type { Sending } from "../sources/fact.ts";
import type { ShellWord } from "./shell/words.ts";

/** LiveKit's methods in a URL, or as a program that speaks HTTP or gRPC is given them. */
export const METHOD = /(?<![A-Za-z])(Create|Update)SIPDispatchRule\b/;
const ANY_METHOD = /\$\{\w*\}SIPDispatchRule/;
const SPEAKS_HTTP = /\/(twirp\/)?livekit\.SIP|:\/\/|\b(curl|wget|https?|xh|grpcurl|buf|Invoke-\w+|iwr|irm)\b/;

/** Returns what a command with these words sends to LiveKit over HTTP. */
export function httpSendings(words: readonly ShellWord[], values: Values): Sending[] {
  const texts = words.map(({ text }) => text);
  if (!SPEAKS_HTTP.test(texts.join(" ").slice(0, 4000))) return [];
  const said = words
    .flatMap(({ said: word, text }) => (text !== "" && text.length < 500 ? values.expand(word) : []))
    .map((word) => asText(word))
    .filter((word) => word.includes("SIPDispatchRule"));
  const isAny = said.some((word) => ANY_METHOD.test(word));
  return (["create", "update"] as const)
    .filter((does) => isAny || said.some((word) => METHOD.exec(word)?.[1]?.toLowerCase() === does))
    .map((does) => ({ does }));
}
