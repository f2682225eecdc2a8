import type { Config } from "@/lib/alertmanager";
import type { Firings } from "@/lib/history/contract";
import { patchesBetween } from "../editor/document-patch";
import type { BehaviourAnswer, BehaviourRequest, ConfigUpdate } from "./behaviour-protocol";
import type { BehaviourReport } from "./report";

export type Comparison = {
  before: Config;
  after: Config;
  profile: string;
  firings: Firings;
  detailed: boolean;
};

type Waiting = { resolve: (report: BehaviourReport) => void; reject: (error: Error) => void };
/** What the worker holds as well; lost together with it. */
type Sent = { before: Config; after: Config; firings: Firings };

function startWorker(): Worker {
  return new Worker(new URL("./behaviour-worker.ts", import.meta.url), { type: "module" });
}

const seconds = (time: string) => Date.parse(time) / 1000;

/** Compares in a worker. The history is sent once, of the configurations what changed in them. */
export class BehaviourClient {
  #worker: Worker | null = null;
  #sequence = 0;
  #sent: Sent | null = null;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly start: () => Worker = startWorker) {}

  compare({ before, after, profile, firings, detailed }: Comparison): Promise<BehaviourReport> {
    this.#worker ??= this.#connect();
    const sent = this.#sent;
    const update = (side: "before" | "after", next: Config): ConfigUpdate =>
      sent ? { patches: patchesBetween(sent[side], next) } : { whole: next };
    const request: BehaviourRequest = {
      sequence: ++this.#sequence,
      history: sent?.firings === firings ? null : { sets: firings.sets, from: seconds(firings.from) },
      before: update("before", before),
      after: update("after", after),
      at: seconds(firings.to),
      ...{ profile, detailed },
    };
    this.#sent = { before, after, firings };
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.sequence, { resolve, reject });
      worker.postMessage(request);
    });
  }

  #connect(): Worker {
    const worker = this.start();
    worker.addEventListener("message", ({ data }: MessageEvent<BehaviourAnswer>) => {
      const waiting = this.#waiting.get(data.sequence);
      this.#waiting.delete(data.sequence);
      if ("report" in data) waiting?.resolve(data.report);
      else {
        // Who knows what it has understood: next time it is told everything.
        this.#sent = null;
        waiting?.reject(new Error(data.message));
      }
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || "the worker stopped"));
      this.#waiting.clear();
      worker.terminate();
      this.#worker = null;
      this.#sent = null;
    });
    return worker;
  }
}
