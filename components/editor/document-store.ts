import type { ConfigDocument, Conflict, SecretFactsByRef } from "@/lib/alertmanager";
import { type Sides, takeSides } from "@/lib/alertmanager/diff/take-sides";
import { AppError } from "@/lib/errors";
import { patchesBetween, sharing } from "./document-patch";

/** The change that is edited, as the server knows it. */
export type OpenChange = {
  id: string;
  number: number;
  title: string;
  version: number;
  document: ConfigDocument;
  secrets: SecretFactsByRef;
};

/** What is edited before there is a change: the live document. */
export type Loaded = { change: OpenChange | null; document: ConfigDocument; secrets: SecretFactsByRef };

/** The way to the server; a fake in tests. */
export type DocumentTransport = {
  open: () => Promise<OpenChange>;
  read: (id: string) => Promise<OpenChange>;
  write: (id: string, version: number, document: ConfigDocument) => Promise<OpenChange>;
  /** Loaded when two edits meet, which is seldom. */
  merge: (base: ConfigDocument, mine: ConfigDocument, theirs: ConfigDocument) => Promise<Merged>;
};

type Merged = { document: ConfigDocument; conflicts: readonly Conflict[] };

export type SaveState = "clean" | "dirty" | "saving" | "saved" | "failed" | "conflict";

export type Collision = { theirs: OpenChange; merged: ConfigDocument; conflicts: readonly Conflict[] };

export type EditorState = {
  ready: boolean;
  change: Omit<OpenChange, "document" | "secrets"> | null;
  document: ConfigDocument;
  secrets: SecretFactsByRef;
  saveState: SaveState;
  savedAt: number | null;
  error: unknown;
  /** The failed write is tried again without anybody's doing. */
  retrying: boolean;
  collision: Collision | null;
  canUndo: boolean;
  canRedo: boolean;
};

const EMPTY: ConfigDocument = { config: {}, templates: [], source: null };
export const NOT_READY: EditorState = {
  ready: false,
  change: null,
  document: EMPTY,
  secrets: {},
  saveState: "clean",
  savedAt: null,
  error: null,
  retrying: false,
  collision: null,
  canUndo: false,
  canRedo: false,
};

const SAVE_AFTER = 700;
const RETRY_AFTER = 5_000;
/** Edits of one field within this time are one step of undo. */
const ONE_STEP = 1_500;
const STEPS = 200;

/** Edits share what they do not touch, so this looks at little more than what differs. */
function same(a: ConfigDocument, b: ConfigDocument): boolean {
  return patchesBetween(a, b).length === 0;
}

/**
 * The one copy of the document that a tenant's pages edit. It shows every edit at once and brings it to the server on
 * its own: the first edit opens a change, later ones are written behind the typing, and what somebody else wrote in
 * between is merged. Nothing typed is ever dropped: a failed write is tried again.
 */
export class DocumentStore {
  #state: EditorState = NOT_READY;
  readonly #listeners = new Set<() => void>();
  /** What the server has, as far as we know; the base of a merge. */
  #saved: ConfigDocument = EMPTY;
  #past: ConfigDocument[] = [];
  #future: ConfigDocument[] = [];
  #lastStep: { key: string | undefined; at: number } = { key: undefined, at: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;

  constructor(
    private readonly transport: DocumentTransport,
    private readonly now: () => number = Date.now,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly state = (): EditorState => this.#state;

  /** Takes what was loaded, unless there are edits that the server does not have yet. */
  readonly offer = ({ change, document, secrets }: Loaded): void => {
    const current = this.#state;
    if (current.ready && current.saveState !== "clean" && current.saveState !== "saved") return;
    const known = current.change;
    if (current.ready && known && known.id === change?.id && known.version >= change.version) return;
    if (current.ready && !known && !change && same(document, this.#saved)) return;
    this.#saved = document;
    this.#past = [];
    this.#future = [];
    this.#patch({
      ready: true,
      change: change && headOf(change),
      document,
      secrets,
      saveState: "clean",
      error: null,
      collision: null,
    });
  };

  /** After a publication, or when another change is chosen: nothing is kept, the next `offer` decides. */
  readonly forget = (): void => {
    clearTimeout(this.#timer);
    this.#past = [];
    this.#future = [];
    this.#saved = EMPTY;
    this.#state = NOT_READY;
    this.#patch({});
  };

  /** `step`: edits with the same name that follow each other quickly are undone together. */
  readonly update = (edit: (document: ConfigDocument) => ConfigDocument, step?: string): void => {
    if (!this.#state.ready) return;
    const before = this.#state.document;
    const document = edit(before);
    if (document === before || same(document, before)) return;
    const at = this.now();
    const joins = step !== undefined && step === this.#lastStep.key && at - this.#lastStep.at < ONE_STEP;
    this.#lastStep = { key: step, at };
    if (!joins) this.#past = [...this.#past.slice(1 - STEPS), before];
    this.#future = [];
    this.#change(document);
  };

  readonly undo = (): void => {
    const document = this.#past.pop();
    if (!document) return;
    this.#future.push(this.#state.document);
    this.#lastStep = { key: undefined, at: 0 };
    this.#change(document);
  };

  readonly redo = (): void => {
    const document = this.#future.pop();
    if (!document) return;
    this.#past.push(this.#state.document);
    this.#change(document);
  };

  /** Facts of a secret that was just sealed, so that its field shows them before the next load. */
  readonly learnSecret = (ref: string, facts: SecretFactsByRef[string]): void => {
    this.#patch({ secrets: { ...this.#state.secrets, [ref]: facts } });
  };

  /** A new title also makes a new version; it must be known before the next write. */
  readonly rename = ({ id, title, version }: Pick<OpenChange, "id" | "title" | "version">): void => {
    const { change } = this.#state;
    if (change?.id === id) this.#patch({ change: { ...change, title, version } });
  };

  /** Everything on the server, or a rejected promise: before a review or a publication. */
  readonly flush = async (): Promise<void> => {
    clearTimeout(this.#timer);
    for (let round = 0; round < 4 && !this.#isSaved(); round++) await this.#save();
    if (!this.#isSaved()) throw this.#state.error ?? new AppError("conflict", "Somebody else changed the same thing.");
  };

  /** Now, instead of after the pause that follows a failure. */
  readonly retry = (): void => {
    if (this.#state.saveState === "failed") this.#schedule(0);
  };

  readonly resolve = (sides: Sides): void => {
    const { collision } = this.#state;
    if (!collision) return;
    this.#saved = collision.theirs.document;
    this.#patch({
      change: headOf(collision.theirs),
      secrets: withFacts(this.#state.secrets, collision.theirs.secrets),
      document: takeSides(collision.merged, collision.conflicts, sides),
      collision: null,
      saveState: "dirty",
    });
    this.#schedule(0);
  };

  #isSaved(): boolean {
    return this.#state.saveState === "clean" || this.#state.saveState === "saved";
  }

  #change(document: ConfigDocument): void {
    this.#patch({ document, saveState: this.#state.collision ? "conflict" : "dirty" });
    this.#schedule(SAVE_AFTER);
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), delay);
  }

  #save(): Promise<void> {
    this.#saving ??= this.#write().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async #write(): Promise<void> {
    if (!this.#state.ready || this.#isSaved() || this.#state.collision) return;
    this.#patch({ saveState: "saving" });
    try {
      const change = this.#state.change ?? (await this.#openChange());
      const sent = this.#state.document;
      if (this.#state.collision) return;
      const answer = await this.transport.write(change.id, change.version, sent);
      await this.#accept(answer, sent);
    } catch (error) {
      if (error instanceof AppError && error.code === "stale_version") await this.#catchUp();
      else if (isClosed(error)) this.#moveOn();
      else this.#fail(error);
    }
  }

  /** The change was published or abandoned elsewhere: what is typed goes on in a new one, merged with what is live. */
  #moveOn(): void {
    this.#patch({ change: null, saveState: "dirty" });
    this.#schedule(0);
  }

  async #openChange(): Promise<NonNullable<EditorState["change"]>> {
    const opened = await this.transport.open();
    await this.#mergeWith(opened);
    return headOf(opened);
  }

  /** The answer holds the document with its secrets sealed; what was typed meanwhile stays on top of it. */
  async #accept(answer: OpenChange, sent: ConfigDocument): Promise<void> {
    const sealed = sharing(sent, answer.document);
    const { mine, merged } = await this.#merged(sent, sealed);
    const untouched = mine === sent;
    this.#saved = sealed;
    this.#patch({
      change: headOf(answer),
      secrets: withFacts(this.#state.secrets, answer.secrets),
      document: merged.document,
      saveState: untouched ? "saved" : "dirty",
      savedAt: this.now(),
      error: null,
    });
    if (!untouched) this.#schedule(SAVE_AFTER);
  }

  /** The edits since `base` on top of `theirs`; nothing is typed between the answer and the moment it is given. */
  async #merged(base: ConfigDocument, theirs: ConfigDocument): Promise<{ mine: ConfigDocument; merged: Merged }> {
    for (;;) {
      const mine = this.#state.document;
      if (mine === base) return { mine, merged: { document: theirs, conflicts: [] } };
      if (theirs === base) return { mine, merged: { document: mine, conflicts: [] } };
      const merged = await this.transport.merge(base, mine, theirs);
      if (mine === this.#state.document) return { mine, merged };
    }
  }

  async #catchUp(): Promise<void> {
    const { change } = this.#state;
    if (!change) return;
    try {
      await this.#mergeWith(await this.transport.read(change.id));
      if (!this.#state.collision) {
        this.#patch({ saveState: "dirty" });
        this.#schedule(0);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  async #mergeWith(theirs: OpenChange): Promise<void> {
    const head = { change: headOf(theirs), secrets: withFacts(this.#state.secrets, theirs.secrets) };
    const read = sharing(this.#saved, theirs.document);
    if (read === this.#saved) return this.#patch(head);
    const { merged } = await this.#merged(this.#saved, read);
    const { document, conflicts } = merged;
    if (conflicts.length > 0) {
      this.#patch({ collision: { theirs, merged: document, conflicts }, saveState: "conflict" });
      return;
    }
    this.#saved = read;
    // Undoing to a document from before the merge would undo the other person's work too.
    this.#past = [];
    this.#future = [];
    this.#patch({ ...head, document });
  }

  #fail(error: unknown): void {
    const retrying = isPassing(error);
    this.#patch({ saveState: "failed", error, retrying });
    if (retrying) this.#schedule(RETRY_AFTER);
  }

  #patch(patch: Partial<EditorState>): void {
    this.#state = {
      ...this.#state,
      ...patch,
      canUndo: this.#past.length > 0,
      canRedo: this.#future.length > 0,
    };
    for (const listener of this.#listeners) listener();
  }
}

/** Not the document's fault: it may work in a moment, or once somebody has signed in again elsewhere. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof AppError) || error.status >= 500) return true;
  return ["rate_limited", "conflict", "unauthenticated"].includes(error.code);
}

/** The same object while there is nothing new, so that nobody looks at a thousand facts again. */
function withFacts(known: SecretFactsByRef, more: SecretFactsByRef): SecretFactsByRef {
  const merged = { ...known, ...more };
  return patchesBetween<unknown>(known, merged).length === 0 ? known : merged;
}

function isClosed(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== "conflict") return false;
  return error.details.status === "published" || error.details.status === "abandoned";
}

function headOf({ id, number, title, version }: OpenChange): NonNullable<EditorState["change"]> {
  return { id, number, title, version };
}
