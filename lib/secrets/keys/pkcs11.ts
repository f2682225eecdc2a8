import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { serveToken, type TokenAnswer, type TokenCall, type TokenSettings } from "./pkcs11-worker";
import type { KeyProvider } from "./provider";

const FORMAT = 1;
const IV = 12;
const TAG = 16;
const PATIENCE_MS = 15_000;

interface Waiting {
  resolve(data: Uint8Array): void;
  reject(error: AppError): void;
  timer: NodeJS.Timeout;
}

interface Thread {
  scope: string;
  worker: Worker;
  waiting: Map<number, Waiting>;
}

let thread: Thread | undefined;
let calls = 0;

function settings(): TokenSettings {
  const { PKCS11_MODULE: library, PKCS11_TOKEN: token, PKCS11_PIN, PKCS11_PIN_FILE } = env();
  const pin = PKCS11_PIN ?? (PKCS11_PIN_FILE && readFileSync(/*turbopackIgnore: true*/ PKCS11_PIN_FILE, "utf8").trim());
  if (!library || !token || !pin) {
    throw new AppError(
      "not_ready",
      "A PKCS#11 key needs PKCS11_MODULE, PKCS11_TOKEN, and PKCS11_PIN_FILE or PKCS11_PIN.",
    );
  }
  const folders = [process.argv[1] && path.dirname(process.argv[1]), process.cwd()];
  const roots = folders.flatMap((folder) => (folder ? [pathToFileURL(`${folder}${path.sep}`).href] : []));
  return { package: "pkcs11js", roots, library, token, pin };
}

function threadFor(wanted: TokenSettings): Thread {
  const scope = JSON.stringify(wanted);
  if (thread?.scope === scope) return thread;
  end(thread, "Other settings of the token are in use now.");
  // As text, so that no bundler has to find a file for it.
  const worker = new Worker(`(${serveToken.toString()})()`, {
    eval: true,
    workerData: wanted,
  });
  const begun: Thread = { scope, worker, waiting: new Map() };
  worker.unref();
  worker.on("message", (answer: TokenAnswer) => settle(begun, answer));
  worker.on("error", (error) => end(begun, error.message));
  worker.on("exit", () => end(begun, "its thread ended"));
  thread = begun;
  return begun;
}

function settle({ worker, waiting }: Thread, answer: TokenAnswer): void {
  const call = waiting.get(answer.id);
  if (!call) return;
  waiting.delete(answer.id);
  clearTimeout(call.timer);
  if (waiting.size === 0) worker.unref();
  if ("error" in answer) call.reject(refused(answer.error));
  else call.resolve(answer.data);
}

function end(ended: Thread | undefined, why: string): void {
  if (!ended) return;
  if (thread === ended) thread = undefined;
  for (const call of ended.waiting.values()) {
    clearTimeout(call.timer);
    call.reject(refused(why));
  }
  ended.waiting.clear();
  ended.worker.terminate().catch(() => undefined);
}

/** A token's own words: names of its errors, never a value. */
const refused = (why: string) => new AppError("not_ready", `The hardware token did not do it: ${why}`);

function call(what: Omit<TokenCall, "id">): Promise<Uint8Array> {
  const on = threadFor(settings());
  calls += 1;
  const id = calls;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(on, "no answer in time"), PATIENCE_MS);
    on.waiting.set(id, { resolve, reject, timer });
    on.worker.ref();
    on.worker.postMessage({ ...what, id } satisfies TokenCall);
  });
}

const NOTHING = new Uint8Array();
const boundTo = (keyId: string, context: string) => Buffer.from(`${keyId}|${context}`, "utf8");

/**
 * Keys that were generated in a token and never leave it: AES-256-GCM there, with additional data, in a thread of its own.
 * What it wraps: format ‖ nonce ‖ ciphertext ‖ tag.
 */
export const tokenKeys: KeyProvider = {
  concurrency: 32,
  tries: 20,
  algorithm: "aes-256-gcm",
  async generate(version) {
    const label = `signalbox-${version}-${randomBytes(4).toString("hex")}`;
    await call({ operation: "generate", label, data: NOTHING, context: NOTHING, iv: NOTHING });
    return label;
  },
  async wrap({ keyId }, bytes, context) {
    const iv = randomBytes(IV);
    const data = await call({ operation: "encrypt", label: keyId, data: bytes, context: boundTo(keyId, context), iv });
    if (data.length !== bytes.length + TAG) throw refused("its answer has another length");
    return Buffer.concat([Buffer.of(FORMAT), iv, data]);
  },
  async unwrap({ keyId }, wrapped, context) {
    if (wrapped[0] !== FORMAT || wrapped.length < 1 + IV + TAG) throw new Error("This was not wrapped by a token.");
    const data = await call({
      operation: "decrypt",
      label: keyId,
      data: wrapped.subarray(1 + IV),
      context: boundTo(keyId, context),
      iv: wrapped.subarray(1, 1 + IV),
    });
    return Buffer.from(data);
  },
  async health(kek) {
    const probe = randomBytes(32);
    const opened = await this.unwrap(kek, await this.wrap(kek, probe, "health"), "health");
    if (!opened.equals(probe)) throw refused("it does not open what it wrapped");
  },
};

/** Logs out and ends the thread; the next call begins another one. */
export async function closeToken(): Promise<void> {
  const closing = thread;
  if (!closing) return;
  const exited = once(closing.worker, "exit");
  closing.worker.postMessage("close");
  await exited;
}
