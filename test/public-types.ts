// Checked by tsc alone: what types/index.d.ts publishes is what the source exports. Each may stand for the other.
import type * as source from "../src/index.ts";
import type * as published from "../types/index.d.ts";

type Same<A, B> = [A, B] extends [B, A] ? true : never;

export const functions: Same<typeof source, typeof published> = true;
export const types: [
  Same<source.Conversion, published.Conversion>,
  Same<source.Converted, published.Converted>,
  Same<source.Expression, published.Expression>,
  Same<source.Finding, published.Finding>,
  Same<source.InfoJson, published.InfoJson>,
  Same<source.MigrateOptions, published.MigrateOptions>,
  Same<source.MovedField, published.MovedField>,
  Same<source.NumberFilter, published.NumberFilter>,
  Same<source.NumberList, published.NumberList>,
  Same<source.Outcome, published.Outcome>,
  Same<source.Reason, published.Reason>,
  Same<source.Refusal, published.Refusal>,
  Same<source.Routing, published.Routing>,
  Same<source.RoutingChange, published.RoutingChange>,
  Same<source.Server, published.Server>,
  Same<source.SiteResult, published.SiteResult>,
  Same<source.SourceResult, published.SourceResult>,
  Same<source.Style, published.Style>,
  Same<source.Target, published.Target>,
  Same<source.TextOptions, published.TextOptions>,
  Same<source.Totals, published.Totals>,
  Same<source.Trunk, published.Trunk>,
] = [
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
];
