import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { profileFor } from "@/lib/alertmanager";
import { executeTemplate, parseTemplates } from "@/lib/alertmanager/templates";
import { PreparedData } from "@/lib/alertmanager/templates/model";
import { figure, note, quantile, section } from "./figures";

const INSTALLED = "/usr/share/prometheus/alertmanager";
const PROFILE = profileFor("alertmanager@0.25");
/** In µs per render: what Go takes in its own process, measured on another machine. */
const GO = { title: 34, page: 2_600 };

/** Rendering in process, beside Go's figure and the real program as a process of its own. */
export function benchTemplates(): void {
  section(
    "Templates (in process, median of processor time); Go's own figure is from a reference machine, amtool is a whole process",
  );
  const files = ["default.tmpl", "email.tmpl"].flatMap((name) => {
    const file = path.join(INSTALLED, name);
    return existsSync(file) ? [{ name, content: readFileSync(file, "utf8") }] : [];
  });
  const installed = files.length === 2 ? { defaults: files } : {};
  const { set } = parseTemplates([], PROFILE, installed);
  const render = (kind: "text" | "html", name: string, alerts: number, go: number) => {
    const plain = dataOf(alerts);
    // As in a notification, whose fields share it.
    const data = new PreparedData(plain, PROFILE);
    const text = `{{ template "${name}" . }}`;
    const work = () => {
      const result = executeTemplate(set, { kind, text, data, profile: PROFILE, pointerData: true });
      if (!result.ok) throw new Error(result.error);
    };
    const what = `${name}, ${alerts} alerts`;
    figure({
      what,
      value: median(work, kind === "text" ? 2_000 : 30),
      unit: "µs",
      goal: go,
      peer: { name: "Go", value: go },
    });
    const amtool = wholeProcess(kind, text, plain);
    if (amtool !== null) note(`${" ".repeat(4)}amtool template render: ${(amtool / 1000).toFixed(0)} ms`);
  };
  render("text", "slack.default.title", 10, GO.title);
  if (files.length === 2) render("html", "email.default.html", 100, GO.page);
  else note("email.default.html: no Alertmanager of Debian is installed, so there is none to render");
}

function dataOf(count: number) {
  const common = { alertname: "HighLatency", cluster: "eu1", job: "web", severity: "critical" };
  const alerts = Array.from({ length: count }, (_, at) => ({
    status: at % 4 === 0 ? "resolved" : "firing",
    labels: { ...common, instance: `web-${at}:9100` },
    annotations: { summary: `Latency of web-${at} is high`, runbook: "https://wiki.example.org/r?a=1&b=2" },
    startsAt: "2026-02-03T04:05:06.789Z",
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "http://prom.example.org/graph?g0.expr=up%3D%3D0&g0.tab=1",
    fingerprint: "0123456789abcdef",
  }));
  const groupLabels = { alertname: common.alertname, cluster: common.cluster };
  const commonAnnotations = { runbook: "https://wiki.example.org/r?a=1&b=2" };
  const rest = { externalURL: "http://am.example.org:9093", groupLabels, commonLabels: common, commonAnnotations };
  return { receiver: "team", status: "firing", alerts, ...rest };
}

/** In µs of processor time for one time, out of rounds of many: a busy machine changes it little. */
function median(work: () => void, times: number): number {
  for (let count = 0; count < 3 * times; count++) work();
  const rounds = Array.from({ length: 15 }, () => {
    const before = process.cpuUsage();
    for (let count = 0; count < times; count++) work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  });
  return quantile(rounds, 0.5);
}

function wholeProcess(kind: string, text: string, data: object): number | null {
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-bench-"));
  try {
    const file = path.join(folder, "data.json");
    writeFileSync(file, JSON.stringify(data));
    const options = { glob: `${INSTALLED}/*.tmpl`, type: kind, data: file, text };
    const args = Object.entries(options).map(([name, value]) => `--template.${name}=${value}`);
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now();
      const { status, error } = spawnSync("amtool", ["template", "render", ...args]);
      return error || status !== 0 ? Number.NaN : (performance.now() - began) * 1_000;
    });
    return times.some(Number.isNaN) ? null : quantile(times, 0.5);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
