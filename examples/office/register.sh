#!/bin/sh
set -eu
lk sip dispatch delete --id "$OLD_RULE"
lk sip dispatch create --trunks ST_office sip/desk.json
jq 'del(._comment)' sip/sales.json | lk sip dispatch create -
lk sip dispatch create sip/orders.json
lk sip dispatch create sip/rest.json
