import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { RandomConfig, seeded } from "../validation/random-config";
import { parseConfig } from "../yaml/parse-config";
import type { PostedAlert } from "./alerts";
import { buildRequests } from "./build-requests";

const labels = { alertname: "A", severity: "critical", team: "a" };
const phases: PostedAlert[][] = [
  [{ labels, annotations: { summary: "é".repeat(900) } }],
  [{ labels, endsAt: "2026-01-01T00:00:00Z" }],
];

it.each(["0.25", "0.28", "0.31", "0.34"])("answers for whatever is written, as %s", (version) => {
  const profile = profileFor(`alertmanager@${version}`);
  let requests = 0;
  for (let seed = 0; seed < 100; seed++) {
    const text = new RandomConfig(seeded(seed), profile).text();
    const { config } = parseConfig(text, { profile, newId: () => "n" });
    if (!config) continue;
    requests += buildRequests(config, profile, { phases, externalURL: "http://am" }).requests.length;
  }
  expect(requests).toBeGreaterThan(70);
});
