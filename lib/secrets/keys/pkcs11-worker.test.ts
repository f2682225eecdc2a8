import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeSoftToken, type SoftToken, softTokenMissing } from "../testing/soft-token";
import { serveToken, type TokenAnswer, type TokenCall } from "./pkcs11-worker";

const missing = softTokenMissing();

// Here it runs beside us, over a port of ours; in a thread of its own pkcs11.test.ts has it.
describe.skipIf(missing)(`what serves a token${missing ? ` (missing: ${missing})` : ""}`, () => {
  let token: SoftToken;
  const answers: TokenAnswer[] = [];
  const port = Object.assign(new EventEmitter(), {
    postMessage: (answer: TokenAnswer) => answers.push(answer),
    close: vi.fn(),
  });
  let calls = 0;

  beforeAll(() => {
    token = makeSoftToken();
    Object.assign(process.env, token.settings);
  });
  afterAll(() => {
    port.emit("message", "close");
    token.remove();
    for (const name of Object.keys(token.settings)) delete process.env[name];
  });

  function ask(
    operation: TokenCall["operation"],
    label: string,
    data: Uint8Array,
    context = "c",
    iv = randomBytes(12),
  ) {
    const call: TokenCall = { id: ++calls, operation, label, data, context: Buffer.from(context), iv };
    port.emit("message", call);
    const answer = answers.at(-1);
    expect(answer?.id).toBe(calls);
    return answer && "data" in answer ? { data: answer.data, iv } : { error: answer?.error ?? "", iv };
  }

  test("answers each call, and says why not without the PIN", () => {
    const builtin = process.getBuiltinModule;
    const spied = vi.spyOn(process, "getBuiltinModule").mockImplementation(((name: string) =>
      name === "node:worker_threads"
        ? {
            parentPort: port,
            workerData: {
              package: "pkcs11js",
              roots: ["file:///nowhere/", pathToFileURL(`${process.cwd()}/`).href],
              library: token.library,
              token: token.token,
              pin: token.pin,
            },
          }
        : builtin(name)) as typeof process.getBuiltinModule);
    serveToken();
    spied.mockRestore();
    const none = new Uint8Array();
    expect(ask("generate", "signalbox-1", none).error).toBeUndefined();
    const key = randomBytes(32);
    const sealed = ask("encrypt", "signalbox-1", key);
    expect(sealed.data).toHaveLength(48);
    expect(Buffer.from(ask("decrypt", "signalbox-1", sealed.data ?? none, "c", sealed.iv).data ?? none)).toEqual(key);
    expect(ask("decrypt", "signalbox-1", sealed.data ?? none, "another", sealed.iv).error).toMatch(/CKR_/);
    expect(ask("encrypt", "gone", key).error).toContain("no such key");
  });
});
