import {
  type Config,
  compileRegexp,
  configHash,
  DEFAULT_PROFILE_ID,
  type Diagnostic,
  diffBehaviour,
  diffConfig,
  isRefusal,
  type Matcher,
  type MatcherDialect,
  matches,
  type ParseOptions,
  type PastAlerts,
  parseConfig,
  parseMatchers,
  planLine,
  printMatchers,
  profileFor,
  renderConfig,
  resolveConfig,
  type TargetProfile,
} from "@/lib/alertmanager";
import { notifications } from "./batch-notifications";
import { routes } from "./batch-routes";
import { simulate } from "./batch-simulate";
import { template } from "./batch-template";
import { timeInterval } from "./batch-time-interval";
import { BadHistory, pastAlertsOf } from "./past-alerts";
import { printPath } from "./print-path";

type Request = Record<string, unknown>;
type Answer = { ok: boolean } & Record<string, unknown>;

/** A request that cannot be answered; its message goes into the answer. */
export class BadRequest extends Error {}

const OPERATIONS: Record<string, (request: Request) => Answer> = {
  ...{ config, resolve, render, hash, matchers, diff },
  template: (request) => template(request, profileOf(request)),
  routes: (request) => routes(request, profileOf(request)),
  simulate: (request) => simulate(request, profileOf(request)),
  notifications: (request) => notifications(request, profileOf(request)),
  timeinterval: (request) => timeInterval(request, profileOf(request)),
};

export function answer(request: Request): Answer {
  const { op } = request;
  const operation = typeof op === "string" && Object.hasOwn(OPERATIONS, op) ? OPERATIONS[op] : undefined;
  if (!operation)
    throw new BadRequest(`unknown op ${JSON.stringify(op ?? null)}; known: ${Object.keys(OPERATIONS).join(", ")}`);
  return operation(request);
}

function config(request: Request): Answer {
  const options = { files: filesOf(request), ...matcherModeOf(request) };
  const profile = profileOf(request);
  const diagnostics = parse(yamlOf(request), profile, options).diagnostics.map((diagnostic) =>
    print(diagnostic, profile),
  );
  return { ok: !diagnostics.some(({ severity }) => severity === "error"), diagnostics };
}

/** The text, or bytes where they may be no UTF-8. */
function yamlOf(request: Request): string | Uint8Array {
  return request.yamlBase64 === undefined ? text(request, "yaml") : Buffer.from(text(request, "yamlBase64"), "base64");
}

/** What lies beside the configuration; nothing when nothing is given. */
function filesOf({ files }: Request): Record<string, string> {
  if (files === undefined || files === null) return {};
  if (typeof files !== "object" || !Object.values(files).every((content) => typeof content === "string")) {
    throw new BadRequest("files must be an object of texts");
  }
  return files as Record<string, string>;
}

function matcherModeOf({ matcherMode }: Request): { matcherMode?: MatcherDialect } {
  if (matcherMode === undefined || matcherMode === null) return {};
  if (matcherMode === "classic" || matcherMode === "utf8" || matcherMode === "fallback") return { matcherMode };
  throw new BadRequest("matcherMode must be classic, utf8 or fallback");
}

function resolve(request: Request): Answer {
  const profile = profileOf(request);
  const options = { files: filesOf(request), ...matcherModeOf(request) };
  const { config: parsed, diagnostics } = parse(yamlOf(request), profile, options);
  const [first] = diagnostics;
  if (parsed && !(first && print(first, profile).severity === "error")) {
    return { ok: true, yaml: resolveConfig(parsed, profile) };
  }
  return { ok: false, error: first?.upstream ?? first?.message ?? "no configuration" };
}

function render(request: Request): Answer {
  const profile = profileOf(request);
  if (request.config !== undefined) {
    if (request.config === null || typeof request.config !== "object" || Array.isArray(request.config)) {
      throw new BadRequest("config must be an object");
    }
    const { yaml, hash } = renderConfig({ config: request.config as Config, source: null });
    return { ok: true, yaml, hash };
  }
  const source = text(request, "yaml");
  const { config: parsed, diagnostics } = parse(source, profile);
  if (!parsed) return { ok: false, error: diagnostics[0]?.upstream ?? diagnostics[0]?.message ?? "no configuration" };
  const { yaml, hash } = renderConfig({ config: parsed, source });
  return { ok: true, yaml, hash };
}

function hash(request: Request): Answer {
  return { ok: true, hash: configHash(text(request, "text")) };
}

function matchers(request: Request): Answer {
  if (Array.isArray(request.matchers)) {
    const list = request.matchers as Matcher[];
    for (const { op, value } of list) {
      if (op !== "=~" && op !== "!~") continue;
      const compiled = compileRegexp(String(value));
      if (!compiled.ok) return { ok: false, error: compiled.error };
    }
    return { ok: true, matched: labelSets(request).map((labels) => matches(list, labels)) };
  }
  const { dialect = "fallback" } = request;
  if (dialect !== "classic" && dialect !== "utf8" && dialect !== "fallback")
    throw new BadRequest("dialect must be classic, utf8 or fallback");
  const result = parseMatchers(text(request, "input"), dialect);
  if (!result.ok) return { ok: false, error: result.error };
  const list = result.matchers.map(({ name, op, value }) => ({ name, op, value }));
  const matched =
    request.labels === undefined
      ? {}
      : { matched: labelSets(request).map((labels) => matches(result.matchers, labels)) };
  return { ok: true, matchers: list, string: printMatchers(result.matchers), ...matched };
}

function diff(request: Request): Answer {
  const profile = profileOf(request);
  const history = historyOf(request);
  const [before, after] = ["before", "after"].map((key) => {
    const { config: parsed, diagnostics } = parse(text(request, key), profile);
    if (!parsed) throw new BadRequest(`${key}: ${diagnostics[0]?.message ?? "no configuration"}`);
    return parsed;
  }) as [Config, Config];
  // Two texts know nothing of each other's ids.
  const changes = diffConfig({ config: bare(before), templates: [] }, { config: bare(after), templates: [] });
  return {
    ok: true,
    plan: planLine(changes),
    changes: changes.map((change) => ({ ...change, path: printPath(change.path) })),
    ...(history !== undefined && { behaviour: diffBehaviour(before, after, profile, { history }) }),
  };
}

/** Absent unless asked for; an empty one asks for made-up alerts. */
function historyOf({ history }: Request): PastAlerts[] | undefined {
  try {
    return history === undefined || history === null ? undefined : pastAlertsOf(history);
  } catch (error) {
    throw error instanceof BadHistory ? new BadRequest(error.message) : error;
  }
}

function bare(parsed: Config): Config {
  return JSON.parse(JSON.stringify(parsed, (key, value: unknown) => (key === "id" ? undefined : value))) as Config;
}

function parse(yaml: string | Uint8Array, profile: TargetProfile, options: Partial<ParseOptions> = {}) {
  let id = 0;
  return parseConfig(yaml, { ...options, profile, newId: () => `n${++id}` });
}

function profileOf({ target = DEFAULT_PROFILE_ID }: Request): TargetProfile {
  try {
    return profileFor(String(target));
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : String(error));
  }
}

/** What the target takes is no error here, even when it is never published from here. */
function print(diagnostic: Diagnostic, profile: TargetProfile) {
  const { code, path, message, upstream, range, stage, fix } = diagnostic;
  const taken = !isRefusal(diagnostic) || (stage === "reload" && profile.verdict !== "reload");
  const severity = diagnostic.severity === "error" && taken ? "warning" : diagnostic.severity;
  return {
    code,
    severity,
    path: printPath(path),
    message,
    ...(upstream === undefined ? {} : { upstream }),
    line: range?.start.line ?? 1,
    column: range?.start.column ?? 1,
    endLine: range?.end.line ?? 1,
    endColumn: range?.end.column ?? 1,
    ...(stage === undefined ? {} : { stage }),
    ...(fix === undefined
      ? {}
      : { fix: { ...fix, edits: fix.edits.map((edit) => ({ ...edit, path: printPath(edit.path) })) } }),
  };
}

function text(request: Request, key: string): string {
  const value = request[key];
  if (typeof value !== "string") throw new BadRequest(`${key} must be a string`);
  return value;
}

function labelSets({ labels }: Request): Record<string, string>[] {
  if (Array.isArray(labels)) return labels as Record<string, string>[];
  if (labels !== null && typeof labels === "object") return [labels as Record<string, string>];
  throw new BadRequest("labels must be a list of label sets");
}
