import {
  type Config,
  type ConfigDocument,
  type Diagnostic,
  INTEGRATION_KEYS,
  type IntegrationKey,
  type Path,
  type Receiver,
  type SecretFactsByRef,
} from "@/lib/alertmanager";
import type { Finding } from "../fields/judges";
import { judged } from "./analyse";
import type { DefaultsByProfile } from "./worker-protocol";

/** What is no part of the document; another object when any of it changes. */
export type Known = { secrets: SecretFactsByRef; defaults: DefaultsByProfile };

/** What the notifications of one receiver come to for one profile, with paths from the root. */
export type Look = (document: ConfigDocument, receiver: number, profile: string, known: Known) => readonly Diagnostic[];

/** What is wrong with definitions that no receiver calls. */
export type LookAtDefinitions = (document: ConfigDocument, profile: string) => readonly Diagnostic[];

/** A finding with the place of its integration left open: others may be moved, added or taken away before it. */
type Kept = { key: IntegrationKey; id: string; below: Path; finding: Finding };
type Checked = { about: readonly unknown[]; findings: readonly Kept[] };

/**
 * What the notifications of all receivers come to. That takes longer than a keystroke may, so it is looked at receiver
 * by receiver, and only again when something changes that a receiver's notifications depend on.
 */
export class NotificationChecks {
  #checked = new Map<string, Checked>();
  #definitions: { about: readonly unknown[]; findings: readonly Finding[] } = { about: [], findings: [] };

  constructor(
    private readonly look: Look,
    private readonly clock: () => number,
    private readonly lookAtDefinitions: LookAtDefinitions = () => [],
  ) {}

  /**
   * Looks at receivers for about `budget` milliseconds, at one at least, beginning with the one of the id `first`; whether
   * some are left.
   */
  step(
    document: ConfigDocument,
    known: Known,
    profiles: readonly string[],
    budget: number,
    first: string | null = null,
  ): boolean {
    const end = this.clock() + budget;
    const receivers = [...(document.config.receivers ?? []).entries()];
    const ahead = receivers.filter(([, { id }]) => id === first);
    let looked = false;
    for (const [index, receiver] of [...ahead, ...receivers]) {
      const about = aboutOf(document, receiver, known, profiles);
      if (this.#knows(receiver, about)) continue;
      if (looked && this.clock() >= end) return true;
      looked = true;
      const findings = judged(profiles, (profile) => this.look(document, index, profile, known));
      this.#checked.set(receiver.id, { about, findings: findings.flatMap((finding) => kept(finding, receiver)) });
    }
    this.#forget(document.config);
    if (!this.#knowsDefinitions(document, profiles)) {
      if (looked && this.clock() >= end) return true;
      const findings = judged(profiles, (profile) => this.lookAtDefinitions(document, profile));
      this.#definitions = { about: definitionsOf(document, profiles), findings };
    }
    return false;
  }

  /**
   * What was found so far, at the places where it stands now. Nothing is said about integrations that the target would
   * not even load: `others` says so.
   */
  findings({ receivers = [] }: Config, others: readonly Finding[]): Finding[] {
    const broken = new Set(others.flatMap((one) => (one.severity === "error" ? [integrationOf(one.path)] : [])));
    const ofReceivers = receivers.flatMap((receiver, index) =>
      (this.#checked.get(receiver.id)?.findings ?? []).flatMap(({ key, id, below, finding }) => {
        const at = Array.isArray(receiver[key]) ? receiver[key].findIndex((one) => one.id === id) : -1;
        const path: Path = ["receivers", index, key, at, ...below];
        return at < 0 || broken.has(integrationOf(path)) ? [] : [{ ...finding, path }];
      }),
    );
    return [...ofReceivers, ...this.#definitions.findings];
  }

  /** Whether `step` has anything to do. */
  lacks(document: ConfigDocument, known: Known, profiles: readonly string[]): boolean {
    const receivers = document.config.receivers ?? [];
    return (
      receivers.some((receiver) => !this.#knows(receiver, aboutOf(document, receiver, known, profiles))) ||
      !this.#knowsDefinitions(document, profiles)
    );
  }

  size(): number {
    return this.#checked.size;
  }

  #knows(receiver: Receiver, about: readonly unknown[]): boolean {
    const known = this.#checked.get(receiver.id)?.about;
    return known !== undefined && about.every((part, index) => part === known[index]);
  }

  #knowsDefinitions(document: ConfigDocument, profiles: readonly string[]): boolean {
    if (document.templates.length === 0 && this.#definitions.findings.length === 0) return true;
    return definitionsOf(document, profiles).every((part, index) => part === this.#definitions.about[index]);
  }

  #forget({ receivers = [] }: Config): void {
    if (this.#checked.size <= receivers.length) return;
    const there = new Set(receivers.map(({ id }) => id));
    for (const id of this.#checked.keys()) if (!there.has(id)) this.#checked.delete(id);
  }
}

function definitionsOf({ config, templates }: ConfigDocument, profiles: readonly string[]): readonly unknown[] {
  return [config.receivers, templates, profiles.join()];
}

function aboutOf(
  { config, templates }: ConfigDocument,
  receiver: Receiver,
  known: Known,
  profiles: readonly string[],
): readonly unknown[] {
  return [receiver, config.global, config.route, config.templates, templates, known, profiles.join()];
}

function integrationOf(path: Path): string {
  return path.slice(0, 4).join("/");
}

function kept(finding: Finding, receiver: Receiver): Kept[] {
  const [, , key, index, ...below] = finding.path;
  const named = INTEGRATION_KEYS.find((one) => one === key);
  const integration = named && typeof index === "number" ? receiver[named]?.[index] : undefined;
  return named && integration ? [{ key: named, id: integration.id, below, finding }] : [];
}
