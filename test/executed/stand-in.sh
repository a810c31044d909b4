#!/bin/sh
# Stands for `lk` or `curl`, whichever it is called as. Keeps what it is given in a folder of its own below $CALLS: its
# words, and what each of them that names a file, or standard input, holds.
[ -d "$CALLS" ] || exit 70
n=1000
until mkdir "$CALLS/$n" 2>/dev/null; do n=$((n + 1)); done
printf '%s\0' "${0##*/}" "$@" >"$CALLS/$n/words"
i=0
for word; do
  i=$((i + 1))
  case $word in
    - | @- | -d@-) cat >"$CALLS/$n/$i" ;;
    *)
      file=${word##*[@=]}
      if [ -f "$file" ] || [ -p "$file" ]; then cat "$file" >"$CALLS/$n/$i"; fi
      ;;
  esac
done
case " ${0##*/} $* " in
  *" list "*) echo '{"items":[{"sipTrunkId":"ST_listed","sipDispatchRuleId":"SDR_listed","name":"listed"}]}' ;;
  *" lk "*) echo "SIPDispatchRuleID: SDR_made" ;;
  *) echo '{"sip_dispatch_rule_id":"SDR_made"}' ;;
esac
