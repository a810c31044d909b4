import { NUMBERS_SINCE, type Pin, WRAPPER_SINCE } from "../rule/protocol-library.ts";
import { barrierCheck } from "./check.ts";
import { pinInWords, pinThatReaches } from "./pins.ts";

export const sdkTooOld = barrierCheck({
  id: "sdk-too-old",
  title: "The Python library that is pinned does not know the result",
  why: "The code would fail when it makes the request.",
  say: ({ pin, usesNumbers, knowsWrapper }: OldLibrary) => {
    const since = (usesNumbers ? NUMBERS_SINCE : WRAPPER_SINCE).join(".");
    const unknown = knowsWrapper ? "numbers" : "dispatch_rule";
    const otherwise = knowsWrapper
      ? "keep today's routing with `--inbound-numbers-as inbound_numbers`"
      : "keep the flat form";
    return {
      message: `${pinInWords(pin)}, which does not know \`${unknown}\`: making the request would fail`,
      next: `Upgrade livekit-protocol to ${since} or newer first, or ${otherwise}.`,
    };
  },
});

/** A pin all of whose versions are too old, and what they don't know. */
interface OldLibrary {
  pin: Pin;
  usesNumbers: boolean;
  knowsWrapper: boolean;
}

/** Returns which pin allows no version that can make the result; undefined where each can, or may. */
export function unknownToLibrary(pins: readonly Pin[], usesNumbers: boolean): OldLibrary | undefined {
  const noWrapper = pinThatReaches(pins, WRAPPER_SINCE, "none");
  if (noWrapper) return { pin: noWrapper, usesNumbers, knowsWrapper: false };
  const noNumbers = usesNumbers ? pinThatReaches(pins, NUMBERS_SINCE, "none") : undefined;
  return noNumbers && { pin: noNumbers, usesNumbers, knowsWrapper: true };
}
