import { plant } from "../files/scanned.ts";
import { git } from "../files/temporary.ts";

/** Python that makes `rules/a.json` of a flat request, and creates a rule from it. */
export const MAKES = `import json
import subprocess


def main():
    payload = {"name": "desk", "rule": {"dispatch_rule_direct": {"room_name": "desk"}}}
    with open("rules/a.json", "w") as out:
        json.dump(payload, out)
    subprocess.run(["lk", "sip", "dispatch", "create", "rules/a.json"])


main()
`;

/** Makes a repository of these files, all of them committed. */
export function commit(folder: string, files: Readonly<Record<string, string>>): void {
  plant(folder, files);
  git(folder, "init", "-q");
  git(folder, "add", ".");
  git(folder, "commit", "-q", "-m", "test");
}
