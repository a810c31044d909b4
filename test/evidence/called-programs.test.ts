import { created, FLAT, itSaysOf, type Repository, unfollowed } from "./repositories.ts";

const FILL = 'jq \'.name = "x"\' "$1"\n';
const HELD = `cat > r.json <<EOF\n${FLAT}\nEOF\n`;
const SEND = "lk sip dispatch create -\n";

/** Programs that are given a request by others, and speak of none. */
const REPOSITORIES: Record<string, Repository> = {
  "a script that a shell runs": {
    files: { "run.sh": `${HELD}bash fill.sh r.json | ${SEND}`, "fill.sh": FILL },
    says: unfollowed("fill.sh:1", "run.sh"),
  },
  "a program whose first line tells its language": {
    files: {
      "sip/rule.json": FLAT,
      "run.sh": `./bin/fill sip/rule.json | ${SEND}`,
      "bin/fill": `#!/bin/bash\n${FILL}`,
    },
    says: unfollowed("bin/fill:2"),
  },
  "a program that reads its input": {
    files: {
      "run.sh": `cat <<EOF | bash fill.sh | ${SEND}${FLAT}\nEOF\n`,
      "fill.sh": "jq '.name = \"x\"'\n",
    },
    says: unfollowed("fill.sh:1", "run.sh"),
  },
  "a function of a script that is sourced": {
    files: {
      "sip/rule.json": FLAT,
      "run.sh": `. ./lib.sh\nfill sip/rule.json | ${SEND}`,
      "lib.sh": `fill() { ${FILL.trim()}; }\n`,
    },
    // Which of its functions gets the request is not told.
    says: ["sip/rule.json needs-person unclear-use"],
  },
  "a function of that name in a script that is not sourced": {
    files: {
      "sip/rule.json": FLAT,
      "run.sh": `fill sip/rule.json | ${SEND}`,
      "other.sh": `# lk sip dispatch list\nfill() { ${FILL.trim()}; }\n`,
    },
    says: created("run.sh:1"),
  },
};

itSaysOf("programs that are given a request", REPOSITORIES);
