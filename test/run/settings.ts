import { configsOf } from "../../src/cli/configs.ts";
import type { RunSettings } from "../../src/run/settings.ts";

/** A run that only looks, with nothing asked of it. */
export const DRY_RUN: RunSettings = {
  options: {},
  configs: configsOf([]),
  include: [],
  exclude: [],
  noIgnore: false,
  stopped: () => false,
  progress: () => {},
};
