import type { ConfigDocument, PostedAlert, SecretFactsByRef } from "@/lib/alertmanager";
import type { EditorState } from "../editor/document-store";
import type { Previewed, PreviewQuestion } from "../editor/worker-protocol";

export type PreviewState = {
  previewed: Previewed | null;
  /** Why what is shown belongs to an older document; it is tried again until there is no reason. */
  error: unknown;
};

/** What the reader chose; one choice for all panes of a tenant. */
export type PreviewChoice = {
  case: string;
  /** Id of a profile; null: that of the first target. */
  profile: string | null;
  /** What all cases are made from; null: the usual sample. */
  sample: PostedAlert | null;
};

type Source = { subscribe: (listener: () => void) => () => void; state: () => EditorState };
type Asker = {
  /** What targets bring along; another object when it changes. */
  defaults: () => unknown;
  preview: (
    document: ConfigDocument,
    secrets: SecretFactsByRef,
    question: PreviewQuestion,
    known: Previewed | null,
  ) => Promise<Previewed | null>;
};

type Pane = {
  readonly listeners: Set<() => void>;
  state: PreviewState;
  /** What the last answer is about. */
  seen: readonly unknown[];
};

const NOT_YET: PreviewState = { previewed: null, error: null };
/** Longer than the analyser gathers keystrokes: findings and YAML are asked for first. */
const GATHER = 40;
const RETRY_AFTER = 3_000;

/**
 * What receivers would send, asked of the worker for each pane that is shown. One question is open at a time, and the
 * newest document is what it is about: keystrokes in between are never asked about. A pane that is gone is forgotten.
 */
export class Previewer {
  readonly #panes = new Map<string, Pane>();
  readonly #listeners = new Set<() => void>();
  #choice: PreviewChoice;
  #profiles: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #leave: (() => void) | null = null;

  constructor(
    private readonly source: Source,
    private readonly asker: Asker,
    private readonly remember: (choice: PreviewChoice) => void,
    choice: PreviewChoice,
    /** The present of all samples: with a clock that goes on, every answer would differ from the one before. */
    readonly now: string,
  ) {
    this.#choice = choice;
  }

  readonly choice = (): PreviewChoice => this.#choice;

  readonly onChoice = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly choose = (part: Partial<PreviewChoice>): void => {
    this.#choice = { ...this.#choice, ...part };
    this.remember(this.#choice);
    for (const listener of this.#listeners) listener();
    this.#wake(0);
  };

  /** Those of the tenant's targets; never none. */
  readonly judgeFor = (profiles: readonly string[]): void => {
    this.#profiles = profiles;
    for (const listener of this.#listeners) listener();
    this.#wake(0);
  };

  /** The chosen profile, or the first one where none was chosen or its target is gone. */
  readonly profile = (): string => {
    const { profile } = this.#choice;
    return profile !== null && this.#profiles.includes(profile) ? profile : (this.#profiles[0] ?? "");
  };

  readonly state = (receiver: string): PreviewState => this.#panes.get(receiver)?.state ?? NOT_YET;

  readonly watch = (receiver: string, listener: () => void): (() => void) => {
    const pane = this.#panes.get(receiver) ?? { listeners: new Set(), state: NOT_YET, seen: [] };
    this.#panes.set(receiver, pane);
    pane.listeners.add(listener);
    this.#leave ??= this.source.subscribe(() => this.#wake(GATHER));
    this.#wake(0);
    return () => {
      pane.listeners.delete(listener);
      if (pane.listeners.size > 0) return;
      this.#panes.delete(receiver);
      if (this.#panes.size > 0) return;
      this.#leave?.();
      this.#leave = null;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  };

  /** How much is kept, for whoever looks after leaks. */
  size(): number {
    return this.#panes.size + this.#listeners.size;
  }

  /** What a receiver's requests depend on; the same objects as long as nothing of it is edited. */
  #subject(receiver: string): readonly unknown[] {
    const { document, secrets } = this.source.state();
    const { config, templates } = document;
    const entry = config.receivers?.find(({ id }) => id === receiver);
    const { sample } = this.#choice;
    const { global, route, templates: globs } = config;
    return [entry, global, route, globs, templates, secrets, this.asker.defaults(), this.profile(), sample];
  }

  #outdated(): [string, Pane] | undefined {
    for (const [receiver, pane] of this.#panes) {
      const subject = this.#subject(receiver);
      if (pane.seen.length === 0 || subject.some((part, index) => part !== pane.seen[index])) return [receiver, pane];
    }
    return undefined;
  }

  #wake(delay: number): void {
    if (this.#asking || this.#timer !== undefined || !this.source.state().ready) return;
    if (this.#profiles.length === 0 || !this.#outdated()) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#ask();
    }, delay);
  }

  async #ask(): Promise<void> {
    const next = this.#outdated();
    if (!next) return;
    const [receiver, pane] = next;
    const { document, secrets } = this.source.state();
    const subject = this.#subject(receiver);
    const question = { receiver, profile: this.profile(), sample: this.#choice.sample, now: this.now };
    // Behind the others: none waits for ever while somebody types in another one.
    this.#panes.delete(receiver);
    this.#panes.set(receiver, pane);
    this.#asking = true;
    try {
      const previewed = await this.asker.preview(document, secrets, question, pane.state.previewed);
      pane.seen = subject;
      this.#asking = false;
      show(pane, { previewed, error: null });
      this.#wake(0);
    } catch (error) {
      this.#asking = false;
      show(pane, { ...pane.state, error });
      this.#wake(RETRY_AFTER);
    }
  }
}

function show(pane: Pane, state: PreviewState): void {
  pane.state = state;
  for (const listener of pane.listeners) listener();
}
