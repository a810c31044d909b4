import {
  assumed,
  created,
  FLAT,
  itSaysOf,
  type Repository,
  script,
  unclear,
  unfollowed,
  updated,
  URL,
} from "./repositories.ts";

/** A PowerShell script that makes a request and writes it to a file. */
const TABLE_INTO = (file: string): string =>
  `$rule = @{ name = "desk"; trunk_ids = @("ST_a"); rule = @{ dispatchRuleDirect = @{ roomName = "desk" } } }\n$rule | ConvertTo-Json -Depth 6 | Set-Content "${file}"\n`;

const REPOSITORIES: Record<string, Repository> = {
  "PowerShell creates from it": {
    files: script("lk sip dispatch create .\\sip\\rule.json\r\n", "run.ps1"),
    says: created("run.ps1:1"),
  },
  "PowerShell updates from it, with a backtick between and a path from the script": {
    files: script(
      '$file = Join-Path $PSScriptRoot "..\\sip\\rule.json"\n& lk sip dispatch update `\n  --id SDR_a "$file"\n',
      "bin/run.ps1",
    ),
    says: unclear("bin/run.ps1:2"),
  },
  "PowerShell pipes it in": {
    files: script("Get-Content sip/rule.json -Raw |\n  lk sip dispatch create -\n", "run.ps1"),
    says: created("run.ps1:1"),
  },
  "PowerShell sends it over HTTP": {
    files: script(
      `if ($x) {\n  $body = Get-Content -Path "sip\\rule.json" -Raw\n  Invoke-RestMethod -Uri "$Host/twirp/livekit.SIP/UpdateSIPDispatchRule" -Headers @{ A = "b" } -Body $body\n}\n`,
      "run.ps1",
    ),
    says: updated("run.ps1:3"),
  },
  "PowerShell sends it as -InFile, and what is in brackets": {
    files: {
      ...script(
        `Invoke-RestMethod "${URL}/CreateSIPDispatchRule" -InFile sip/rule.json\nInvoke-RestMethod "${URL}/UpdateSIPDispatchRule" -Body (Get-Content other.json -Raw)\n`,
        "run.ps1",
      ),
      "other.json": FLAT,
    },
    says: [...created("run.ps1:1"), ...updated("run.ps1:2", "other.json")],
  },
  "PowerShell writes a here-string and updates from it": {
    files: {
      "run.ps1": `@'\n${FLAT}\n'@ | Set-Content -Path .\\r.json -Encoding utf8\nlk sip dispatch update --id SDR_a .\\r.json\n`,
    },
    says: updated("run.ps1:4", "run.ps1"),
  },
  "PowerShell writes a hashtable, and another script updates from it": {
    files: {
      "make.ps1": TABLE_INTO("rule.json"),
      "update.ps1": "lk sip dispatch update --id SDR_a rule.json\n",
    },
    says: updated("update.ps1:1", "make.ps1"),
  },
  "PowerShell writes a hashtable beside it, and a shell script updates from it": {
    files: {
      "bin/make.ps1": TABLE_INTO("$PSScriptRoot/rule.json"),
      "run.sh": "cd bin\nlk sip dispatch update --id SDR_a rule.json\n",
    },
    says: updated("run.sh:2", "bin/make.ps1"),
  },
  "PowerShell writes a hashtable, and another script creates from it": {
    files: { "make.ps1": TABLE_INTO("rule.json"), "run.sh": "lk sip dispatch create rule.json\n" },
    says: created("run.sh:1", "make.ps1"),
  },
  "PowerShell writes a hashtable, and another script updates from a file of another name": {
    files: { "make.ps1": TABLE_INTO("rule.json"), "run.sh": "lk sip dispatch update other.json\n" },
    says: assumed("make.ps1"),
  },
  "PowerShell copies it": {
    files: script(
      "Copy-Item sip/rule.json -Destination out/r.json\nlk sip dispatch update out/r.json\n",
      "run.ps1",
    ),
    says: updated("run.ps1:2"),
  },
  "PowerShell puts it into the wrapper": {
    files: script(
      "$r = Get-Content sip/rule.json -Raw | ConvertFrom-Json\n@{ dispatch_rule = $r } | ConvertTo-Json -Depth 9 |\n  lk sip dispatch create -\n",
      "run.ps1",
    ),
    says: [...unfollowed("run.ps1:2"), "run.ps1 already-wrapped wrapped run.ps1:2"],
  },
  "PowerShell puts it into the wrapper in a string": {
    files: script(
      '$r = Get-Content sip/rule.json -Raw\n"{`"dispatch_rule`": $r}" | lk sip dispatch create -\n',
      "run.ps1",
    ),
    says: [...updated("run.ps1:2"), "run.ps1 already-wrapped wrapped run.ps1:2"],
  },
  "PowerShell only says so": {
    files: script(
      '# lk sip dispatch update sip/rule.json\nWrite-Host "Run: lk sip dispatch update sip/rule.json"\n',
      "run.ps1",
    ),
    says: assumed(),
  },
  "a fence of PowerShell": {
    files: script("```powershell\nlk sip dispatch update .\\sip\\rule.json\n```\n", "README.md"),
    says: updated("README.md:2"),
  },
  "PowerShell writes a hashtable by .NET": {
    files: {
      "run.ps1": `${TABLE_INTO("other.json")}[IO.File]::WriteAllText((Join-Path $PSScriptRoot "rule.json"), ($rule | ConvertTo-Json -Depth 6))\nlk sip dispatch update --id $Id rule.json\n`,
    },
    says: updated("run.ps1:4", "run.ps1"),
  },
  "PowerShell pipes a hashtable into an update": {
    files: {
      "run.ps1": `${TABLE_INTO("other.json")}$rule | ConvertTo-Json | lk sip dispatch update --id $Id -\n`,
    },
    says: updated("run.ps1:3", "run.ps1"),
  },
  "PowerShell puts it into a request for an update": {
    files: script(
      '$rule = Get-Content sip/rule.json -Raw | ConvertFrom-Json\n$body = @{ sip_dispatch_rule_id = $Id; replace = $rule } | ConvertTo-Json -Depth 9\nInvoke-RestMethod -Method Post -Uri "$Url/twirp/livekit.SIP/UpdateSIPDispatchRule" -Body $body\n',
      "run.ps1",
    ),
    says: [...updated("run.ps1:3"), "run.ps1 not-create info-field run.ps1:3"],
  },
  "PowerShell puts it into the wrapper in a here-string": {
    files: script(
      '@"\n{"dispatch_rule": $(Get-Content sip/rule.json -Raw)}\n"@ | lk sip dispatch create -\n',
      "run.ps1",
    ),
    says: ["sip/rule.json needs-person unclear-use", "run.ps1 already-wrapped wrapped"],
  },
};

itSaysOf("what PowerShell does with a request", REPOSITORIES);
