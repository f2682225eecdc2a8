import type { Config, ConfigDocument, Diagnostic, Path, SecretFactsByRef } from "@/lib/alertmanager";
import { applyPatches, patchesBetween } from "./document-patch";
import { editFindings } from "./finding-list";
import { LiveText } from "./live-text";
import type {
  Analysis,
  DefaultsByProfile,
  DocumentUpdate,
  Expected,
  Place,
  Previewed,
  PreviewQuestion,
  RecentAlert,
  WorkerAnswer,
  WorkerRequest,
} from "./worker-protocol";

type Waiting = { resolve: (answer: WorkerAnswer) => void; reject: (error: Error) => void };
type WithoutSequence<T> = T extends unknown ? Omit<T, "sequence"> : never;
/** What the worker and we both hold; lost together with the worker. */
type Shared = {
  document: ConfigDocument;
  secrets: SecretFactsByRef | null;
  defaults: DefaultsByProfile | null;
  alerts: readonly RecentAlert[] | null;
  expected: readonly Expected[] | null;
  analysis: Analysis;
};
type Parsed = { config: Config | null; diagnostics: readonly Diagnostic[] };

const NO_ALERTS: readonly RecentAlert[] = [];
const NOTHING_EXPECTED: readonly Expected[] = [];

export const NOTHING: Analysis = {
  diagnostics: [],
  places: new Int32Array(),
  yaml: LiveText.of(""),
  located: null,
  counts: null,
  more: false,
};

function startWorker(): Worker {
  return new Worker(new URL("./validation-worker.ts", import.meta.url), { type: "module" });
}

function same(left: DefaultsByProfile, right: DefaultsByProfile): boolean {
  const profiles = Object.keys(left);
  return profiles.length === Object.keys(right).length && profiles.every((id) => left[id] === right[id]);
}

function wanted<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("the worker left out what was not known");
  return part;
}

/**
 * Validation, rendering and parsing in a worker. Only what changed is sent, and only what changed comes back: the page's
 * own thread pays for the edit, not for the size of the configuration.
 */
export class WorkerClient {
  #worker: Worker | null = null;
  #sequence = 0;
  #shared: Shared | null = null;
  #watched: Path | null = null;
  #defaults: DefaultsByProfile = {};
  #alerts: readonly RecentAlert[] = NO_ALERTS;
  #expected: readonly Expected[] = NOTHING_EXPECTED;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly start: () => Worker = startWorker) {}

  /** What targets bring along. The next questions are answered with it. */
  provide(defaults: DefaultsByProfile): void {
    if (!same(defaults, this.#defaults)) this.#defaults = defaults;
  }

  /** What fired in the last days; the routes that it takes are counted, and lints know what labels there are. */
  hear(alerts: readonly RecentAlert[]): void {
    this.#alerts = alerts;
  }

  /** What shall stay true; what does not is among the findings. */
  expect(expected: readonly Expected[]): void {
    this.#expected = expected;
  }

  defaults(): DefaultsByProfile {
    return this.#defaults;
  }

  analyse(document: ConfigDocument, secrets: SecretFactsByRef, profiles: readonly string[]): Promise<Analysis> {
    return this.#examine("analyse", document, secrets, profiles);
  }

  /** Goes on with an analysis that says that there is more: the next few receivers' notifications. */
  check(document: ConfigDocument, secrets: SecretFactsByRef, profiles: readonly string[]): Promise<Analysis> {
    return this.#examine("check", document, secrets, profiles);
  }

  /** All that can be found, for whoever can wait. */
  async examine(document: ConfigDocument, secrets: SecretFactsByRef, profiles: readonly string[]): Promise<Analysis> {
    let analysis = await this.analyse(document, secrets, profiles);
    while (analysis.more) analysis = await this.check(document, secrets, profiles);
    return analysis;
  }

  async #examine(
    kind: "analyse" | "check",
    document: ConfigDocument,
    secrets: SecretFactsByRef,
    profiles: readonly string[],
  ): Promise<Analysis> {
    const watched = this.#watched;
    const answer = await this.#ask({ kind, profiles, watched, ...this.#news(document, secrets) });
    if (answer.kind !== "analysis" && answer.kind !== "checked") throw new Error("the worker answered something else");
    const before = this.#shared?.analysis ?? NOTHING;
    const { diagnostics, yaml, counts, more } = answer;
    const analysis: Analysis = {
      diagnostics: diagnostics ? editFindings(before.diagnostics, diagnostics) : before.diagnostics,
      places: answer.places,
      yaml: typeof yaml === "string" ? LiveText.of(yaml) : yaml ? before.yaml.edited(yaml) : before.yaml,
      located: watched && { path: watched, place: answer.watched },
      counts: counts === "same" ? before.counts : counts,
      more,
    };
    if (this.#shared) this.#shared.analysis = analysis;
    return analysis;
  }

  /** What a receiver would send; `known` is the last answer about it. Null when there is no such receiver. */
  async preview(
    document: ConfigDocument,
    secrets: SecretFactsByRef,
    question: PreviewQuestion,
    known: Previewed | null,
  ): Promise<Previewed | null> {
    const request = { kind: "preview", question, known: known?.number ?? null } as const;
    const answer = await this.#ask({ ...request, ...this.#news(document, secrets) });
    if (answer.kind !== "previewed") throw new Error("the worker answered something else");
    if (!answer.preview) return null;
    const { integrations, reach } = answer.preview;
    return {
      number: answer.sequence,
      profile: question.profile,
      integrations: integrations.map((one, index) => one ?? wanted(known?.integrations[index])),
      reach: reach ?? wanted(known?.reach),
    };
  }

  /** Where the text of the last analysis says what stands at `path`, or the nearest thing around it. Every later one says it too. */
  async locate(path: Path): Promise<Place | null> {
    this.#watched = path;
    if (!this.#shared) return null;
    const answer = await this.#ask({ kind: "locate", path });
    if (answer.kind !== "located") throw new Error("the worker answered something else");
    return answer.place;
  }

  async parse(text: string, document: ConfigDocument, profile: string | null): Promise<Parsed> {
    const answer = await this.#ask({ kind: "parse", text, update: this.#updateTo(document), profile });
    if (answer.kind !== "parsed") throw new Error("the worker answered something else");
    const { patches, diagnostics } = answer;
    return { config: patches && applyPatches(document.config, patches), diagnostics };
  }

  #news(document: ConfigDocument, current: SecretFactsByRef) {
    const secrets = this.#shared?.secrets === current ? null : current;
    const defaults = this.#shared?.defaults === this.#defaults ? null : this.#defaults;
    const alerts = (this.#shared?.alerts ?? NO_ALERTS) === this.#alerts ? null : this.#alerts;
    const expected = (this.#shared?.expected ?? NOTHING_EXPECTED) === this.#expected ? null : this.#expected;
    const update = this.#updateTo(document);
    const now = { secrets: current, defaults: this.#defaults, alerts: this.#alerts, expected: this.#expected };
    if (this.#shared) Object.assign(this.#shared, now);
    return { update, secrets, defaults, alerts, expected };
  }

  /** Messages arrive in order, so the worker's copy is what was sent last, answered or not. */
  #updateTo(document: ConfigDocument): DocumentUpdate {
    const known = this.#shared;
    if (!known) {
      this.#shared = { document, secrets: null, defaults: null, alerts: null, expected: null, analysis: NOTHING };
      return { whole: document };
    }
    const patches = patchesBetween(known.document, document);
    known.document = document;
    return { patches };
  }

  #ask(request: WithoutSequence<WorkerRequest>): Promise<WorkerAnswer> {
    this.#worker ??= this.#connect();
    this.#sequence += 1;
    const sequence = this.#sequence;
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      this.#waiting.set(sequence, { resolve, reject });
      worker.postMessage({ ...request, sequence });
    });
  }

  #connect(): Worker {
    const worker = this.start();
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => {
      const waiting = this.#waiting.get(data.sequence);
      this.#waiting.delete(data.sequence);
      if (data.kind === "failed") waiting?.reject(new Error(data.message));
      else waiting?.resolve(data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || "the worker stopped"));
      this.#waiting.clear();
      worker.terminate();
      this.#worker = null;
      this.#shared = null;
    });
    return worker;
  }
}
