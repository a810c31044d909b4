import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { given } from "../peers/peer.ts";
import { describeLive } from "./live.ts";
import { NODE_SDK, PYTHON_SDK } from "./programs.ts";
import { type Recorded, startRecorder } from "./recorder.ts";
import { type Running, startServer } from "./running.ts";

const HERE = join(import.meta.dirname, "sdks");
const rule = { dispatch_rule_direct: { room_name: "lobby" } };
const id = expect.stringMatching(/^SDR_/);

describeLive("LiveKit's libraries", ["redis", "server", "python", "node"], (paths) => {
  let running: Running | undefined;
  beforeAll(async () => void (running = await startServer(paths)));
  afterAll(async () => running?.stop());

  /** What the script sends, and the rules that are stored then. */
  const sentBy = async (program: string, ...args: string[]): Promise<[Recorded[], unknown]> => {
    const { url, environment, api } = given(running);
    const recorder = await startRecorder(url);
    const env = { ...process.env, ...environment, LIVEKIT_URL: recorder.url };
    try {
      await promisify(execFile)(program, args, { env, timeout: 60_000 });
    } finally {
      recorder.stop();
    }
    const { body } = await api("ListSIPDispatchRule", {});
    const items = body["items"] as { name: string; sip_dispatch_rule_id: string }[];
    for (const { sip_dispatch_rule_id } of items)
      await api("DeleteSIPDispatchRule", { sip_dispatch_rule_id });
    return [recorder.recorded, items.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
  };

  test(`livekit-api ${PYTHON_SDK} for Python sends the form that it is given`, async () => {
    const [sent, stored] = await sentBy(paths.python, join(HERE, "requests.py"));
    expect(sent).toEqual([
      ["CreateSIPDispatchRule", { rule, name: "flat", trunk_ids: ["ST_a"], inbound_numbers: ["+15550177"] }],
      ["CreateSIPDispatchRule", { dispatch_rule: { rule, name: "wrapped", numbers: ["+15550100"] } }],
      [
        "UpdateSIPDispatchRule",
        { sip_dispatch_rule_id: id, replace: { rule, name: "replaced", numbers: ["+15550101"] } },
      ],
    ]);
    expect(stored).toMatchObject([
      // Whatever the replacement doesn't say is gone.
      { name: "replaced", numbers: ["+15550101"], inbound_numbers: [], trunk_ids: [] },
      { name: "wrapped", numbers: ["+15550100"] },
    ]);
  });

  test(`livekit-server-sdk ${NODE_SDK} for Node always sends the flat form, without numbers`, async () => {
    const [sent, stored] = await sentBy(process.execPath, join(HERE, "requests.mjs"), paths.node);
    expect(sent).toEqual([
      ["CreateSIPDispatchRule", { rule, name: "flat", trunk_ids: ["ST_a"] }],
      [
        "UpdateSIPDispatchRule",
        { sip_dispatch_rule_id: id, replace: { rule, name: "replaced", numbers: ["+15550101"] } },
      ],
    ]);
    expect(stored).toMatchObject([{ name: "replaced", numbers: ["+15550101"], trunk_ids: [] }]);
  });
});
