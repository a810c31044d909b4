import type { RunSettings } from "../../src/run/settings.ts";

/** A run that only looks, with nothing asked of it. */
export const DRY_RUN: RunSettings = {
  options: {},
  decisions: undefined,
  include: [],
  exclude: [],
  noIgnore: false,
  stopped: () => false,
  progress: () => {},
};
