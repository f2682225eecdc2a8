import { expect, it } from "vitest";
import type { IntegrationKey } from "../config/types";
import { judgeLiveness, livenessRequest } from "./liveness";
import type { HttpRequest } from "./request";

const first = (path: string, headers: HttpRequest["headers"] = []): HttpRequest => ({
  method: "POST",
  scheme: "https",
  host: "h",
  path,
  headers: [["Host", "h"], ["Content-Length", "9"], ...headers, ["Content-Type", "application/json"]],
  body: "{message}",
});

const TOKEN = ["Authorization", "Bearer t"] as const;

it.each<[IntegrationKey, HttpRequest, string | null]>([
  ["slack_configs", first("/api/chat.postMessage", [TOKEN]), "POST /api/auth.test"],
  ["slack_configs", first("/services/T/B/x"), null],
  ["telegram_configs", first("/bot1:t/sendMessage"), "GET /bot1:t/getMe"],
  ["discord_configs", first("/api/webhooks/1/t?wait=true"), "GET /api/webhooks/1/t"],
  ["discord_configs", first("/elsewhere"), null],
  ["rocketchat_configs", first("/api/v1/chat.postMessage", [["X-Auth-Token", "t"]]), "GET /api/v1/me"],
  ["webex_configs", first("/v1/messages", [TOKEN]), "GET /v1/people/me"],
  ["pushover_configs", first("/1/messages.json?message=m&token=t%2B1&user=u"), "POST /1/users/validate.json"],
  ["jira_configs", first("/rest/api/2/search"), "POST /rest/api/2/search"],
  ["webhook_configs", first("/"), null],
  ["pagerduty_configs", first("/v2/enqueue"), null],
])("%s %#: asks without telling", (key, request, expected) => {
  const asked = livenessRequest(key, request);
  expect(asked && `${asked.method} ${asked.path}`).toBe(expected);
  if (asked && asked !== request) expect(asked.body).not.toContain("message");
  if (request.headers.includes(TOKEN) && asked) expect(asked.headers).toContain(TOKEN);
});

it("Pushover's check names token and user, with its length", () => {
  const asked = livenessRequest("pushover_configs", first("/1/messages.json?message=m&token=t%2B1&user=u"));
  expect(asked).toMatchObject({ body: "token=t%2B1&user=u" });
  expect(asked?.headers).toContainEqual(["Content-Length", "18"]);
});

it.each<[IntegrationKey, number, string, string]>([
  ["slack_configs", 200, '{"ok":true,"team":"x"}', "works"],
  ["slack_configs", 200, '{"ok":false,"error":"invalid_auth"}', "refused"],
  ["slack_configs", 503, "", "unknown"],
  ["telegram_configs", 404, '{"ok":false}', "refused"],
  ["telegram_configs", 200, '{"ok":true}', "works"],
  ["discord_configs", 200, "{}", "works"],
  ["discord_configs", 404, "{}", "refused"],
  ["discord_configs", 500, "", "unknown"],
  ["wechat_configs", 200, '{"errcode":40013}', "refused"],
  ["wechat_configs", 200, '{"access_token":"t"}', "works"],
  ["pushover_configs", 400, '{"status":0}', "refused"],
  ["pushover_configs", 200, '{"status":1}', "works"],
  ["jira_configs", 401, "", "refused"],
  ["jira_configs", 429, "", "unknown"],
  ["slack_configs", 429, "{}", "unknown"],
])("%s %i %s: %s", (key, status, body, expected) => {
  expect(judgeLiveness(key, { path: "/", status, body, contentType: "" })).toBe(expected);
});
