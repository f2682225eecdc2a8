import {
  type ConfigDocument,
  DEFAULT_PROFILE_ID,
  parseConfig,
  profileFor,
  type RenderedText,
  renderConfig,
  type SeenLabels,
  withLints,
} from "@/lib/alertmanager";
import type { Finding } from "../fields/judges";
import { analyse, placeAround, placed } from "./analyse";
import { applyPatches, patchesBetween } from "./document-patch";
import { ExpectationChecks } from "./expectation-checks";
import { ToldFindings } from "./finding-list";
import { LintChecks } from "./lint-checks";
import { type Known, type Look, type LookAtDefinitions, NotificationChecks } from "./notification-checks";
import { type Preview, Previews } from "./previews";
import { RouteCounts, seenIn } from "./route-counts";
import { textChange } from "./text-change";
import type {
  CountsByRoute,
  DocumentUpdate,
  Expected,
  RecentAlert,
  WorkerAnswer,
  WorkerRequest,
} from "./worker-protocol";

type Request<Kind extends WorkerRequest["kind"]> = Extract<WorkerRequest, { kind: Kind }>;

/** What is found without making notifications, and the text, of one state of the document. */
type Examined = { about: readonly unknown[]; findings: readonly Finding[]; rendered: RenderedText };

/** How long one part of the checks of notifications takes; keystrokes in between go first. */
const PART = 12;

/** The worker's side: a copy of the document that follows ours, and what was answered last. */
export class DocumentWorker {
  #document: ConfigDocument = { config: {}, templates: [], source: null };
  #known: Known = { secrets: {}, defaults: {} };
  #examined: Examined | null = null;
  #answered: { yaml: string; counts: CountsByRoute | null } | null = null;
  #alerts: readonly RecentAlert[] = [];
  #expected: readonly Expected[] = [];
  #seen: SeenLabels | null = null;
  /** Id of the receiver that somebody looks at; its notifications are checked first. */
  #shown: string | null = null;
  readonly #told = new ToldFindings();
  readonly #lints = new LintChecks();
  readonly #expectations = new ExpectationChecks();
  readonly #counts = new RouteCounts(() => performance.now());
  readonly #checks: NotificationChecks;
  readonly #previews: Previews;

  constructor(look: Look, lookAtDefinitions: LookAtDefinitions, preview: Preview) {
    this.#checks = new NotificationChecks(look, () => performance.now(), lookAtDefinitions);
    this.#previews = new Previews(preview);
  }

  answer(request: WorkerRequest): WorkerAnswer {
    const { sequence } = request;
    try {
      if (request.kind === "analyse" || request.kind === "check") return this.#analyse(request);
      if (request.kind === "preview") return this.#preview(request);
      if (request.kind === "parse") return this.#parse(request);
      const place = this.#examined && placeAround(request.path, this.#examined.rendered.rangeOf);
      return { kind: "located", sequence, place };
    } catch (error) {
      return { kind: "failed", sequence, message: error instanceof Error ? error.message : String(error) };
    }
  }

  #follow(update: DocumentUpdate): ConfigDocument {
    this.#document = "whole" in update ? update.whole : applyPatches(this.#document, update.patches);
    return this.#document;
  }

  #learn({
    secrets,
    defaults,
    alerts,
    expected,
  }: Pick<Request<"analyse">, "secrets" | "defaults" | "alerts" | "expected">): Known {
    if (expected) this.#expected = expected;
    if (secrets) this.#known = { ...this.#known, secrets };
    if (defaults) this.#known = { ...this.#known, defaults };
    if (alerts) {
      this.#alerts = alerts;
      this.#seen = seenIn(alerts);
    }
    return this.#known;
  }

  #analyse(request: Request<"analyse" | "check">): WorkerAnswer {
    const { kind, sequence, profiles, watched } = request;
    const document = this.#follow(request.update);
    const known = this.#learn(request);
    const { findings: found, rendered } = this.#examine(document, profiles);
    const more = kind === "check" ? this.#goOn(document, known, profiles) : this.#lacks(document, known, profiles);
    const { config } = document;
    const broken = this.#expectations.findings();
    const all = [...broken, ...withLints(found, this.#lints.findings(config)), ...this.#checks.findings(config, found)];
    const { diagnostics, places } = placed(all, rendered);
    const { yaml, rangeOf } = rendered;
    const before = this.#answered;
    const counts = this.#counts.counts();
    this.#answered = { yaml, counts };
    return {
      kind: kind === "check" ? "checked" : "analysis",
      sequence,
      diagnostics: this.#told.tell(diagnostics),
      places,
      yaml: before?.yaml === yaml ? null : before ? textChange(before.yaml, yaml) : yaml,
      watched: watched && placeAround(watched, rangeOf),
      counts: before?.counts === counts ? "same" : counts,
      more,
    };
  }

  /** One part of what takes longer, the quickest first; whether there is more. */
  #goOn(document: ConfigDocument, known: Known, profiles: readonly string[]): boolean {
    const { config } = document;
    const [profile = DEFAULT_PROFILE_ID] = profiles;
    if (this.#counts.lacks(config, this.#alerts, profile)) this.#counts.step(config, this.#alerts, profile, PART);
    else if (this.#expectations.lacks(config, profiles, this.#expected))
      this.#expectations.look(config, profiles, this.#expected);
    else if (this.#lints.lacks(document, profiles, this.#seen)) this.#lints.look(document, profiles, this.#seen);
    else return this.#checks.step(document, known, profiles, PART, this.#shown);
    return this.#lacks(document, known, profiles);
  }

  #lacks(document: ConfigDocument, known: Known, profiles: readonly string[]): boolean {
    const [profile = DEFAULT_PROFILE_ID] = profiles;
    return (
      this.#counts.lacks(document.config, this.#alerts, profile) ||
      this.#expectations.lacks(document.config, profiles, this.#expected) ||
      this.#lints.lacks(document, profiles, this.#seen) ||
      this.#checks.lacks(document, known, profiles)
    );
  }

  /** Not done again for the checks that follow an analysis. */
  #examine(document: ConfigDocument, profiles: readonly string[]): Examined {
    const { secrets, defaults } = this.#known;
    const about = [document, secrets, defaults, profiles.join()];
    if (this.#examined?.about.every((part, index) => part === about[index])) return this.#examined;
    const findings = analyse(document, secrets, profiles, defaults);
    this.#examined = { about, findings, rendered: renderConfig(document) };
    return this.#examined;
  }

  #preview(request: Request<"preview">): WorkerAnswer {
    const document = this.#follow(request.update);
    const { question, known, sequence } = request;
    this.#shown = question.receiver;
    return this.#previews.answer(document, this.#learn(request), question, known, sequence);
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
