import type { Config, ConfigDocument, SecretFactsByRef } from "@/lib/alertmanager";
import type { Analysis, Parsed, WorkerAnswer, WorkerRequest } from "./worker-protocol";

type Waiting = { resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void };
type WithoutSequence<T> = T extends unknown ? Omit<T, "sequence"> : never;

/** Validation and rendering in a worker: typing stays smooth however large the configuration is. */
export class WorkerClient {
  #worker: Worker | null = null;
  #sequence = 0;
  readonly #waiting = new Map<number, Waiting>();

  async analyse(document: ConfigDocument, secrets: SecretFactsByRef, profiles: readonly string[]): Promise<Analysis> {
    const answer = await this.#ask({ kind: "analyse", document, secrets, profiles });
    if (answer.kind !== "analysis") throw new Error("the worker answered something else");
    return answer.analysis;
  }

  async parse(text: string, previous: Config, profile: string): Promise<Parsed> {
    const answer = await this.#ask({ kind: "parse", text, previous, profile });
    if (answer.kind !== "parsed") throw new Error("the worker answered something else");
    return answer.parsed;
  }

  #ask(request: WithoutSequence<WorkerRequest>): Promise<WorkerAnswer> {
    this.#worker ??= this.#start();
    this.#sequence += 1;
    const sequence = this.#sequence;
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#waiting.set(sequence, { resolve, reject });
      worker.postMessage({ ...request, sequence });
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL("./validation-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      const waiting = this.#waiting.get(data.sequence);
      this.#waiting.delete(data.sequence);
      if (data.kind === "failed") waiting?.reject(new Error(data.message));
      else waiting?.resolve(data);
    });
    worker.addEventListener("error", (event) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || "the worker stopped"));
      this.#waiting.clear();
      worker.terminate();
      this.#worker = null;
    });
    return worker;
  }
}
