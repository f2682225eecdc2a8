import { describe, expect, it } from "vitest";
import { INTEGRATION_KEYS, type IntegrationKey } from "../config/types";
import { afterFailure, afterResponse } from "./retry";

const nextOf = (key: IntegrationKey, status: number, body = "", contentType = "application/json", path = "/") =>
  afterResponse(key, { path, status, body, contentType });
const CHECKED = new Set<IntegrationKey>(["slack_configs", "rocketchat_configs", "wechat_configs", "telegram_configs"]);

describe("afterResponse", () => {
  it.each(INTEGRATION_KEYS.filter((key) => !CHECKED.has(key)))("%s: 2xx, 4xx and 5xx", (key) => {
    expect([200, 204, 299, 400, 404, 500, 503].map((status) => nextOf(key, status))).toEqual([
      ...["delivered", "delivered", "delivered", "drop", "drop", "retry", "retry"],
    ]);
  });

  it.each<[IntegrationKey, number, string]>([
    ["webhook_configs", 429, "drop"],
    ["slack_configs", 429, "drop"],
    ["pagerduty_configs", 429, "retry"],
    ["pagerduty_configs", 403, "drop"],
    ["opsgenie_configs", 429, "retry"],
    ["jira_configs", 429, "retry"],
    ["incidentio_configs", 429, "retry"],
    ["telegram_configs", 400, "retry"],
    ["wechat_configs", 404, "retry"],
  ])("%s answered %i is %s", (key, status, next) => expect(nextOf(key, status)).toBe(next));

  it("PagerDuty's first interface has 403 for too many", () => {
    const path = "/generic/2010-04-15/create_event.json";
    expect([403, 429].map((status) => nextOf("pagerduty_configs", status, "", "", path))).toEqual(["retry", "drop"]);
  });

  it.each([
    ["slack_configs", '{"ok":true}', "application/json; charset=utf-8", "delivered"],
    ["slack_configs", '{"ok":false,"error":"channel_not_found"}', "application/json", "drop"],
    ["slack_configs", "ok", "text/html", "delivered"],
    ["slack_configs", "no_service", "text/plain", "drop"],
    ["slack_configs", "not json", "application/json", "drop"],
    ["rocketchat_configs", '{"success":true}', "application/json", "delivered"],
    ["rocketchat_configs", '{"success":false}', "application/json", "drop"],
    ["telegram_configs", '{"ok":true}', "application/json", "delivered"],
    ["telegram_configs", '{"ok":false}', "application/json", "retry"],
    ["wechat_configs", '{"errcode":0}', "application/json", "delivered"],
    ["wechat_configs", '{"errcode":42001}', "application/json", "retry"],
    ["wechat_configs", '{"errcode":40003}', "application/json", "drop"],
    ["wechat_configs", "null", "application/json", "drop"],
  ] as const)("%s: 200 with %s as %s is %s", (key, body, type, next) =>
    expect(nextOf(key, 200, body, type)).toBe(next),
  );

  it("WeChat without a token is given up", () => {
    const told = (body: string) => nextOf("wechat_configs", 200, body, "", "/cgi-bin/gettoken?corpid=a");
    expect([told('{"access_token":"t"}'), told('{"access_token":""}'), told("{}")]).toEqual([
      "delivered",
      "drop",
      "drop",
    ]);
  });
});

it("without an answer all try again but Jira", () => {
  expect(INTEGRATION_KEYS.filter((key) => afterFailure(key) === "drop")).toEqual(["jira_configs"]);
});
