import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Config, JsonObject, Receiver, Route } from "../config/types";
import { decodeConfig } from "../yaml/decode-config";
import { renderConfig } from "./render-config";
import { stripIds } from "./strip-ids";

const source = readFileSync(path.join(import.meta.dirname, "testdata/team-platform.yml"), "utf8");

function read(text: string): Config {
  let id = 0;
  const { config, refusals } = decodeConfig(text, { newId: () => `id-${++id}` });
  expect(refusals).toEqual([]);
  return config!;
}

/** Lines that went and came; what stands between unchanged ones. */
function lineDiff(before: string, after: string): string[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && table[i + 1]![j]! >= table[i]![j + 1]!)) lines.push(`-${a[i++]}`);
    else lines.push(`+${b[j++]}`);
  }
  return lines;
}

function edited(edit: (config: Config) => unknown): string[] {
  const config = structuredClone(read(source));
  edit(config);
  const { yaml } = renderConfig({ config, source });
  expect(stripIds(read(yaml))).toEqual(stripIds(config));
  return lineDiff(source, yaml);
}

const receiver = (config: Config, name: string) => config.receivers!.find((item) => item.name === name) as Receiver;
const routes = (config: Config) => config.route!.routes as Route[];

describe("renderConfig patches the source", () => {
  it("leaves a text alone that says the same already", () => {
    expect(edited(() => {})).toEqual([]);
  });

  it("changes one scalar in its kind of quotes and keeps the comment behind it", () => {
    expect(
      edited((config) => Object.assign(config.global as JsonObject, { smtp_smarthost: "relay.example.org:25" })),
    ).toEqual([
      "-  smtp_smarthost: 'mail.example.org:587'   # the relay in the DMZ",
      "+  smtp_smarthost: 'relay.example.org:25'   # the relay in the DMZ",
    ]);
  });

  it("adds a setting to a route before its children", () => {
    expect(edited((config) => Object.assign(routes(config)[2]!, { group_wait: "1m" }))).toEqual([
      "+      group_wait: 1m",
    ]);
  });

  it("removes a receiver and leaves the comments around it", () => {
    const lines = edited((config) => {
      config.receivers = config.receivers!.filter(({ name }) => name !== "edge-pager");
    });
    expect(lines).toEqual([
      "-  - name: edge-pager",
      "-    pagerduty_configs:",
      "-      - routing_key_file: /etc/alertmanager/secrets/edge-pagerduty",
      "-        description: >-",
      "-          {{ .CommonAnnotations.summary }}",
      "-          ({{ .CommonLabels.cluster }})",
      "-        details:",
      "-          runbook: '{{ .CommonAnnotations.runbook_url }}'  # always set for edge",
      "-          firing: '{{ .Alerts.Firing | len }}'",
    ]);
  });

  it("adds a receiver at the end of the list, before the next section's comment", () => {
    const lines = edited((config) => {
      config.receivers!.push({
        id: "new",
        name: "ops",
        webhook_configs: [{ id: "x", url: "https://ops.example.org/hook" }],
      });
    });
    expect(lines).toEqual(["+  - name: ops", "+    webhook_configs:", "+      - url: https://ops.example.org/hook"]);
  });

  it("moves a route with the comment above it", () => {
    const lines = edited((config) => {
      const list = routes(config);
      list.push(list.splice(1, 1)[0]!);
    });
    const moved = [
      "    # Noise from test clusters goes nowhere.",
      "    - receiver: blackhole",
      '      matchers: [\'cluster=~"test-.*"\', severity!="critical"]',
    ];
    expect(lines.filter((line) => line.startsWith("-") && line !== "-")).toEqual(moved.map((line) => `-${line}`));
    expect(lines.filter((line) => line.startsWith("+") && line !== "+")).toEqual(moved.map((line) => `+${line}`));
  });

  it("renames a receiver and what points at it", () => {
    const lines = edited((config) => {
      receiver(config, "data-pager").name = "data-oncall";
      routes(config)[5]!.routes![0]!.receiver = "data-oncall";
    });
    expect(lines).toEqual([
      "-        - receiver: data-pager",
      "+        - receiver: data-oncall",
      "-  - name: data-pager",
      "+  - name: data-oncall",
    ]);
  });

  it("rewrites a block of text in place", () => {
    const lines = edited((config) => {
      receiver(config, "default").slack_configs![0]!.text =
        "{{ range .Alerts }}\n- {{ .Labels.alertname }}\n{{ end }}\n";
    });
    expect(lines).toEqual([
      "-          *{{ .Labels.alertname }}* {{ .Annotations.summary }}",
      "+          - {{ .Labels.alertname }}",
    ]);
  });

  it("adds to a list in brackets and to a list of lines", () => {
    const lines = edited((config) => {
      config.route!.group_by!.push("yes");
      routes(config)[2]!.matchers!.push('env="prod"');
    });
    expect(lines).toEqual([
      "-  group_by: [alertname, cluster, namespace]",
      "+  group_by: [alertname, cluster, namespace, 'yes']",
      '+        - env="prod"',
    ]);
  });

  it("replaces one key by another where it stood", () => {
    const lines = edited((config) => {
      const [pager] = receiver(config, "search-pager").pagerduty_configs!;
      delete pager!.routing_key_file;
      pager!.routing_key = "secret://0b54b3a8-4f4c-4ae0-9f5e-6f7f1e3d2c1b/1";
    });
    expect(lines).toEqual([
      "-      - routing_key_file: /etc/alertmanager/secrets/search-pagerduty",
      "+      - routing_key: secret://0b54b3a8-4f4c-4ae0-9f5e-6f7f1e3d2c1b/1",
    ]);
  });

  it("removes the first key behind a dash and a whole block", () => {
    const lines = edited((config) => {
      delete (config.global as JsonObject).http_config;
      delete routes(config)[0]!.receiver;
    });
    expect(lines).toEqual([
      "-  http_config:",
      "-    follow_redirects: true",
      "-    # All traffic leaves through the proxy.",
      '-    proxy_url: "http://proxy.example.org:3128"',
      "-    - receiver: watchdog",
      "-      matchers:",
      "+    - matchers:",
    ]);
  });
});

describe("renderConfig with anchors", () => {
  const text = `# shared
x: &x
route: {receiver: a}
receivers:
  - name: a
    slack_configs:
      - &base  # common
        channel: '#a'
        send_resolved: yes
      - <<: *base
        channel: '#b'
`.replace("x: &x\n", "");

  it("overrides what a merge brings and writes it out when it must go", () => {
    const config = structuredClone(read(text));
    config.receivers![0]!.slack_configs![1]!.send_resolved = false;
    expect(lineDiff(text, renderConfig({ config, source: text }).yaml)).toEqual(["+        send_resolved: false"]);
    delete config.receivers![0]!.slack_configs![1]!.send_resolved;
    expect(renderConfig({ config, source: text }).yaml).toContain("      - channel: '#b'\n");
  });

  it("keeps the users of an anchor as they were when its holder changes", () => {
    const config = structuredClone(read(text));
    config.receivers![0]!.slack_configs![0]!.send_resolved = false;
    const { yaml } = renderConfig({ config, source: text });
    expect(stripIds(read(yaml))).toEqual(stripIds(config));
    expect(yaml).toContain("# common");
  });
});
