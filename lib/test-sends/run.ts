import { type BuildOptions, buildRequests, type Config, type TargetProfile } from "@/lib/alertmanager";
import { env } from "@/lib/env";
import type { TestCase, TestedIntegration, TestOutcome, TestRequestDto } from "./contract";
import type { Loaded } from "./load";
import { mailSettingsOf } from "./mail-settings";
import type { Redactor } from "./redact";
import { type Sent, sendHttp } from "./send-http";
import { sendMail } from "./send-mail";
import { signingKeyOf, signSns } from "./sign-sns";
import { templateFilesOf } from "./single";
import { type Transport, transportOf, Unsupported } from "./transport";

export interface Run {
  /** With one integration, and its secrets opened. */
  config: Config;
  profile: TargetProfile;
  options: BuildOptions;
  case: TestCase;
  redactor: Redactor;
}

export interface Outcome {
  outcome: TestOutcome;
  note: string;
  requests: TestRequestDto[];
  durationMs: number;
}

/** No integration sends more for one alert that fires and is resolved. */
const MOST_REQUESTS = 16;

/** Sends what the integration sends, one request after the other: each is built with the answers to those before it. */
export async function runIntegration(run: Run, tested: TestedIntegration): Promise<Outcome> {
  const began = performance.now();
  const requests: TestRequestDto[] = [];
  const ended = (outcome: TestOutcome, note = ""): Outcome => ({
    outcome,
    note: run.redactor.clip(note),
    requests,
    durationMs: Math.round(performance.now() - began),
  });
  try {
    const answers: string[] = [];
    while (answers.length < MOST_REQUESTS) {
      const built = buildRequests(run.config, run.profile, { ...run.options, server: { answers } });
      const request = built.requests[answers.length];
      if (!request) return ended(...endOf(built, requests));
      if (run.case === "resolved" && request.phase === 0) {
        // What would have been sent before is left out, and so are its answers.
        answers.push("");
        continue;
      }
      const { dto, answer } = await send(run, tested, request);
      requests.push(dto);
      if (dto.next !== "delivered")
        return ended(dto.error?.reason === "refused" ? "refused" : dto.next, dto.error?.message);
      answers.push(answer?.body ?? "");
    }
    return ended("drop", "It would send more requests than any integration does.");
  } catch (error) {
    if (error instanceof Unsupported) return ended("unsupported", error.message);
    throw error;
  }
}

type Built = ReturnType<typeof buildRequests>;

function endOf({ failures, crash }: Built, requests: readonly TestRequestDto[]): [TestOutcome, string?] {
  if (crash !== undefined) return ["drop", crash];
  const [failure] = failures;
  if (failure) return [failure.retried ? "retry" : "drop", failure.message];
  return [requests.length > 0 ? "delivered" : "silent"];
}

/** What the builder is given beside the configuration. */
export function optionsFor({ document, defaults }: Loaded, phases: BuildOptions["phases"]): BuildOptions {
  return {
    phases,
    externalURL: (env().PUBLIC_URL ?? "http://localhost:9093").replace(/\/+$/, ""),
    files: templateFilesOf(document),
    ...(defaults ? { defaults } : {}),
    now: new Date().toISOString(),
  };
}

/** @throws Unsupported */
export function transportFor({ global, receivers }: Config, { key }: TestedIntegration): Transport {
  return transportOf(receivers?.[0]?.[key]?.[0]?.http_config ?? global?.http_config);
}

async function send(
  { config, redactor }: Run,
  tested: TestedIntegration,
  request: Built["requests"][number],
): Promise<Sent> {
  if ("smtp" in request) return sendMail(request, mailSettingsOf(config), redactor);
  const { key } = tested;
  const transport = transportFor(config, tested);
  const signed =
    key === "sns_configs"
      ? signSns(request, signingKeyOf(config.receivers?.[0]?.[key]?.[0] ?? {}), new Date())
      : request;
  const sent = await sendHttp(key, signed, transport, redactor);
  if (key === "wechat_configs") learnToken(sent, redactor);
  return sent;
}

/** WeChat's token is as good as the secret it was given for. */
function learnToken({ dto, answer }: Sent, redactor: Redactor): void {
  const token = /"access_token"\s*:\s*"([^"]+)"/.exec(answer?.body ?? "")?.[1];
  if (token === undefined) return;
  redactor.add(token);
  dto.response = redactor.clip(answer?.body ?? "");
}
