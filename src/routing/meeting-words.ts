import type { Meeting } from "./conflicts.ts";

/** The calls for which two rules are the same to the server: `both take calls to +15550100 from anyone on trunk ST_a`. */
export function meetingInWords({
  pin,
  trunkId,
  calledNumber,
  callingNumber,
  isSpelledOtherwise,
}: Meeting): string {
  const calls = [
    `both take calls to ${calledNumber ?? "any number"}`,
    `from ${callingNumber ?? "anyone"}`,
    `on ${trunkId === undefined ? "any trunk" : `trunk ${trunkId}`}`,
    ...(pin === "" ? [] : ["with the same PIN"]),
  ];
  return `${calls.join(" ")}${isSpelledOtherwise ? ", once numbers are normalised" : ""}`;
}
