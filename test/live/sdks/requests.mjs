// Creates and replaces rules with LiveKit's library for Node, which is in the folder that is named, at the address in the
// environment.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const library = join(process.argv[2], "livekit-server-sdk/dist/index.js");
const { SipClient } = await import(pathToFileURL(library).href);
const { SIPDispatchRule, SIPDispatchRuleInfo } = await import(
  pathToFileURL(join(process.argv[2], "@livekit/protocol/dist/index.mjs")).href
);

const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = process.env;
const client = new SipClient(url, key, secret);
const flat = await client.createSipDispatchRule(
  { type: "direct", roomName: "lobby" },
  // numbers is no option of it: TypeScript would say so.
  { name: "flat", trunkIds: ["ST_a"], numbers: ["+15550100"] },
);
const rule = new SIPDispatchRule({ rule: { case: "dispatchRuleDirect", value: { roomName: "lobby" } } });
await client.updateSipDispatchRule(
  flat.sipDispatchRuleId,
  new SIPDispatchRuleInfo({ rule, name: "replaced", numbers: ["+15550101"] }),
);
