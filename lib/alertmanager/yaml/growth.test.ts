import { expect, it } from "vitest";
import { CONFIG_STRUCT } from "../config/structs";
import type { Receiver } from "../config/types";
import { renderConfig } from "../rendering/render-config";
import { decodeSource } from "./decode";
import { decodeConfig } from "./decode-config";
import { parseSource } from "./source";

function routes(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, index) =>
      `    - receiver: team-${index % 50}\n      matchers:\n        - team="team-${index}"\n        - severity=~"critical|warning"\n` +
      `      group_by: [alertname, cluster, 'service']\n      group_wait: 30s\n      repeat_interval: 4h  # comment ${index}\n`,
  );
  return `route:\n  receiver: team-0\n  routes:\n${lines.join("")}`;
}

function receivers(count: number): string {
  const lines = Array.from(
    { length: count },
    (_, index) =>
      `  - name: team-${index}\n    slack_configs:\n      - channel: '#team-${index}'  # c\n        title: "{{ .Status }}"\n` +
      "        text: |\n          {{ range .Alerts }}\n          {{ end }}\n",
  );
  return `receivers:\n${lines.join("")}`;
}

/** The best of several runs: other work on the machine only ever adds to it. */
function fastest(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return Math.min(...times);
}

it("takes eight times as long for eight times as many routes", () => {
  const perRoute = (count: number) => {
    const text = routes(count);
    return fastest(8, () => decodeSource(parseSource(text), CONFIG_STRUCT)) / count;
  };
  const small = perRoute(1000);
  // 10 µs on a quiet machine, for both.
  expect(perRoute(8000)).toBeLessThan(small * 5);
});

it("writes an edit among 1,000 receivers without reading all of them again", () => {
  const source = receivers(1000);
  const { config } = decodeConfig(source, { newId: () => "id" });
  const whole = fastest(5, () => decodeSource(parseSource(source), CONFIG_STRUCT));
  let edits = 0;
  const edit = fastest(10, () => {
    const edited = structuredClone(config!.receivers![500]) as Receiver;
    edited.slack_configs![0]!.channel = `#new-${++edits}`;
    const { yaml } = renderConfig({ config: { receivers: config!.receivers!.with(500, edited) }, source });
    expect(yaml).toBe(source.replace("#team-500'", `#new-${edits}'`));
  });
  // 2 ms on a quiet machine, half of what reading takes; with the rest of the text it would be more than both.
  expect(edit).toBeLessThan(whole * 1.5);
});
