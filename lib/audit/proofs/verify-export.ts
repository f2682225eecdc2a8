import type { z } from "zod";
import { canonicalJson } from "./canonical";
import { type OpenedCheckpoint, openCheckpoint } from "./checkpoint";
import { leafOf, verifyEvent } from "./event";
import { type ExportHeader, exportHeaderSchema, exportLineSchema } from "./export-file";
import { Frontier } from "./frontier";
import { type Hash, sameHash, verifyConsistency } from "./merkle";
import { ProofError, type ProofErrorCode } from "./proof-error";
import { parsePath } from "./proof-file";
import { type OpenedRenewal, openRenewal, renewedKeys } from "./renewal";
import { labelOf, parseVerifierKey, signsAt, type VerifierKey } from "./verifier-key";

export interface ExportProblem {
  /** Counted from 1; 0: the file as a whole. */
  line: number;
  code: ProofErrorCode;
  message: string;
}

export interface ExportReport {
  checkpoint: OpenedCheckpoint | null;
  complete: boolean;
  events: number;
  /** Events of which only the hash is left. */
  archived: number[];
  /** Whether who asked brought the keys, or took the file's own. */
  ownKeys: boolean;
  /** The size of the earlier checkpoint from which this log was shown to go on. */
  grewFrom: number | null;
  /** Sizes at which the log went over to keys that the trusted ones announced. */
  renewedAt: number[];
  problems: ExportProblem[];
}

export interface ExportTrust {
  /** Keys that its reader has from elsewhere; one of each kind must have signed. Without any the file's own are taken. */
  keys?: readonly VerifierKey[];
  /** All of these must have cosigned. */
  witnesses?: readonly VerifierKey[];
  /** A checkpoint of this log that was kept earlier. */
  earlier?: string;
}

/** More would help nobody: the file is not what it was. */
const MOST_PROBLEMS = 100;

/** Judges an export, without a database. Whatever is wrong is told by its line; without problems all of it was proven. */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  trust: ExportTrust = {},
): Promise<ExportReport> {
  const judge = new ExportJudge(trust);
  for await (const line of lines) judge.take(line);
  return judge.end();
}

class ExportJudge {
  readonly #trust: ExportTrust;
  readonly #tree = new Frontier();
  readonly #report: ExportReport;
  #line = 0;
  #header: ExportHeader | undefined;
  #earlier: OpenedCheckpoint | undefined;
  #earlierRoot: Hash | undefined;
  #last = 0;

  constructor(trust: ExportTrust) {
    this.#trust = trust;
    const ownKeys = (trust.keys ?? []).length > 0;
    this.#report = {
      checkpoint: null,
      complete: false,
      events: 0,
      archived: [],
      ownKeys,
      grewFrom: null,
      renewedAt: [],
      problems: [],
    };
  }

  take(line: string): void {
    this.#line += 1;
    this.#try(this.#line, () => (this.#line === 1 ? this.#takeHeader(line) : this.#takeEvent(line)));
  }

  end(): ExportReport {
    const header = this.#header;
    if (this.#line === 0) this.#wrong(0, "malformed_export", "The file is empty.");
    if (header) {
      if (this.#report.events !== header.events) {
        this.#wrong(0, "incomplete", `The file tells of ${header.events} events and holds ${this.#report.events}.`);
      }
      if (header.complete) this.#try(0, () => this.#holdWhole());
      this.#try(0, () => this.#holdEarlier(header));
    }
    return this.#report;
  }

  #takeHeader(line: string): void {
    const header = parsed(line, exportHeaderSchema, "The first line is not that of an export");
    this.#header = header;
    this.#report.complete = header.complete;
    const own = this.#trust.keys ?? [];
    const renewals = followed(own.length > 0 ? own : header.keys.map(parseVerifierKey), header);
    const { keys } = renewals;
    const witnesses = this.#trust.witnesses ?? [];
    const opened = openCheckpoint(header.checkpoint, keys, witnesses);
    this.#report.checkpoint = opened;
    const { origin, signedBy, cosignedBy } = opened;
    // Keys of other logs may lie beside, and keys that signed once: of each kind one has to have signed.
    const mine = keys.filter((key) => key.name === origin && signsAt(key, opened.size));
    for (const key of mine.filter(({ type }) => signedBy.every((signed) => signed.type !== type))) {
      this.#wrong(1, "missing_signature", `The checkpoint is not signed by ${labelOf(key)}.`);
    }
    for (const key of witnesses.filter((candidate) => cosignedBy.every((cosigned) => cosigned.key !== candidate))) {
      this.#wrong(1, "missing_signature", `The checkpoint is not cosigned by ${labelOf(key)}.`);
    }
    for (const { at, growth } of renewals.steps) {
      if (at.origin === origin) this.#try(1, () => this.#holdRenewal(at, growth, opened));
    }
    if (this.#trust.earlier !== undefined) this.#earlier = openCheckpoint(this.#trust.earlier, keys);
  }

  #holdRenewal(at: OpenedRenewal, growth: readonly string[], head: OpenedCheckpoint): void {
    if (at.size > head.size || !verifyConsistency(at, head, parsePath(growth))) {
      throw new ProofError(
        "not_consistent",
        `The log does not go on from the ${at.size} events at which its keys were replaced.`,
      );
    }
    this.#report.renewedAt.push(at.size);
  }

  #takeEvent(line: string): void {
    if (!this.#header) return;
    this.#report.events += 1;
    const { event, ...rest } = parsed(line, exportLineSchema, "This is not an event as an export writes it");
    const given = { ...rest, event: event && canonicalJson(event) };
    const { position } = given;
    if (position <= this.#last) {
      throw new ProofError("malformed_export", `Event ${position} stands behind event ${this.#last}.`);
    }
    if (this.#header.complete && position !== this.#last + 1) {
      const missing =
        position - this.#last === 2 ? `event ${position - 1} is` : `events ${this.#last + 1} to ${position - 1} are`;
      this.#wrong(this.#line, "incomplete", `Before event ${position} ${missing} missing.`);
    }
    this.#last = position;
    if (this.#header.complete) {
      this.#tree.add(leafOf({ ...given, event: null }));
      if (this.#tree.size === this.#earlier?.size) this.#earlierRoot = this.#tree.root();
    }
    if (given.event === null) this.#report.archived.push(position);
    const { checkpoint } = this.#report;
    if (checkpoint) verifyEvent(given, checkpoint);
    else leafOf(given);
  }

  #holdWhole(): void {
    const { checkpoint } = this.#report;
    if (!checkpoint) return;
    if (this.#tree.size !== checkpoint.size) {
      throw new ProofError("incomplete", `The log had ${checkpoint.size} events, and ${this.#tree.size} are here.`);
    }
    if (!sameHash(this.#tree.root(), checkpoint.root)) {
      throw new ProofError("not_in_log", "The events together do not make the root of the checkpoint.");
    }
  }

  #holdEarlier({ complete, since }: ExportHeader): void {
    const [before, after] = [this.#earlier, this.#report.checkpoint];
    if (!before || !after) return;
    if (before.origin !== after.origin) {
      throw new ProofError("other_log", `The earlier checkpoint is one of ${before.origin}.`);
    }
    if (before.size > after.size) {
      throw new ProofError(
        "not_consistent",
        `The log had ${before.size} events once, and now has ${after.size}: its end was cut.`,
      );
    }
    const shown = this.#goesOn(before, after, { complete, since });
    if (shown === undefined) {
      throw new ProofError(
        "incomplete",
        `Nothing here shows that the log goes on from ${before.size} events: export it with since=${before.size}.`,
      );
    }
    if (!shown) {
      throw new ProofError(
        "not_consistent",
        `The log's first ${before.size} events are not those of the earlier checkpoint.`,
      );
    }
    this.#report.grewFrom = before.size;
  }

  /** Undefined: nothing in the file tells. */
  #goesOn(
    before: OpenedCheckpoint,
    after: OpenedCheckpoint,
    { complete, since }: Pick<ExportHeader, "complete" | "since">,
  ): boolean | undefined {
    if (before.size === after.size) return verifyConsistency(before, after, []);
    if (since?.size === before.size) return verifyConsistency(before, after, parsePath(since.proof));
    // Of a whole log the root at that size was computed on the way.
    return complete && this.#earlierRoot ? sameHash(this.#earlierRoot, before.root) : undefined;
  }

  #try(line: number, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      this.#wrong(line, error.code, error.message);
    }
  }

  #wrong(line: number, code: ProofErrorCode, message: string): void {
    if (this.#report.problems.length < MOST_PROBLEMS) this.#report.problems.push({ line, code, message });
  }
}

interface Followed {
  keys: readonly VerifierKey[];
  steps: { at: OpenedRenewal; growth: readonly string[] }[];
}

/** From the keys that are trusted to those that they announced, and on from there. What others announced adds nothing. */
function followed(trusted: readonly VerifierKey[], { renewals = [] }: ExportHeader): Followed {
  let keys = trusted;
  const steps: Followed["steps"] = [];
  for (const { growth, ...renewal } of renewals) {
    try {
      const at = openRenewal(renewal, keys);
      keys = renewedKeys(keys, at);
      steps.push({ at, growth });
    } catch (error) {
      if (!(error instanceof ProofError) || error.code !== "unknown_signer") throw error;
    }
  }
  return { keys, steps };
}

/** Refuses what the same words could have been written as otherwise: two keys of one name, other white space. */
function parsed<Schema extends z.ZodType>(line: string, schema: Schema, otherwise: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new ProofError("malformed_export", `${otherwise}: it is no JSON.`);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new ProofError("malformed_export", `${otherwise}.`);
  if (canonicalJson(value) !== line) {
    throw new ProofError("malformed_export", `${otherwise}: it was written in another way.`);
  }
  return result.data;
}
