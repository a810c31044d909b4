import { describe, expect, it } from "vitest";
import { shell } from "../../src/syntax/shell/index.ts";

/** Where a script's notices stand, and the ids that they name, as they are written. */
function noticed(script: string): string[] {
  const { notices = [] } = shell.read(script, () => true);
  return notices.map((notice) => {
    const written = ({ start, end }: { start: number; end: number }): string => script.slice(start, end);
    const ids = notice.code === "delete-refuses-id" ? notice.ids.map(written) : [notice.code];
    return [written(notice.at), ...ids].join(" ");
  });
}

describe("`lk sip dispatch delete --id`", () => {
  it.each([
    ["lk sip dispatch delete --id SDR_a", ["--id SDR_a"]],
    ["lk sip dispatch delete --id=SDR_a --yes", ["--id=SDR_a --id=SDR_a"]],
    ['lk sip dispatch delete "--id=$A"', ['"--id=$A" "--id=$A"']],
    ['lk --project p sip dispatch delete -id "$A" --project p -y', ['-id "$A"']],
    ["lk sip dispatch --id SDR_a delete", ["--id SDR_a"]],
    ["lk sip dispatch delete SDR_a --id SDR_b", ["--id SDR_a SDR_b"]],
    ['lk sip dispatch delete --id SDR_a --id "${B}" SDR_c', ['--id SDR_a "${B}" SDR_c']],
    ["lk sip dispatch delete \\\n  --yes \\\n  --id SDR_a", ["--id SDR_a"]],
    ["livekit-cli sip dispatch-rule delete --id SDR_a", ["--id SDR_a"]],
    ["$LK sip dispatch-rules delete --id SDR_a", ["--id SDR_a"]],
    ["npx -y lk sip dispatch delete --id SDR_a", ["--id SDR_a"]],
    ["docker run --rm livekit/livekit-cli sip dispatch delete --id SDR_a", ["--id SDR_a"]],
    ["V=delete; lk sip dispatch $V --id SDR_a", ["--id SDR_a"]],
    ["sudo -u ops timeout 5 lk sip dispatch delete --id SDR_a", ["--id SDR_a"]],
    ["ssh -p 22 host lk sip dispatch delete --id $A", ["--id $A"]],
  ])("is told by its words: %s", (script, expected) => {
    expect(noticed(script)).toEqual(expected);
  });

  it.each([
    ['[ "$A" ] && lk sip dispatch delete --id "$A" || true', ['--id "$A"']],
    ["if ! lk sip dispatch delete --id SDR_a; then exit 1; fi", ["--id SDR_a"]],
    ['for r in SDR_a SDR_b; do lk sip dispatch delete --id "$r"; done', ['--id "$r"']],
    ['while read -r r; do lk sip dispatch delete --id "$r"; done < ids', ['--id "$r"']],
    ['f() { lk sip dispatch delete --id "$1"; }\nf SDR_a\nf SDR_b', ['--id "$1"']],
    ['f() { lk sip dispatch delete --id "$1"; }', ['--id "$1"']],
    ["out=$(lk sip dispatch delete --id $(cat id))", ["--id $(cat id)"]],
    [
      'run() { "$@"; }\nrun lk sip dispatch delete --id A\nrun lk sip dispatch delete --id B',
      ["--id A", "--id B"],
    ],
  ])("is noticed once where it stands: %s", (script, expected) => {
    expect(noticed(script)).toEqual(expected);
  });

  it.each([
    ["xargs -n1 lk sip dispatch delete --id < ids", ["--id"]],
    ["echo SDR_a SDR_b | xargs -n1 lk sip dispatch delete --id", ["--id"]],
    ['f() { lk sip dispatch delete --id "$@"; }\nf SDR_a SDR_b', ["--id"]],
    ['A="--id SDR_a"; lk sip dispatch delete $A', ["$A"]],
    ["alias d='lk sip dispatch delete --id'; d SDR_a", ["d='lk sip dispatch delete --id'"]],
    ["eval lk sip dispatch delete --id $A", ["eval lk sip dispatch delete --id $A"]],
    ['sudo ssh host "lk sip dispatch delete --id $A"', ['sudo ssh host "lk sip dispatch delete --id $A"']],
    ["parallel lk sip dispatch delete --id ::: a b", ["parallel lk sip dispatch delete --id ::: a b"]],
  ])("may not say which ids: %s", (script, expected) => {
    expect(noticed(script)).toEqual(expected);
  });

  it.each([
    "lk sip dispatch delete SDR_a SDR_b",
    "lk sip dispatch delete -- --id",
    "lk sip dispatch delete --identity x",
    "lk delete-sip-dispatch-rule --id SDR_a",
    "lk sip dispatch update --id SDR_a rule.json",
    'lk sip dispatch "$1" --id SDR_a',
    "lk sip inbound delete --id ST_a; lk sip dispatch list",
    "docker run --id x livekit/livekit-cli sip dispatch delete SDR_a",
    "# lk sip dispatch delete --id SDR_a",
    "lk sip dispatch list # lk sip dispatch delete --id SDR_a",
    "echo lk sip dispatch delete --id SDR_a",
    "printf 'lk sip dispatch delete --id %s\\n' SDR_a",
  ])("is not: %s", (script) => {
    expect(noticed(script)).toEqual([]);
  });

  it("is the region's to say where the script is one", () => {
    for (const script of [
      "sh -c 'lk sip dispatch delete --id $0'",
      'eval "lk sip dispatch delete --id $A"',
    ]) {
      const { regions } = shell.read(script, () => true);
      expect(noticed(script)).toEqual([]);
      expect(regions.map(({ text }) => noticed(text).length)).toEqual([1]);
    }
  });

  it("is looked at in little time however many ids there are", () => {
    expect(noticed(`lk sip dispatch delete --id ${"SDR_a ".repeat(100_000)}`)).toEqual(["--id"]);
  });
});
