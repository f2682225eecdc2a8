import { isSecretRef } from "../config/secret-ref";
import type { Json } from "../config/types";
import type { Field, FieldType } from "../fields";
import { checkDuration, checkGoDuration } from "../go/duration";
import { goQuote } from "../go/quote";
import { checkUrl, parseGoUrl } from "../go/url";
import { compileRegexp } from "../matchers/match";
import { parseMatchers } from "../matchers/parse";
import { printMatcher } from "../matchers/print";
import { checkTemplateText } from "../templates";
import type { Context } from "./context";

/** Judges one scalar that is not null, at the context's path. */
export function checkScalar(context: Context, value: Json, type: FieldType, field: Field) {
  const { kind } = type;
  if (kind === "any") return;
  const actual = typeof value === "object" ? (Array.isArray(value) ? "a list" : "a mapping") : `a ${typeof value}`;
  const wrong = (expected: string) =>
    context.report("wrong_type", {
      params: { key: field.key, expected, actual: actual === "a string" ? "text" : actual },
    });
  if (kind === "bool") return typeof value === "boolean" ? undefined : wrong("a boolean");
  if (kind === "int" || kind === "uint" || kind === "float") return checkNumber(context, value, kind, field, wrong);
  if (typeof value === "object") return wrong("text");
  checkText(context, value === null ? "" : value, type, field);
}

function checkNumber(
  context: Context,
  value: Json,
  kind: "int" | "uint" | "float",
  field: Field,
  wrong: (expected: string) => void,
) {
  // Integers beyond what JavaScript holds exactly arrive as their digits.
  if (typeof value === "string" && /^-?[0-9]{16,20}$/.test(value)) {
    const number = BigInt(value);
    const limits = kind === "uint" ? [0n, 2n ** 64n] : [-(2n ** 63n), 2n ** 63n];
    if (kind !== "float" && (number < limits[0]! || number >= limits[1]!)) {
      // Upstream reads it as a fraction and takes what is left of it.
      context.report("number_out_of_range", { severity: "warning", params: { key: field.key, value } });
    }
    return;
  }
  if (typeof value !== "number") return wrong("a number");
  if (kind !== "float" && !Number.isInteger(value)) {
    // Upstream cuts the fraction off without a word.
    const params = { key: field.key, expected: "a whole number", actual: "a fraction" };
    return context.report("wrong_type", { severity: "warning", params });
  }
  if (kind === "uint" && value < 0) context.report("number_out_of_range", { params: { key: field.key, value } });
}

function checkText(context: Context, value: string | number | boolean, type: FieldType, field: Field) {
  const text = String(value);
  switch (type.kind) {
    case "duration": {
      const result = checkDuration(text);
      if (result.ok) return;
      const upstream =
        result.error.startsWith("unknown unit") && !context.profile.reaches("0.26")
          ? `not a valid duration string: ${goQuote(text)}`
          : result.error;
      const seconds = /^[0-9]+$/.test(text)
        ? { fix: { code: "use_seconds", edits: [{ path: context.below(), value: `${text}s` }] } }
        : {};
      return context.report("invalid_duration", { params: { value: text }, upstream, ...seconds });
    }
    case "goDuration":
      return checkGo(context, value, field);
    case "url":
      return checkPlainUrl(context, text, field, "");
    case "secret":
    case "secretUrl":
    case "secretTemplateUrl":
      return checkSecret(context, text, type.kind, field);
    case "hostPort": {
      const problem = hostPortProblem(text);
      if (problem) context.report("invalid_host_port", { params: { key: field.key }, upstream: problem });
      return;
    }
    case "enum": {
      // Other enums are judged by the rules of their struct, which know upstream's words.
      if (type.values[0] !== "TLS10" || type.values.includes(text)) return;
      const params = { key: field.key, value: text, allowed: type.values.join(", ") };
      return context.report("value_not_allowed", { params, upstream: `unknown TLS version: ${text}` });
    }
    case "regexp": {
      const compiled = compileRegexp(text);
      if (compiled.ok) return;
      return context.report("invalid_regexp", {
        params: { value: text, reason: compiled.error },
        upstream: compiled.error,
      });
    }
    case "matcher":
      return checkMatcher(context, text);
    case "labelName": {
      // Of a list of names only this one once judged its values by itself.
      if (field.key !== "equal" || context.profile.reaches("0.28") || /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text)) return;
      const upstream = `${goQuote(text)} is not a valid label name`;
      return context.report("invalid_label_name", { params: { name: text }, upstream });
    }
  }
}

function checkGo(context: Context, value: string | number | boolean, field: Field) {
  // Pushover's own duration type reads text only.
  const textOnly = field.key === "retry" || field.key === "expire" || field.key === "ttl";
  const text = String(value);
  if (typeof value === "number" && !textOnly) {
    if (value === 0) return;
    const fix = { code: "use_seconds", edits: [{ path: context.below(), value: `${value}s` }] };
    return context.report("duration_nanoseconds", { severity: "warning", params: { value }, fix });
  }
  const result = checkGoDuration(text);
  if (result.ok) return;
  const upstream = textOnly ? { upstream: result.error } : {};
  const fix = /^[0-9]+$/.test(text)
    ? { fix: { code: "use_seconds", edits: [{ path: context.below(), value: `${text}s` }] } }
    : {};
  context.report("invalid_go_duration", { params: { value: text }, ...upstream, ...fix });
}

function checkPlainUrl(context: Context, text: string, field: Field, prefix: string) {
  // The proxy is only parsed; everything else must be http(s) with a host.
  const proxy = field.key === "proxy_url";
  const result = proxy ? parseGoUrl(text) : checkUrl(text);
  if (result.ok) return;
  const error = proxy ? `parse ${goQuote(text)}: ${result.error}` : result.error;
  context.report("invalid_url", { params: { key: field.key, reason: error }, upstream: `${prefix}${error}` });
}

function checkSecret(context: Context, text: string, kind: string, field: Field) {
  if (text === "<secret>" && kind !== "secretTemplateUrl")
    return context.report("secret_placeholder", { stage: "notify" });
  if (text === "<secret>" && context.profile.reaches("0.26"))
    return context.report("secret_placeholder", { stage: "notify" });
  if (isSecretRef(text)) {
    if (!context.secrets) return;
    const facts = Object.hasOwn(context.secrets, text) ? context.secrets[text] : undefined;
    if (!facts) return context.report("secret_unknown", {});
    if (facts.kind !== kind && kind !== "secret" && facts.scheme === undefined && !facts.templated) {
      return context.report("secret_invalid", { params: { reason: "missing host for URL" } });
    }
    if (facts.valid) return;
    const upstream = facts.problem === undefined ? {} : { upstream: facts.problem };
    return context.report("secret_invalid", { params: { reason: facts.problem ?? "invalid" }, ...upstream });
  }
  if (kind === "secretUrl") checkPlainUrl(context, text, field, "");
  if (kind !== "secretTemplateUrl") return;
  if (!context.profile.reaches("0.31")) return checkPlainUrl(context, text, field, "");
  // An empty one counts as absent; the rules of the webhook say so.
  if (text === "") return;
  if (!text.includes("{{")) return checkPlainUrl(context, text, field, "invalid URL: ");
  const found = checkTemplateText(text, context.profile, { functions: "none" });
  if (!found) return;
  const upstream = `invalid template syntax: ${found.error}`;
  const problem = found.error.replace(/^template: :\d+: /, "");
  if (problem.startsWith("function")) context.report("invalid_url_template", { params: { key: field.key }, upstream });
  else context.report("template_syntax", { params: { reason: problem }, upstream });
}

/** Go's `net.SplitHostPort`, and Alertmanager's own demand of a port. */
function hostPortProblem(text: string): string | null {
  if (text === "") return null;
  const colon = text.lastIndexOf(":");
  const address = (reason: string) => `address ${text}: ${reason}`;
  if (colon < 0) return address("missing port in address");
  let [opened, closed] = [0, 0];
  if (text.startsWith("[")) {
    const end = text.indexOf("]");
    [opened, closed] = [1, end + 1];
    if (end < 0) return address("missing ']' in address");
    if (end + 1 === text.length) return address("missing port in address");
    if (end + 1 !== colon)
      return address(text[end + 1] === ":" ? "too many colons in address" : "missing port in address");
  } else if (text.slice(0, colon).includes(":")) return address("too many colons in address");
  if (text.includes("[", opened)) return address("unexpected '[' in address");
  if (text.includes("]", closed)) return address("unexpected ']' in address");
  return colon === text.length - 1 ? `address ${goQuote(text)}: port cannot be empty` : null;
}

function checkMatcher(context: Context, text: string) {
  const parsed = parseMatchers(text, context.profile.matcherDialect);
  if (!parsed.ok) {
    return context.report("invalid_matcher", { params: { value: text, reason: parsed.error }, upstream: parsed.error });
  }
  if (parsed.matchers.length === 0 && context.profile.matcherDialect === "fallback") {
    // Both syntaxes read nothing, and yet upstream logs that they disagree.
    const fix = { code: "remove_item", edits: [{ path: context.below() }] };
    return context.report("matcher_empty", { severity: "info", fix });
  }
  if (!parsed.warning) return;
  const meaning = parsed.matchers.map(printMatcher).join(",");
  const fix = { code: "rewrite_matcher", edits: [{ path: context.below(), value: meaning }] };
  if (parsed.warning === "disagreement") {
    return context.report("matcher_disagreement", { severity: "warning", params: { value: text, meaning }, fix });
  }
  if (text.endsWith("}") && !text.startsWith("{")) {
    const last = parsed.matchers.at(-1)!;
    const quoted = printMatcher({ ...last, value: `${last.value}}` });
    const value = [...parsed.matchers.slice(0, -1).map(printMatcher), quoted].join(",");
    const repair = { code: "quote_matcher", edits: [{ path: context.below(), value }] };
    return context.report("matcher_brace_lost", { severity: "warning", params: { meaning }, fix: repair });
  }
  context.report("matcher_fallback", { severity: "warning", params: { value: text, suggestion: meaning }, fix });
}
