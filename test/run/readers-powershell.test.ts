import { describe, it } from "vitest";
import { MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { expectReaders, type Repository } from "./reading.ts";

const script = (...lines: string[]): Repository["files"] => ({ "run.ps1": `${lines.join("\n")}\n` });

const repositories: Repository[] = [
  {
    idea: "keys that are read",
    files: script(
      "$h = Get-Content sip/rule.json -Raw | ConvertFrom-Json",
      "Write-Host $h.trunk_ids $h['name']",
      'Write-Host "it is $($h.metadata)"',
      "if ($h.Inbound_Numbers -contains '+15550100') { exit 1 }",
      "foreach ($t in $h.rule.dispatch_rule_direct.PSObject.Properties) { $t }",
      "$h._comment",
      "$h.Count",
    ),
    readers: [
      "run.ps1:2 dispatch_rule.trunk_ids, dispatch_rule.name",
      "run.ps1:3 dispatch_rule.metadata",
      "run.ps1:4 dispatch_rule.numbers",
      "run.ps1:5 dispatch_rule.rule",
    ],
  },
  {
    idea: "what was parsed is read at once",
    files: script(
      "(Get-Content -Raw sip/rule.json | ConvertFrom-Json).trunk_ids[0]",
      "Get-Content sip/rule.json | ConvertFrom-Json | Select-Object name, trunk_ids",
      "gc sip/rule.json | ConvertFrom-Json | Select-Object -ExpandProperty metadata",
      "Get-Content sip/rule.json | ConvertFrom-Json | ForEach-Object { $_.rule }",
      "$text = [System.IO.File]::ReadAllText((Join-Path $PSScriptRoot 'sip/rule.json'))",
      "$rule = ConvertFrom-Json $text",
      "$rule.hide_phone_number",
    ),
    readers: [
      "run.ps1:1 dispatch_rule.trunk_ids",
      "run.ps1:2 dispatch_rule.name, dispatch_rule.trunk_ids",
      "run.ps1:3 dispatch_rule.metadata",
      "run.ps1:4 dispatch_rule.rule",
      "run.ps1:7 dispatch_rule.hide_phone_number",
    ],
  },
  {
    idea: "keys that are set, and the file written again",
    files: script(
      "$h = Get-Content sip/rule.json -Raw | ConvertFrom-Json",
      '$h.trunk_ids = @("ST_8mWc2LqXoRbA")',
      "$h | ConvertTo-Json -Depth 9 | Set-Content sip/rule.json",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["run.ps1:2 sets trunk_ids"],
  },
  {
    idea: "keys that are set in all the ways that PowerShell has",
    files: script(
      "$h = Get-Content sip/rule.json -Raw | ConvertFrom-Json -AsHashtable",
      '$h["name"] = "x"',
      "$h.rule.dispatch_rule_direct.room_name = $room",
      '$h.inbound_numbers += "+15550101"',
      "$h.trunk_ids[0] = $trunk",
      "$h.Remove('metadata')",
      "$h | Add-Member -NotePropertyName attributes -NotePropertyValue @{} -Force",
      "$h.PSObject.Properties.Remove('room_preset')",
      "$h | Add-Member NoteProperty room_config $config",
      "if ($h.hide_phone_number -eq $true) { exit }",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: [
      "run.ps1:2 sets name",
      "run.ps1:3 sets rule",
      "run.ps1:4 sets inbound_numbers",
      "run.ps1:5 sets trunk_ids",
      "run.ps1:6 sets metadata",
      "run.ps1:7 sets attributes",
      "run.ps1:8 sets room_preset",
      "run.ps1:9 sets room_config",
    ],
  },
  {
    idea: "every file of a folder",
    files: script(
      "foreach ($file in Get-ChildItem sip/*.json) {",
      "  $r = Get-Content $file.FullName -Raw | ConvertFrom-Json",
      "  Write-Output $r.name",
      "}",
      "Get-ChildItem sip -Filter *.json | ForEach-Object {",
      "  $j = Get-Content $_.FullName | ConvertFrom-Json",
      "  $j.metadata",
      "}",
    ),
    readers: ["run.ps1:3 dispatch_rule.name", "run.ps1:7 dispatch_rule.metadata"],
  },
  {
    idea: "a file that a parameter names",
    files: script(
      "param(",
      '  [string]$File = "sip/rule.json"',
      ")",
      "$r = Get-Content -Raw -Path $File | ConvertFrom-Json",
      "$r.name",
    ),
    readers: ["run.ps1:5 dispatch_rule.name"],
  },
  {
    idea: "functions that load",
    files: script(
      "function Get-Rule {",
      "  return Get-Content (Join-Path $PSScriptRoot sip/rule.json) -Raw | ConvertFrom-Json",
      "}",
      "function Show([string]$Path = 'sip/rule.json') {",
      "  (Get-Content $Path | ConvertFrom-Json).metadata",
      "}",
      "$r = Get-Rule",
      "$r.name",
    ),
    readers: ["run.ps1:5 dispatch_rule.metadata", "run.ps1:8 dispatch_rule.name"],
  },
  {
    idea: "a generator whose hashtable migrates as well",
    files: script(
      '@{ name = "desk"; trunk_ids = @("ST_5nQd8kVYtWcM"); rule = @{ dispatch_rule_direct = @{ room_name = "desk" } } } | ConvertTo-Json -Depth 9 | Set-Content sip/rule.json',
    ),
    readers: [],
  },
  {
    idea: "a generator whose hashtable migrates, by way of a variable",
    files: script(
      "$body = [ordered]@{",
      "  name = 'desk'",
      "  rule = @{ dispatch_rule_direct = @{ room_name = 'desk' } }",
      "}",
      "$json = $body | ConvertTo-Json -Depth 9",
      "Set-Content -Path sip/rule.json -Value $json",
    ),
    readers: [],
  },
  {
    idea: "a generator whose hashtable is no request that could be told",
    files: script(
      "$body = @{ name = 'desk'; trunk_ids = @($trunk) }",
      "$body.rule = Get-Rule",
      "$body | ConvertTo-Json -Depth 9 | Out-File -FilePath sip/rule.json -Encoding utf8",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["run.ps1:3 writes name, trunk_ids"],
  },
  {
    idea: "a generator that makes the wrapped form, and code that knows both",
    files: script(
      "@{ dispatch_rule = @{ name = 'desk' } } | ConvertTo-Json -Depth 9 | Set-Content sip/rule.json",
      "$h = Get-Content sip/rule.json -Raw | ConvertFrom-Json",
      "$r = if ($h.dispatch_rule) { $h.dispatch_rule } else { $h }",
      "$h.name",
    ),
    readers: [],
  },
  {
    idea: "a variable that is something else by now, and one of another file",
    files: {
      ...script(
        "$h = Get-Content sip/rule.json -Raw | ConvertFrom-Json",
        "$h = Get-Content package.json -Raw | ConvertFrom-Json",
        "$h.name",
        "$text = Get-Content sip/rule.json",
        "$text.name",
      ),
      "package.json": '{"name": "x"}',
    },
    readers: [],
  },
];

describe("whoever reads a file that migrates is told, in PowerShell", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(repositories)("$idea", async (repository) => expectReaders(folder.path, repository));
});
