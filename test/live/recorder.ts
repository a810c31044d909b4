import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateSIPDispatchRuleRequest, UpdateSIPDispatchRuleRequest } from "@livekit/protocol";

/** A request that went by: its method, and its body as JSON with the proto's names. */
export type Recorded = [method: string, body: unknown];

const REQUESTS = [CreateSIPDispatchRuleRequest, UpdateSIPDispatchRuleRequest];

/** Stands before a livekit-server and keeps what a library sends it, in JSON or in protobuf's binary form. */
export async function startRecorder(
  target: string,
): Promise<{ url: string; recorded: Recorded[]; stop: () => void }> {
  const recorded: Recorded[] = [];
  const server = createServer(async (request, response) => {
    const { url = "", headers } = request;
    const body = await bodyOf(request);
    const type = headers["content-type"] ?? "";
    const method = url.split("/").at(-1) ?? "";
    const message = REQUESTS.find(({ typeName }) => typeName === `livekit.${method}Request`);
    if (message) {
      const sent = type.includes("protobuf")
        ? message.fromBinary(body)
        : message.fromJsonString(body.toString());
      recorded.push([method, sent.toJson({ useProtoFieldName: true })]);
    }
    const forwarded = { authorization: headers.authorization ?? "", "content-type": type };
    const answer = await fetch(`${target}${url}`, { method: "POST", headers: forwarded, body });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, recorded, stop: () => void server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
