import {
  type ConfigDocument,
  DEFAULT_PROFILE_ID,
  parseConfig,
  profileFor,
  type RenderedText,
  type SecretFactsByRef,
} from "@/lib/alertmanager";
import { analyse, placeAround } from "./analyse";
import { applyPatches, patchesBetween } from "./document-patch";
import { textChange } from "./text-change";
import type { DocumentUpdate, WorkerAnswer, WorkerRequest } from "./worker-protocol";

type Request<Kind extends WorkerRequest["kind"]> = Extract<WorkerRequest, { kind: Kind }>;

/** The worker's side: a copy of the document that follows ours, and what was answered last. */
export class DocumentWorker {
  #document: ConfigDocument = { config: {}, templates: [], source: null };
  #secrets: SecretFactsByRef = {};
  #rendered: RenderedText | null = null;
  #answered: { yaml: string; findings: string } | null = null;

  answer(request: WorkerRequest): WorkerAnswer {
    const { sequence } = request;
    try {
      if (request.kind === "analyse") return this.#analyse(request);
      if (request.kind === "parse") return this.#parse(request);
      const place = this.#rendered && placeAround(request.path, this.#rendered.rangeOf);
      return { kind: "located", sequence, place };
    } catch (error) {
      return { kind: "failed", sequence, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #follow(update: DocumentUpdate): ConfigDocument {
    this.#document = "whole" in update ? update.whole : applyPatches(this.#document, update.patches);
    return this.#document;
  }

  #analyse({ sequence, update, secrets, profiles, watched }: Request<"analyse">): WorkerAnswer {
    const document = this.#follow(update);
    if (secrets) this.#secrets = secrets;
    const { diagnostics, places, rendered } = analyse(document, this.#secrets, profiles);
    this.#rendered = rendered;
    const { yaml, rangeOf } = rendered;
    const findings = JSON.stringify(diagnostics);
    const before = this.#answered;
    this.#answered = { yaml, findings };
    return {
      kind: "analysis",
      sequence,
      diagnostics: before?.findings === findings ? null : diagnostics,
      places,
      yaml: before?.yaml === yaml ? null : before ? textChange(before.yaml, yaml) : yaml,
      watched: watched && placeAround(watched, rangeOf),
    };
  }

  #parse({ sequence, text, update, profile }: Request<"parse">): WorkerAnswer {
    const { config: previous } = this.#follow(update);
    const { config, diagnostics } = parseConfig(text, {
      profile: profileFor(profile ?? DEFAULT_PROFILE_ID),
      previous,
      newId: () => crypto.randomUUID(),
    });
    return { kind: "parsed", sequence, patches: config && patchesBetween(previous, config), diagnostics };
  }
}
