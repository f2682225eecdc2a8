import type { ConfigDocument, SecretFactsByRef } from "@/lib/alertmanager";
import { DiagnosticsIndex } from "../fields/diagnostics-index";
import type { EditorState } from "./document-store";
import { NOTHING } from "./worker-client";
import type { Analysis } from "./worker-protocol";

export type AnalyserState = {
  analysis: Analysis;
  /** Why the findings are those of an older document; it is tried again until there is none. */
  error: unknown;
};

type Source = { subscribe: (listener: () => void) => () => void; state: () => EditorState };
type Look = (document: ConfigDocument, secrets: SecretFactsByRef, profiles: readonly string[]) => Promise<Analysis>;
type Checker = { analyse: Look; check: Look };

/** Keystrokes within this time are looked at together. */
const GATHER = 30;
const RETRY_AFTER = 3_000;
/** Notifications are looked at when nobody has typed for this long. */
const CHECK_AFTER = 150;

/**
 * Has the worker look at the document after every edit. One question is open at a time: what is typed meanwhile waits for
 * its answer and is then asked about once. In a pause the worker goes on with what takes longer, part by part; the next
 * keystroke comes first again. Works only while somebody listens.
 */
export class Analyser {
  readonly index = new DiagnosticsIndex();
  #state: AnalyserState = { analysis: NOTHING, error: null };
  #profiles: readonly string[] = [];
  /** What the last answer is about. */
  #seen: readonly unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #more = false;
  #asking = false;
  #leave: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly source: Source,
    private readonly checker: Checker,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#leave ??= this.source.subscribe(() => this.#wake(GATHER));
    this.#wake(0);
    this.#goOn(CHECK_AFTER);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#leave?.();
      this.#leave = null;
      this.#sleep();
    };
  };

  readonly state = (): AnalyserState => this.#state;

  readonly judgeFor = (profiles: readonly string[]): void => {
    this.#profiles = profiles;
    if (this.#leave) this.#wake(0);
  };

  /** Now, instead of after the pause that follows a failure. */
  readonly retry = (): void => {
    this.#sleep();
    this.#wake(0);
    this.#goOn(0);
  };

  #question() {
    const { document, secrets } = this.source.state();
    return [document, secrets, this.#profiles] as const;
  }

  #wake(delay: number): void {
    if (this.#asking || this.#timer !== undefined || !this.source.state().ready) return;
    if (this.#question().every((part, index) => part === this.#seen[index])) return;
    this.#sleep();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#ask("analyse");
    }, delay);
  }

  #goOn(delay: number): void {
    if (this.#asking || this.#timer !== undefined || !this.#leave || !this.#more) return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#ask("check"), delay);
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#pause);
    this.#timer = undefined;
  }

  async #ask(kind: keyof Checker): Promise<void> {
    const question = this.#question();
    this.#asking = true;
    try {
      const analysis = await this.checker[kind](...question);
      this.#seen = question;
      const { analysis: before, error } = this.#state;
      const found = analysis.diagnostics !== before.diagnostics;
      const counted = analysis.counts !== before.counts;
      if (found) this.index.replace(analysis.diagnostics);
      this.#more = analysis.more;
      // Most parts find nothing new, and there may be hundreds: nobody is drawn anew for them.
      if (found || counted || error || kind === "analyse") this.#show({ analysis, error: null });
      this.#asking = false;
      this.#wake(0);
      this.#goOn(kind === "check" ? 0 : CHECK_AFTER);
    } catch (error) {
      this.#asking = false;
      this.#show({ ...this.#state, error });
      this.#wake(RETRY_AFTER);
      this.#goOn(RETRY_AFTER);
    }
  }

  #show(state: AnalyserState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
