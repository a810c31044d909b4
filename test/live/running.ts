import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Paths } from "./live.ts";

const KEY = "devkey";
const SECRET = "a-secret-that-is-for-these-tests-alone";

/** What LiveKit's interface answers. */
export type Answer = { status: number; body: Record<string, unknown> };

/** A livekit-server on this machine, with a Redis of its own. */
export interface Running {
  url: string;
  /** Host and port. */
  redis: string;
  /** Environment variables with which LiveKit's tools reach it. */
  environment: Record<string, string>;
  /** Calls a method of LiveKit's SIP service. Throws when the server doesn't answer, with its last lines. */
  api: (method: string, body: object) => Promise<Answer>;
  /** Waits until the server has ended by itself, and gives its last lines. */
  ended: () => Promise<string>;
  stop: () => Promise<void>;
}

/** Starts both programs on free ports. Throws with their last lines when one ends or isn't ready in time. */
export async function startServer(paths: Paths): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-live-"));
  const [redisPort, port, rtcPort, udpPort] = await freePorts(4);
  const redisAddress = `127.0.0.1:${redisPort}`;
  const store = new Child(
    paths.redis,
    `--port ${redisPort} --bind 127.0.0.1 --appendonly no`.split(" ").concat("--dir", folder, "--save", ""),
  );
  const url = `http://127.0.0.1:${port}`;
  const children = [store];
  const stop = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await store.until(() => accepts(redisPort ?? 0));
    const config = {
      port,
      bind_addresses: ["127.0.0.1"],
      rtc: { tcp_port: rtcPort, udp_port: udpPort, node_ip: "127.0.0.1", use_external_ip: false },
      redis: { address: redisAddress },
      keys: { [KEY]: SECRET },
      logging: { level: "info", json: true },
    };
    const server = new Child(paths.server, [
      "--config-body",
      JSON.stringify(config),
      "--node-ip",
      "127.0.0.1",
    ]);
    children.unshift(server);
    await server.until(async () => (await fetch(url).catch(() => undefined))?.status === 200);
    return {
      url,
      redis: redisAddress,
      environment: { LIVEKIT_URL: url, LIVEKIT_API_KEY: KEY, LIVEKIT_API_SECRET: SECRET },
      api: (method, body) => post(server, `${url}/twirp/livekit.SIP/${method}`, body),
      ended: () => server.ended(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function post(server: Child, url: string, body: object): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token()}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  } catch (error) {
    throw new Error(`no answer from ${url}; ${server.lastLines()}`, { cause: error });
  }
}

/** A token with which LiveKit's SIP interface may be used. */
function token(): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = part({
    iss: KEY,
    sub: "test",
    nbf: now - 10,
    exp: now + 600,
    sip: { admin: true, call: true },
  });
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${claims}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}

/** A program that runs until the test ends it. */
class Child {
  readonly #name: string;
  readonly #process: ChildProcess;
  readonly #exit: Promise<void>;
  #output = "";
  #status: string | undefined;

  constructor(program: string, args: readonly string[]) {
    this.#name = program;
    this.#process = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const keep = (chunk: Buffer): void =>
      void (this.#output = (this.#output + chunk.toString()).slice(-4000));
    this.#process.stdout?.on("data", keep);
    this.#process.stderr?.on("data", keep);
    const kill = (): void => void this.#process.kill("SIGKILL");
    process.once("exit", kill);
    this.#exit = new Promise((resolve) => {
      const end = (status: string): void => {
        this.#status ??= status;
        process.off("exit", kill);
        resolve();
      };
      this.#process.once("error", (error) => end(error.message));
      this.#process.once("close", (code, signal) => end(`status ${code ?? signal}`));
    });
  }

  /** Waits until it is ready. Throws when it ends before, or isn't after 30 seconds. */
  async until(ready: () => Promise<boolean>): Promise<void> {
    for (let waited = 0; waited < 30_000; waited += 50) {
      if (this.#status !== undefined) throw new Error(this.lastLines());
      if (await ready()) return;
      await wait(50);
    }
    throw new Error(`${this.#name} isn't ready after 30 seconds; ${this.lastLines()}`);
  }

  /** Waits until it has ended by itself. */
  async ended(): Promise<string> {
    await Promise.race([this.#exit, wait(20_000, undefined, { ref: false })]);
    return this.lastLines();
  }

  lastLines(): string {
    const state = this.#status === undefined ? "it runs" : `it ended with ${this.#status}`;
    return `${this.#name}: ${state}; its last lines:\n${this.#output}`;
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#exit;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const answer = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}

/** Ports on which nothing listens now. They are held until all of them are found, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = servers.map(
    (server) =>
      new Promise<number>((resolve, reject) => {
        server.once("error", reject);
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      }),
  );
  const found = await Promise.all(ports);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return found;
}
