import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { plant } from "../repo/scanned.ts";
import { git, MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const TABLE = '@{ name = "n"; rule = @{ dispatchRuleDirect = @{ roomName = "r" } } }';
const JSON_OF_TABLE = `${TABLE} | ConvertTo-Json -Depth 10`;
const UPDATE = "lk sip dispatch update --id $Id rule.json";
const CREATE = "lk sip dispatch create rule.json";

interface Script {
  idea: string;
  lines: string[];
  /** The reason, and the lines that are its evidence. */
  expected: [reason: string, ...lines: number[]];
}

const scripts: Script[] = [
  {
    idea: "written with Set-Content, then for update",
    lines: [`$body = ${JSON_OF_TABLE}`, "$body | Set-Content rule.json", UPDATE],
    expected: ["update-evidence", 3],
  },
  {
    idea: "written with >",
    lines: [`$body = ${JSON_OF_TABLE}`, "$body > rule.json", UPDATE],
    expected: ["update-evidence", 3],
  },
  {
    idea: "written with > at once",
    lines: [`${JSON_OF_TABLE} > rule.json`, UPDATE],
    expected: ["update-evidence", 2],
  },
  {
    idea: "written with Out-File",
    lines: [`$body = ${JSON_OF_TABLE}`, "$body | Out-File -FilePath rule.json -Encoding utf8", UPDATE],
    expected: ["update-evidence", 3],
  },
  {
    idea: "written as an argument",
    lines: [`$body = ${JSON_OF_TABLE}`, "Set-Content -Path rule.json -Value $body", UPDATE],
    expected: ["update-evidence", 3],
  },
  {
    idea: "written by .NET, to a path of the script",
    lines: [
      '$file = Join-Path $PSScriptRoot "rule.json"',
      `$body = ${TABLE}`,
      "[IO.File]::WriteAllText($file, ($body | ConvertTo-Json -Depth 10))",
      "lk sip dispatch update --id $Id $file",
    ],
    expected: ["update-evidence", 4],
  },
  {
    idea: "piped into an update",
    lines: [`$body = ${JSON_OF_TABLE}`, "$body | lk sip dispatch update --id $Id -"],
    expected: ["update-evidence", 2],
  },
  {
    idea: "piped into an update at once, however deep it goes",
    lines: [`${TABLE} | ConvertTo-Json | lk sip dispatch update --id $Id -`],
    expected: ["update-evidence", 1],
  },
  {
    idea: "given by a function",
    lines: [
      "function New-Rule {",
      `  return ${JSON_OF_TABLE}`,
      "}",
      "New-Rule | Set-Content rule.json",
      UPDATE,
    ],
    expected: ["update-evidence", 5],
  },
  {
    idea: "posted inside of a request for an update",
    lines: [
      `$body = @{ sip_dispatch_rule_id = $Id; replace = ${TABLE} } | ConvertTo-Json -Depth 10`,
      'Invoke-RestMethod -Method Post -Uri "$Url/twirp/livekit.SIP/UpdateSIPDispatchRule" -Body $body',
    ],
    expected: ["info-field", 2],
  },
  {
    idea: "put into a request for an update by way of a variable",
    lines: [
      `$rule = ${TABLE}`,
      "$body = @{ sip_dispatch_rule_id = $Id; replace = $rule }",
      'Invoke-RestMethod -Method Post -Uri "$Url/twirp/livekit.SIP/UpdateSIPDispatchRule" -Body ($body | ConvertTo-Json -Depth 10)',
    ],
    expected: ["update-evidence", 2],
  },
  {
    idea: "written, then for create",
    lines: [`$body = ${JSON_OF_TABLE}`, "$body | Set-Content rule.json", "", "", CREATE],
    expected: ["create-evidence", 5],
  },
  {
    idea: "piped into a create",
    lines: [`$body = ${TABLE}`, "$body | ConvertTo-Json -Depth 10 | lk sip dispatch create -"],
    expected: ["create-evidence", 2],
  },
  {
    idea: "posted",
    lines: [
      `$body = ${JSON_OF_TABLE}`,
      'Invoke-RestMethod -Method Post -Headers @{ a = "b" } -Uri "$Url/twirp/livekit.SIP/CreateSIPDispatchRule" -Body $body',
    ],
    expected: ["create-evidence", 2],
  },
  {
    idea: "for both",
    lines: [`${JSON_OF_TABLE} | Set-Content rule.json`, CREATE, UPDATE],
    expected: ["conflicting-evidence", 2, 3],
  },
  {
    idea: "of which nothing is said",
    lines: [`$body = ${JSON_OF_TABLE}`, "$body | Set-Content other.json", CREATE.replace("rule", "third")],
    expected: ["assumed-create"],
  },
];

describe("what a script does with a hashtable is known", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(scripts)("$idea", async ({ lines, expected: [reason, ...at] }) => {
    git(folder.path, "init", "-q");
    plant(folder.path, { "run.ps1": `${lines.join("\n")}\n` });
    const run = await runMigration([folder.path], DRY_RUN);
    const [site] = run.results.flatMap(({ sites }) => sites);
    expect(site).toMatchObject({ reason, evidence: { places: at.map((line) => ({ line })) } });
  });
});

describe("a file that a script puts into a request itself is a bare rule", () => {
  const folder = useTemporaryFolder(MEMORY);
  const GET = "$rule = Get-Content r.json -Raw | ConvertFrom-Json";
  const POST =
    'Invoke-RestMethod -Method Post -Uri "$Url/twirp/livekit.SIP/UpdateSIPDispatchRule" -Body $body';
  const SEND = "| lk sip dispatch create -";

  it.each<[idea: string, lines: string[], evidence: number]>([
    [
      "into one for an update",
      [GET, "$body = @{ sip_dispatch_rule_id = $Id; replace = $rule } | ConvertTo-Json -Depth 10", POST],
      2,
    ],
    [
      "into one for an update, read at once",
      [
        "$body = @{",
        "  sipDispatchRuleId = $Id",
        "  replace = (Get-Content r.json -Raw | ConvertFrom-Json)",
        "} | ConvertTo-Json -Depth 10",
        POST,
      ],
      3,
    ],
    [
      "into one for an update that is a string",
      [
        "$rule = Get-Content r.json -Raw",
        '$body = "{`"sip_dispatch_rule_id`": `"$Id`", `"replace`": $rule}"',
        POST,
      ],
      2,
    ],
    ["by a property", [GET, "$body.replace = $rule", POST], 2],
    [
      "by a property, for a create",
      [GET, "$body.dispatch_rule = $rule", `$body | ConvertTo-Json ${SEND}`],
      2,
    ],
    ["in a string", [`"{\`"dispatch_rule\`": $(Get-Content r.json -Raw)}" ${SEND}`], 1],
    [
      "in a string, by way of a function",
      [
        "function Get-Rule {",
        "  return Get-Content r.json -Raw",
        "}",
        `"{\`"dispatch_rule\`": $(Get-Rule)}" ${SEND}`,
      ],
      4,
    ],
    [
      "in a string, by way of variables",
      [GET, '$body = "{`"dispatch_rule`": $($rule | ConvertTo-Json -Depth 10)}"', `$body ${SEND}`],
      2,
    ],
    ["in a here-string", ['@"', '{"dispatch_rule": $(Get-Content r.json -Raw)}', `"@ ${SEND}`], 2],
    ["in a sum of strings", [`('{"dispatch_rule": ' + (Get-Content r.json -Raw) + '}') ${SEND}`], 1],
    [
      "in a format",
      [`('{{"id": "{0}", "dispatch_rule": {1}}}' -f $Id, (Get-Content r.json -Raw)) ${SEND}`],
      1,
    ],
  ])("%s", async (_, lines, evidence) => {
    git(folder.path, "init", "-q");
    plant(folder.path, {
      "run.ps1": `${lines.join("\n")}\n`,
      "r.json": '{"name": "n", "rule": {"dispatch_rule_direct": {"room_name": "r"}}}',
    });
    const run = await runMigration([folder.path], DRY_RUN);
    const site = run.results.flatMap(({ sites }) => sites).find(({ path }) => path.endsWith("r.json"));
    expect(site).toMatchObject({ reason: "update-evidence" });
    expect(site?.evidence.places.map(({ line }) => line)).toContain(evidence);
  });
});
