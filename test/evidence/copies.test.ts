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
} from "./repositories.ts";

const REPOSITORIES: Record<string, Repository> = {
  // Copies.
  "a copy by jq": {
    files: script(
      'work=$(mktemp -d)\njq \'del(._comment)\' sip/rule.json > "$work/rule.json"\nlk sip dispatch create "$work/rule.json"\n',
    ),
    says: created("run.sh:3"),
  },
  "a copy by sed in a loop over words": {
    files: {
      "sip/dispatch-day.json": FLAT,
      "sip/dispatch-night.json": FLAT,
      "sip/dispatch-old.json": FLAT,
      "run.sh":
        'for k in day night; do\n  sed "s/TRUNK/$T/" "sip/dispatch-$k.json" > "/tmp/$k.json"\n  lk sip dispatch update "/tmp/$k.json"\ndone\n',
    },
    says: [
      ...updated("run.sh:3", "sip/dispatch-day.json"),
      ...updated("run.sh:3", "sip/dispatch-night.json"),
      ...assumed("sip/dispatch-old.json"),
    ],
  },
  "sed in place": {
    files: script('sed -i "s/ST_a/$T/" sip/rule.json\nlk sip dispatch create sip/rule.json\n'),
    says: created("run.sh:2"),
  },
  "a template": {
    files: {
      "sip/rule.json.tmpl": FLAT,
      "run.sh": "envsubst < sip/rule.json.tmpl > rule.json\nlk sip dispatch update rule.json\n",
    },
    says: updated("run.sh:2", "sip/rule.json.tmpl"),
  },
  "copied into a folder": {
    files: script("cp sip/rule.json build/\ncd build\nlk sip dispatch update rule.json\n"),
    says: updated("run.sh:3"),
  },
  "moved, and copied again": {
    files: script(
      "cp sip/rule.json a.json\nmv a.json b.json\ncat b.json | tee c.json\nlk sip dispatch create c.json\n",
    ),
    says: created("run.sh:4"),
  },
  "copied by one file, sent by another": {
    files: {
      ...script("envsubst < sip/rule.json > out/ready.json\n", "prepare.sh"),
      "send.sh": "lk sip dispatch update out/ready.json\n",
    },
    says: updated("send.sh:1"),
  },
  "copied by a program of which nothing is known": {
    files: script("python3 fill.py sip/rule.json > x.json\nlk sip dispatch create x.json\n"),
    says: unfollowed("run.sh:1"),
  },
  "a pipeline into a file": {
    files: script("cat sip/rule.json | jq . | sed s/a/b/ > x.json\nlk sip dispatch update x.json\n"),
    says: unclear("run.sh:2"),
  },
  "a heredoc into a file that another name is like": {
    files: {
      "sip/rule.json": FLAT,
      "run.sh": `cat > "$work/rule.json" <<EOF\n${FLAT}\nEOF\nlk sip dispatch update "$work/rule.json"\n`,
    },
    says: ["run.sh not-create update-evidence run.sh:4", ...assumed()],
  },
  "what LiveKit lists": {
    files: script("lk sip dispatch list --json | jq '.items[0]' > sip/rule.json\n"),
    says: updated("run.sh:1"),
  },

  // Names.
  "a variable that is set once": {
    files: script('DIR=sip\nF="$DIR/rule.json"\nlk sip dispatch create "$F"\n'),
    says: created("run.sh:3"),
  },
  "a folder that is not known": {
    files: script('lk sip dispatch create "$DIR/rule.json"\n'),
    says: assumed(),
  },
  "a default": {
    files: script('lk sip dispatch create "${1:-sip/rule.json}"\n'),
    says: created("run.sh:1"),
  },
  "a loop over a glob": {
    files: script('for f in sip/*.json; do lk sip dispatch create "$f"; done\n'),
    says: created("run.sh:1"),
  },
  "a loop over an array": {
    files: script('FILES=(sip/rule.json)\nfor f in "${FILES[@]}"; do\n  lk sip dispatch update "$f"\ndone\n'),
    says: updated("run.sh:3"),
  },
  "another folder": {
    files: { ...script("cd sip && lk sip dispatch create rule.json\n"), "old/rule.json": FLAT },
    says: [...assumed("old/rule.json"), ...created("run.sh:1")],
  },
  "another folder in brackets only": {
    files: {
      ...script("(cd sip && ls)\nlk sip dispatch create rule.json\n"),
      "rule.json": FLAT,
    },
    says: [...created("run.sh:2", "rule.json"), ...assumed()],
  },
  "from the script's own folder": {
    files: {
      ...script(
        'here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)\nlk sip dispatch create "$here/../sip/rule.json"\n',
        "scripts/run.sh",
      ),
      "rule.json": FLAT,
    },
    says: [...assumed("rule.json"), ...created("scripts/run.sh:2")],
  },
  "beside the script": {
    files: {
      "a/rule.json": FLAT,
      "rule.json": FLAT,
      "a/run.sh": 'lk sip dispatch update "$(dirname "$0")/rule.json"\n',
    },
    says: [...updated("a/run.sh:1", "a/rule.json"), ...assumed("rule.json")],
  },
  "a function that is called": {
    files: {
      ...script('send() {\n  lk sip dispatch create "$1"\n}\nsend sip/rule.json\n'),
      "sip/other.json": FLAT,
    },
    says: [...assumed("sip/other.json"), ...created("run.sh:2")],
  },
  "a condition": {
    files: {
      "sip/a.json": FLAT,
      "sip/b.json": FLAT,
      "run.sh": 'F=sip/a.json\nif [ -n "$X" ]; then F=sip/b.json; fi\nlk sip dispatch create "$F"\n',
    },
    says: [...created("run.sh:3", "sip/a.json"), ...created("run.sh:3", "sip/b.json")],
  },
  "two files of that name, in a folder that is not known": {
    files: { "a/rule.json": FLAT, "b/rule.json": FLAT, "run.sh": 'lk sip dispatch update "$X/rule.json"\n' },
    says: [...unclear("run.sh:1", "a/rule.json"), ...unclear("run.sh:1", "b/rule.json")],
  },
  "two files of that name, none of them in that folder": {
    files: {
      "a/rule.json": FLAT,
      "b/rule.json": FLAT,
      "run.sh": "lk sip dispatch update /tmp/x/rule.json\n",
    },
    says: [...unclear("run.sh:1", "a/rule.json"), ...unclear("run.sh:1", "b/rule.json")],
  },
  "an update from another folder, where two files have the name": {
    files: { ...script("cd sip && lk sip dispatch update rule.json\n"), "old/rule.json": FLAT },
    says: [...unclear("run.sh:1", "old/rule.json"), ...updated("run.sh:1")],
  },
};

itSaysOf("copies of a file, and how it is named", REPOSITORIES);
