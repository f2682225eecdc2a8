import type { IntegrationKey } from "../config/types";
import { encodeQuery } from "./address";
import type { Header, HttpRequest } from "./request";
import type { AnsweredRequest } from "./retry";

/**
 * The request that tells whether an integration's secret is accepted without telling anybody anything, made of the first
 * request that the integration would send; `null` where its provider documents none (an incoming webhook, say).
 */
export function livenessRequest(key: IntegrationKey, first: HttpRequest): HttpRequest | null {
  const path = first.path.replace(/\?.*$/s, "");
  switch (key) {
    case "slack_configs":
      // An incoming webhook has no such call; a bot's token has.
      return hasHeader(first, "Authorization") && path.endsWith("/chat.postMessage")
        ? asked(first, "POST", path.replace(/chat\.postMessage$/, "auth.test"))
        : null;
    case "telegram_configs":
      return asked(first, "GET", path.replace(/\/sendMessage$/, "/getMe"));
    case "discord_configs":
      return /\/api\/(?:v\d+\/)?webhooks\//.test(path) ? asked(first, "GET", path) : null;
    case "rocketchat_configs":
      return asked(first, "GET", path.replace(/\/chat\.postMessage$/, "/me"));
    case "webex_configs":
      return path.endsWith("/v1/messages") ? asked(first, "GET", path.replace(/messages$/, "people/me")) : null;
    case "wechat_configs":
    case "jira_configs":
      // The first of their requests only asks.
      return first;
    case "pushover_configs":
      return pushover(first);
    default:
      return null;
  }
}

/** Whether the provider took the secret: `unknown` when its answer does not say. */
export function judgeLiveness(key: IntegrationKey, answer: AnsweredRequest): "works" | "refused" | "unknown" {
  const { status, body } = answer;
  if (status === 401 || status === 403 || (status === 404 && NOT_FOUND_REFUSES.has(key))) return "refused";
  const flag = FLAGS[key];
  if (flag) {
    const value = member(body, flag.name);
    if (value === flag.works || (flag.works === "text" && typeof value === "string" && value !== "")) return "works";
    return status < 500 && body.trimStart().startsWith("{") && status !== 429 ? "refused" : "unknown";
  }
  if (status >= 200 && status < 300) return "works";
  return "unknown";
}

/** Providers whose address holds the secret. */
const NOT_FOUND_REFUSES: ReadonlySet<IntegrationKey> = new Set(["telegram_configs", "discord_configs"]);

/** Members of the answer that say it. */
const FLAGS: Partial<Record<IntegrationKey, { name: string; works: boolean | number | "text" }>> = {
  slack_configs: { name: "ok", works: true },
  telegram_configs: { name: "ok", works: true },
  wechat_configs: { name: "access_token", works: "text" },
  pushover_configs: { name: "status", works: 1 },
  rocketchat_configs: { name: "success", works: true },
};

function asked({ scheme, host, headers }: HttpRequest, method: "GET" | "POST", path: string): HttpRequest {
  const kept = headers.filter(([name]) => !["Content-Length", "Content-Type"].includes(name));
  return { method, scheme, host, path, headers: method === "POST" ? withLength(kept, 0) : kept, body: "" };
}

function withLength([host, ...rest]: readonly Header[], length: number): readonly Header[] {
  return [...(host ? [host] : []), ["Content-Length", String(length)], ...rest];
}

function hasHeader({ headers }: HttpRequest, wanted: string): boolean {
  return headers.some(([name]) => name === wanted);
}

function pushover(first: HttpRequest): HttpRequest {
  const [path = "", query = ""] = first.path.split("?");
  const given = new Map(
    query.split("&").map((pair): [string, string] => {
      const [name = "", value = ""] = pair.split("=");
      return [name, decodeURIComponent(value.replaceAll("+", " "))];
    }),
  );
  const body = encodeQuery([
    ["token", given.get("token") ?? ""],
    ["user", given.get("user") ?? ""],
  ]);
  const { scheme, host, headers } = first;
  const kept = headers.filter(([name]) => !["Content-Length", "Content-Type"].includes(name));
  return {
    method: "POST",
    scheme,
    host,
    path: path.replace(/\/messages\.json$/, "/users/validate.json"),
    headers: [...withLength(kept, body.length), ["Content-Type", "application/x-www-form-urlencoded"]],
    body,
  };
}

function member(body: string, name: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}
