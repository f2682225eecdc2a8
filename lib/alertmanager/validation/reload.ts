import {
  type Config,
  INTEGRATION_KEYS,
  type IntegrationKey,
  type Json,
  type JsonObject,
  type Path,
} from "../config/types";
import type { TargetProfile } from "../profiles/profiles";
import { type Context, isObject, isSet, items, textOf } from "./context";
import type { DiagnosticCode } from "./diagnostic-codes";
import type { GlobalSettings } from "./global-settings";
import { PANIC } from "./panic";
import { routeFacts } from "./route-facts";
import { checkTemplates } from "./template-files";
import { type ReadFile, tlsProblem, transportProblem } from "./transport";

export type Files = Readonly<Record<string, string>>;

/** Receivers that can be built, and with what around them. */
const buildable = new WeakMap<JsonObject, { global: unknown; profile: TargetProfile; files: Files | undefined }>();

/** What `check-config` does not see: template files, then the clients of the receivers that a route uses, then tracing. */
export function checkReload(context: Context, config: Config, global: GlobalSettings, files: Files | undefined) {
  if (files) checkTemplates(context, config, files);
  if (!context.profile.reaches("0.26")) {
    items(config.inhibit_rules as never).forEach((rule, index) => {
      if (rule === null)
        context.report("null_item_crash", { stage: "reload", upstream: PANIC }, "inhibit_rules", index);
    });
  }
  const route = config.route as unknown;
  const used = new Set(isObject(route) ? routeFacts(route).receivers : []);
  items(config.receivers as never).forEach((receiver, index) => {
    if (!isObject(receiver) || !used.has(textOf(receiver.name))) return;
    const clean = buildable.get(receiver);
    if (clean?.global === config.global && clean?.profile === context.profile && clean?.files === files) return;
    const before = context.diagnostics.length;
    checkReceiver(context, receiver, ["receivers", index], global, files);
    if (context.diagnostics.length > before) return;
    buildable.set(receiver, { global: config.global, profile: context.profile, files });
  });
  if (isObject(config.tracing) && isObject(config.tracing.tls_config)) {
    const problem = tlsProblem(config.tracing.tls_config, readAsGiven(files));
    if (problem) report(context, problem, ["tracing", "tls_config", ...problem.path]);
  }
}

interface Problem {
  code: DiagnosticCode;
  path: Path;
  params: Record<string, string>;
  upstream: string;
}

function checkReceiver(
  context: Context,
  receiver: JsonObject,
  place: Path,
  global: GlobalSettings,
  files: Files | undefined,
) {
  const problems: Problem[] = [];
  for (const key of INTEGRATION_KEYS) {
    if (key === "email_configs" || !context.profile.knowsIntegration(key)) continue;
    items(receiver[key]).forEach((item, index) => {
      if (!isObject(item)) return;
      const problem = integrationProblem(key, item, [...place, key, index], global, files);
      if (problem) problems.push(problem);
    });
  }
  // The real program tells all of one receiver together.
  const together = problems.map(({ upstream }) => upstream).join("\n");
  const crash = problems.find(({ upstream }) => upstream === PANIC);
  problems.forEach((problem, index) => {
    const upstream = crash ? PANIC : index === 0 ? together : problem.upstream;
    report(context, { ...problem, upstream }, problem.path);
  });
}

function report(context: Context, { code, params, upstream }: Problem, path: Path) {
  context.report(code, { stage: "reload", params, upstream }, ...path);
}

function integrationProblem(
  key: IntegrationKey,
  item: JsonObject,
  place: Path,
  global: GlobalSettings,
  files: Files | undefined,
): Problem | null {
  const own = isObject(item.http_config) ? item.http_config : null;
  const block = own ?? global.value("http_config");
  if (block === null) {
    return { code: "global_missing_crash", path: place, params: { global: "http_config" }, upstream: PANIC };
  }
  if (key === "incidentio_configs") {
    const token = unreadable(item, "alert_source_token_file", files);
    if (token) return at(token, place, `failed to read alert_source_token_file: ${token.upstream}`);
  }
  const problem = isObject(block) && transportProblem(block, readFor(key, own !== null, files));
  if (problem) {
    const above = own ? [...place, "http_config"] : ["global", "http_config"];
    // The client of the AWS library takes nothing but the TLS settings from the block.
    const aws = key === "sns_configs" && problem.path[0] === "tls_config";
    const upstream = aws ? `build SNS TLS config: ${problem.upstream}` : problem.upstream;
    return { ...problem, path: [...above, ...problem.path], upstream };
  }
  if (key === "rocketchat_configs") return rocketchatProblem(item, place, global, files);
  if (key === "telegram_configs" && global.isNull("telegram_api_url") && !isSet(item.api_url)) {
    const params = { global: "telegram_api_url" };
    return { code: "global_missing_crash", path: [...place, "api_url"], params, upstream: PANIC };
  }
  return null;
}

function at(problem: Problem, place: Path, upstream: string): Problem {
  return { ...problem, path: [...place, ...problem.path], upstream };
}

/** Both tokens are read from their files at once, whatever stands beside them. */
function rocketchatProblem(
  item: JsonObject,
  place: Path,
  global: GlobalSettings,
  files: Files | undefined,
): Problem | null {
  for (const key of ["token", "token_id"]) {
    const file = `${key}_file`;
    const own = unreadable(item, file, files);
    if (own) return at(own, place, `could not read ${own.params.value}: ${own.upstream}`);
    if (isSet(item[file])) continue;
    const inherited = { [file]: global.value(`rocketchat_${file}`) ?? null };
    const problem = unreadable(inherited, file, files);
    if (!problem) continue;
    const upstream = `could not read ${problem.params.value}: ${problem.upstream}`;
    return { ...problem, path: ["global", `rocketchat_${file}`], upstream };
  }
  return null;
}

/** A file that is named as the process sees it, not as the configuration does. */
function unreadable(value: { [key: string]: Json }, key: string, files: Files | undefined): Problem | null {
  const path = textOf(value[key]);
  if (path === "" || readAsGiven(files)(path) !== null) return null;
  return {
    code: "file_missing",
    path: [key],
    params: { key, value: path },
    upstream: `open ${path}: no such file or directory`,
  };
}

/** Relative names start from wherever Alertmanager was started: they are not found beside the configuration. */
function readAsGiven(files: Files | undefined): ReadFile {
  return (path) => (files === undefined || path.startsWith("/") ? undefined : null);
}

function readFor(key: IntegrationKey, own: boolean, files: Files | undefined): ReadFile {
  if (key === "incidentio_configs" && own) return readAsGiven(files);
  return (path) => {
    if (files === undefined || path.startsWith("/")) return undefined;
    const name = normal(path);
    return Object.hasOwn(files, name) ? files[name]! : null;
  };
}

/** `./a//b/../c` as `a/c`. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}
