import { type Bytes, fromBytes, fromBytesMarked, toBytes } from "../go/bytes";
import { type GoTime, ZERO_TIME } from "../go/time";
import { parseJsonTime } from "../go/time-parse";
import { entriesOf, GoError, type GoFunction, itemsOf, type Typed, unwrapInterface } from "../go/value";
import type { TargetProfile } from "../profiles";
import type { SourceRange } from "../validation/diagnostic";
import { builtinFunctions } from "./builtins";
import { ExecError } from "./exec-error";
import { executeTree, pointerTo } from "./execute";
import { alertmanagerFunctions } from "./functions";
import { goRelease } from "./go-release";
import { EscapeError } from "./html/escape-tree";
import { htmlEscapers } from "./html/escapers";
import { Budget, DEFAULT_LIMITS, type Limits } from "./limits";
import { dataValue, PreparedData, type TemplateData } from "./model";
import { ParseError } from "./parse-error";
import { rangeOfNode, rangeOfToken } from "./position";
import { readyTrees } from "./ready-trees";
import type { TemplateSet } from "./template-set";

/** What to execute; `text` is the inline template of a field, its data that of one notification. */
export interface TemplateRequest {
  /** `html` for fields that Alertmanager escapes by context (e-mail, Telegram's HTML mode, Pushover's `html: true`). */
  kind: "text" | "html";
  text: string;
  /** `PreparedData` is that of notifications: it goes with `pointerData`. */
  data: TemplateData | PreparedData;
  profile: TargetProfile;
  limits?: Partial<Limits>;
  /** What `now` and `since` take for the present, in RFC 3339; Go's zero time without it. */
  now?: string;
  /**
   * True as in notifications: messages say `*template.Data`, and route labels count as rendered. False as in
   * `amtool template render`.
   */
  pointerData?: boolean;
  /** Bytes of the output that are no UTF-8 are marked (`fromBytesMarked`) rather than made U+FFFD. */
  marksInvalid?: boolean;
}

/**
 * The output, or upstream's error. `range` is set when the error lies in the text itself and not in a template file;
 * `written` is what had been written before the error, if anything: integrations that ignore errors send it.
 */
export type TemplateResult =
  | { ok: true; output: string }
  | { ok: false; error: string; range?: SourceRange; written?: string };

/**
 * Executes a template text as the profile's Alertmanager does: parsed as the template "" on top of the set, with
 * `missingkey=zero`, and escaped by context when `kind` is `html`.
 *
 * Never throws and always ends: what takes too many steps, writes too much or nests too deep gives an error that says so.
 */
export function executeTemplate(set: TemplateSet, request: TemplateRequest): TemplateResult {
  if (request.text === "") return { ok: true, output: "" };
  const run = new Run(set, request);
  const textOf = request.marksInvalid ? fromBytesMarked : fromBytes;
  try {
    return { ok: true, output: textOf(run.execute(toBytes(request.text))) };
  } catch (error) {
    return failure(error, request.text, textOf);
  }
}

function failure(error: unknown, text: string, textOf: (bytes: Bytes) => string): TemplateResult {
  const source = toBytes(text);
  if (error instanceof ParseError) {
    const range = error.parseName === "" ? { range: rangeOfToken(source, error.at) } : {};
    return { ok: false, error: fromBytes(error.text), ...range };
  }
  if (error instanceof ExecError) {
    const range = error.tree.source === source ? { range: rangeOfNode(source, error.node) } : {};
    const written = error.written === "" ? {} : { written: textOf(error.written) };
    return { ok: false, error: fromBytes(error.text), ...range, ...written };
  }
  if (error instanceof EscapeError) {
    const range = error.place?.tree.source === source ? { range: rangeOfToken(source, error.place.at) } : {};
    return { ok: false, error: fromBytes(error.text), ...range };
  }
  // A limit of ours, or the stack of the machine.
  return { ok: false, error: `template: ${error instanceof Error ? error.message : String(error)}` };
}

/** The functions of a profile, made once: what differs from run to run they ask of the one that runs. */
interface FunctionTable {
  functions: ReadonlyMap<Bytes, GoFunction>;
  context: { run: Run | null };
}
const tables = new WeakMap<TargetProfile, FunctionTable>();

function functionTable(profile: TargetProfile): FunctionTable {
  const known = tables.get(profile);
  if (known) return known;
  const context: FunctionTable["context"] = { run: null };
  const list = [
    ...builtinFunctions({
      typesInErrors: profile.reaches("0.33"),
      namesCallee: profile.reaches("0.28"),
      textLimit: () => context.run!.budget.outputLimit,
    }),
    ...alertmanagerFunctions(profile, {
      get budget() {
        return context.run!.budget;
      },
      get now() {
        return context.run!.now;
      },
      routeLabel: (name) => context.run!.routeLabel(name),
    }),
    // No text can name these: the parser knows them not.
    ...htmlEscapers(goRelease(profile)),
  ];
  const table = { functions: new Map(list.map((candidate) => [candidate.name, candidate])), context };
  tables.set(profile, table);
  return table;
}

class Run {
  readonly budget: Budget;
  private readonly data: Typed;
  private presentTime: GoTime | null = null;
  private readonly rendered = new Map<Bytes, Bytes>();
  private readonly stack: Bytes[] = [];

  constructor(
    private readonly set: TemplateSet,
    private readonly request: TemplateRequest,
  ) {
    this.budget = new Budget({ ...DEFAULT_LIMITS, ...request.limits });
    const { data, profile, pointerData } = request;
    this.data = data instanceof PreparedData ? data.value : dataValue(data, profile, pointerData === true);
  }

  get now(): GoTime {
    const { now } = this.request;
    this.presentTime ??= (now === undefined ? null : parseJsonTime(toBytes(now))) ?? ZERO_TIME;
    return this.presentTime;
  }

  execute(text: Bytes): Bytes {
    const { profile, kind, pointerData } = this.request;
    const lookup = readyTrees(this.set, profile, text, kind, this.budget);
    const { functions, context } = functionTable(profile);
    context.run = this;
    const data = pointerData ? pointerTo(this.data) : this.data;
    return executeTree(lookup("")!, data, lookup, functions, this.budget, goRelease(profile));
  }

  /** Renders a route label, which may refer to others; inside notifications they have been rendered before. */
  routeLabel(name: Bytes): Bytes {
    const at = this.data.type.fields!.findIndex((field) => field.name === "RouteLabels");
    const labels = at < 0 ? null : unwrapInterface(itemsOf(this.data)[at] ?? null);
    const raw = labels && entriesOf(labels).get(name)?.data;
    if (typeof raw !== "string" || raw === "") return "";
    if (this.request.pointerData) return raw;
    const known = this.rendered.get(name);
    if (known !== undefined) return known;
    if (this.stack.includes(name)) {
      throw new GoError(`route label cycle detected: ${[...this.stack, name].join(" -> ")}`);
    }
    this.stack.push(name);
    try {
      const output = this.execute(raw);
      this.rendered.set(name, output);
      return output;
    } catch (error) {
      // An error of the inner template is one of the call.
      if (error instanceof ExecError || error instanceof ParseError || error instanceof EscapeError) {
        throw new GoError(error.text);
      }
      throw error;
    } finally {
      this.stack.pop();
    }
  }
}
