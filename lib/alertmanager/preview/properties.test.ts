import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visitSecrets } from "../config/secrets";
import type { Config } from "../config/types";
import type { PostedAlert } from "../notifications/alerts";
import { buildRequests } from "../notifications/build-requests";
import type { HttpRequest, SmtpRequest } from "../notifications/request";
import { profileFor } from "../profiles";
import { RandomConfig, seeded } from "../validation/random-config";
import { parseConfig } from "../yaml/parse-config";
import { checkNotifications } from "./check-notifications";
import { asCurl } from "./curl";
import { maskSecrets, SECRET_MARK, SECRET_NUMBER } from "./mask";
import { previewReceiver } from "./preview-receiver";
import { sampleCases } from "./sample-cases";

const externalURL = "https://am.example";
const VERSIONS = ["0.25", "0.28", "0.31", "0.34"];
const profileAt = (version: string) => profileFor(`alertmanager@${version}`);

function randomConfig(seed: number, version: string): Config | null {
  const profile = profileAt(version);
  const text = new RandomConfig(seeded(seed), profile).text();
  return parseConfig(text, { profile, newId: () => "n" }).config;
}

describe("whatever is written", () => {
  const drawn = fc.record({ seed: fc.nat(), version: fc.constantFrom(...VERSIONS) });

  it("is shown and judged, and never a reason to throw", () => {
    let requests = 0;
    fc.assert(
      fc.property(drawn, ({ seed, version }) => {
        const config = randomConfig(seed, version);
        if (!config) return;
        const document = { config, templates: [] };
        for (const receiver of Array.isArray(config.receivers) ? config.receivers.keys() : []) {
          const { integrations } = previewReceiver(document, profileAt(version), { receiver, externalURL });
          requests += integrations.flatMap(({ cases }) => cases.flatMap((one) => one.requests)).length;
        }
        checkNotifications(document, profileAt(version));
      }),
      { numRuns: 60 },
    );
    expect(requests).toBeGreaterThan(100);
  });

  it("never shows what a secret field holds", () => {
    let looked = 0;
    const words = fc.constantFrom("hunter2hunter2", "Zm9vYmFy0123", "{{ .Status }}hunter2hunter2");
    fc.assert(
      fc.property(drawn, words, ({ seed, version }, word) => {
        const config = randomConfig(seed, version);
        if (!config || !Array.isArray(config.receivers)) return;
        const secret = withSecrets(config, word);
        for (const receiver of config.receivers.keys()) {
          const { integrations } = previewReceiver({ config: secret, templates: [] }, profileAt(version), {
            ...{ receiver, externalURL },
            cases: sampleCases().slice(0, 3),
          });
          for (const one of integrations.flatMap(({ cases }) => cases)) {
            const { requests, ...rest } = one;
            for (const request of requests) {
              looked++;
              expectNoSecret(JSON.stringify(maskSecrets(request)) + asCurl(request));
            }
            expect(JSON.stringify(rest)).not.toContain("hunter2");
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(looked).toBeGreaterThan(50);
  });
});

/** Every secret is this word, or an address with it. */
function withSecrets(config: Config, word: string): Config {
  const copy = structuredClone(config);
  visitSecrets(copy, (path, value) => {
    const above = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy);
    const address = /^(https?):\/\/([^/]*)/i.exec(value);
    (above as Record<string, unknown>)[path.at(-1)!] = address ? `${address[0]}/${word}` : word;
  });
  return copy;
}

function expectNoSecret(text: string): void {
  const decoded = text.replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (word) => {
    try {
      return `${word} ${atob(word)}`;
    } catch {
      return word;
    }
  });
  for (const secret of ["hunter2", "Zm9vYmFy0123", SECRET_MARK, SECRET_NUMBER]) expect(decoded).not.toContain(secret);
}

describe("one receiver alone", () => {
  const alert = fc.record({
    alertname: fc.constantFrom("Down", "Lag"),
    team: fc.constantFrom("a", "b"),
    summary: fc.string({ maxLength: 30 }),
  });
  const shape = fc.record({
    groupBy: fc.subarray(["alertname", "team", "..."], { minLength: 1 }),
    title: fc.constantFrom("{{ .CommonAnnotations.summary }}", "{{ .GroupLabels.SortedPairs }}", "x"),
    version: fc.constantFrom(...VERSIONS),
  });

  it("sends what it sends among others", () => {
    fc.assert(
      fc.property(alert, shape, ({ alertname, team, summary }, { groupBy, title, version }) => {
        const group_by = groupBy.includes("...") ? ["..."] : groupBy;
        const text = JSON.stringify({
          route: { receiver: "other", routes: [{ receiver: "team", group_by, matchers: ['alertname=~".+"'] }] },
          receivers: [{ name: "other" }, { name: "team", ...receiving(title) }],
        });
        const profile = profileAt(version);
        const config = parseConfig(text, { profile, newId: () => "n" }).config!;
        const posted: PostedAlert = {
          labels: { alertname, team },
          annotations: { summary },
          startsAt: "2026-01-01T00:00:00Z",
        };
        const built = buildRequests(config, profile, { phases: [[posted]], externalURL });
        const cases = [{ id: "one", alerts: [posted] }];
        const preview = previewReceiver({ config, templates: [] }, profile, { receiver: "team", cases, externalURL });
        const shown = preview.integrations.flatMap((one) => one.cases.flatMap(({ requests }) => requests));
        expect(shown.map(comparable)).toEqual(built.requests.map(({ phase: _, ...request }) => comparable(request)));
      }),
      { numRuns: 80 },
    );
  });
});

function receiving(title: string) {
  return {
    webhook_configs: [{ url: "http://hook.example/x" }],
    slack_configs: [{ api_url: "https://slack.example/x", channel: "c", title, send_resolved: true }],
    email_configs: [{ to: "a@b.c", from: "d@e.f", smarthost: "h:25", headers: { Subject: title } }],
    opsgenie_configs: [{ api_key: "k", message: title }],
  };
}

/** Without what is a secret. */
function comparable(request: HttpRequest | SmtpRequest) {
  if ("smtp" in request) return request;
  const { path, headers, ...rest } = request;
  const kept = headers.filter(([name]) => name !== "Authorization");
  return { ...rest, headers: kept, path: path === "/x" ? `/${SECRET_MARK}` : path };
}
