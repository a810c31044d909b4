import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";

describe("the sites of a source stand in the order of their places, whatever region they are in", () => {
  const placesOf = async (path: string, text: string): Promise<string[]> => {
    const { sites } = await migrateText(path, text);
    return sites.filter(({ form }) => form === "flat").map(({ line, region }) => `${line} ${region}`);
  };
  const rule = "rule: { dispatchRuleDirect: { roomName: a } }";
  const json = '{ "rule": { "dispatchRuleDirect": { "roomName": "a" } } }';

  it("blocks of a ConfigMap before and after a request of the document itself", async () => {
    const map = (name: string): string =>
      `kind: ConfigMap\ndata:\n  ${name}.json: |\n    ${json}\n  ${name}-too.json: |\n    ${json}\n`;
    const text = `${map("a")}---\n${rule}\n---\n${map("b")}`;
    const lines = (await placesOf("rules.yaml", text)).map((place) => place.split(" ")[0]);
    expect(lines).toEqual(["4", "6", "8", "13", "15"]);
  });

  it("a heredoc in a fence between two fences", async () => {
    const fence = `\`\`\`json\n${json}\n\`\`\`\n`;
    const heredoc = `\`\`\`sh\nlk sip dispatch create - <<'EOF'\n${json}\nEOF\n\`\`\`\n`;
    const places = await placesOf("page.md", fence + heredoc + fence);
    expect(places.map((place) => Number.parseInt(place))).toEqual([2, 6, 10]);
  });

  it("quoted JSON before a heredoc, and after it", async () => {
    const quoted = `curl -d '${json}' https://example.com/twirp/livekit.SIP/CreateSIPDispatchRule\n`;
    const text = `${quoted}lk sip dispatch create - <<'EOF'\n${json}\nEOF\n${quoted}`;
    const places = await placesOf("register.sh", text);
    expect(places.map((place) => Number.parseInt(place))).toEqual([1, 3, 5]);
  });
});
