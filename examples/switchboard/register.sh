#!/usr/bin/env bash
set -euo pipefail

lk sip dispatch create night.json
lk sip dispatch update --id "$DAY_RULE" day.json

lk sip dispatch create - <<EOF
{
  "name": "fax",
  "trunk_ids": ["$FAX_TRUNK"],
  "rule": { "dispatchRuleDirect": { "roomName": "fax" } }
}
EOF
