import { join } from "node:path";

/** No variable may lead git to another repository, and git may start no pager, prompt, transport or helper. */
export function gitEnvironment(top: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(inherited),
    GIT_DIR: join(top, ".git"),
    GIT_WORK_TREE: top,
    // A partial clone fetches the objects it lacks, with whatever program its configuration names.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}
