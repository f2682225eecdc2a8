import type { IntegrationKey } from "../config/types";

/** What Alertmanager does after one request: it is content, it tries again until the flush is over, or it gives up. */
export type NextStep = "delivered" | "retry" | "drop";

export interface AnsweredRequest {
  /** Path of the request, which tells PagerDuty's interfaces and WeChat's calls apart. */
  path: string;
  status: number;
  contentType: string;
  body: string;
}

/** Codes below 500 after which an integration tries again. */
const ALSO_RETRIED: Partial<Readonly<Record<IntegrationKey, readonly number[]>>> = {
  opsgenie_configs: [429],
  jira_configs: [429],
  incidentio_configs: [429],
};

/**
 * What Alertmanager does next when `answer` comes back for one request of an integration. 2xx is a success, 5xx is tried
 * again, anything else is given up; on top of that each integration has codes, and answers of 200 that say no. Never
 * throws: an answer that cannot be read counts as it would there.
 */
export function afterResponse(key: IntegrationKey, answer: AnsweredRequest): NextStep {
  const { status } = answer;
  if (key === "telegram_configs") return told(answer).ok === true ? "delivered" : "retry";
  if (key === "wechat_configs") return afterWechat(answer);
  if (status >= 200 && status < 300) return saysNo(key, answer) ? "drop" : "delivered";
  if (status >= 500) return "retry";
  const also = key === "pagerduty_configs" ? [isFirstPagerDuty(answer.path) ? 403 : 429] : ALSO_RETRIED[key];
  return also?.includes(status) ? "retry" : "drop";
}

/** What it does when no answer came: no connection, no certificate, no time. Only Jira gives up. */
export function afterFailure(key: IntegrationKey): NextStep {
  return key === "jira_configs" ? "drop" : "retry";
}

function isFirstPagerDuty(path: string): boolean {
  return path.startsWith("/generic/2010-04-15/");
}

function saysNo(key: IntegrationKey, answer: AnsweredRequest): boolean {
  if (key === "rocketchat_configs") return told(answer).success !== true;
  if (key !== "slack_configs") return false;
  if (answer.contentType.startsWith("application/json")) return told(answer).ok !== true;
  return answer.body !== "ok";
}

function afterWechat(answer: AnsweredRequest): NextStep {
  const { access_token: token, errcode } = told(answer);
  if (/\/gettoken(?:\?|$)/.test(answer.path)) return typeof token === "string" && token !== "" ? "delivered" : "drop";
  if (answer.status !== 200) return "retry";
  if (errcode === 0) return "delivered";
  return errcode === 42001 ? "retry" : "drop";
}

function told({ body }: AnsweredRequest): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
