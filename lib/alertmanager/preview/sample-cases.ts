import type { PostedAlert } from "../notifications/alerts";
import type { PreviewCase } from "./receiver-preview";

/** The built-in cases, in the order in which they are shown. */
export const PREVIEW_CASES = ["one", "many", "resolved", "mixed", "missing", "huge", "hostile"] as const;

/** The present of the samples, where none is given. */
export const SAMPLE_NOW = "2026-03-02T08:12:00Z";

const MINUTE = 60_000;
const MANY = 12;
const LONG = 10_000;

const LAG: PostedAlert = {
  labels: {
    alertname: "PostgresReplicationLag",
    cluster: "eu-west-1",
    instance: "db-replica-2.eu-west-1:9187",
    job: "postgres",
    service: "orders-db",
    severity: "critical",
    team: "database",
  },
  annotations: {
    summary: "db-replica-2 is 4 minutes behind its primary",
    description: "Replication lag of db-replica-2 has been above 2 minutes for 5 minutes. Reads from it are stale.",
    runbook_url: "https://runbooks.meridian.example/postgres/replication-lag",
    dashboard_url: "https://grafana.meridian.example/d/postgres?var-service=orders-db",
  },
  generatorURL: "https://prometheus.meridian.example/graph?g0.expr=pg_replication_lag_seconds+%3E+120&g0.tab=1",
};

/**
 * The strip of cases that a receiver is shown in, made of one alert: one and many firing, resolved, mixed, one without
 * labels and annotations, one with values of 10,000 characters, one with HTML, markdown and template-like text.
 *
 * `base` is a real or an edited alert, `now` (RFC 3339) the present to which times relate. The same input gives the same
 * cases. An alert that has ended is one that was notified before, while it fired.
 */
export function sampleCases(base: PostedAlert = LAG, now: string = SAMPLE_NOW): PreviewCase[] {
  const time = (minutes: number) => minutesBefore(now, minutes);
  const { endsAt: _, ...rest } = base;
  const seed: PostedAlert = { ...rest, startsAt: base.startsAt ?? time(7) };
  const resolved = (alert: PostedAlert): PostedAlert => ({ ...alert, endsAt: time(1) });
  const siblings = Array.from({ length: MANY }, (_, index) => sibling(seed, index));
  const [first = seed, second = seed, third = seed] = siblings;
  const cases: Record<(typeof PREVIEW_CASES)[number], PostedAlert[]> = {
    one: [seed],
    many: siblings,
    resolved: [resolved(seed)],
    mixed: [first, second, resolved(third)],
    missing: [bare(seed)],
    huge: [huge(seed)],
    hostile: [hostile(seed)],
  };
  return PREVIEW_CASES.map((id) => ({ id, alerts: cases[id] }));
}

function minutesBefore(now: string, minutes: number): string {
  const present = Date.parse(now);
  const time = (Number.isNaN(present) ? Date.parse(SAMPLE_NOW) : present) - minutes * MINUTE;
  return new Date(time).toISOString().replace(".000Z", "Z");
}

/** The same alert of another instance, named so wherever the first one is. */
function sibling(alert: PostedAlert, index: number): PostedAlert {
  const instance = alert.labels.instance ?? "";
  const host = instance.replace(/[:.].*$/s, "");
  const other = /\d/.test(host) ? host.replace(/\d+/, String(index + 1)) : `${host || "instance"}-${index + 1}`;
  const annotations = Object.entries(alert.annotations ?? {}).map(([name, text]): [string, string] => [
    name,
    host === "" ? text : text.replaceAll(host, other),
  ]);
  return {
    ...alert,
    labels: { ...alert.labels, instance: other + instance.slice(host.length) },
    annotations: Object.fromEntries(annotations),
  };
}

/** An alert has at least one label. */
function bare({ labels, startsAt }: PostedAlert): PostedAlert {
  const [name, value] = Object.entries(labels).find(([key]) => key === "alertname") ??
    Object.entries(labels)[0] ?? ["alertname", "Unnamed"];
  return { labels: { [name]: value }, ...(startsAt === undefined ? {} : { startsAt }) };
}

const UNICODE = [..."Réplication en retard — 複製が遅れています, реплика отстаёт, التأخر كبير 🐘🔥 "];

function huge(alert: PostedAlert): PostedAlert {
  const text = Array.from({ length: LONG }, (_, index) => UNICODE[index % UNICODE.length]).join("");
  const annotations = { summary: "", description: "", ...alert.annotations };
  const long = Object.entries(annotations).map(([name, value]) => [name, isAddress(value) ? value : text]);
  return { ...alert, labels: { ...alert.labels, query: text }, annotations: Object.fromEntries(long) };
}

function isAddress(text: string): boolean {
  return /^https?:\/\//.test(text);
}

const HOSTILE = [
  "<script>alert('x')</script><img src=x onerror=alert(1)>\"><b>bold</b> &amp; </td></table>",
  "*bold* _it_ ~gone~ `code` [link](javascript:alert(1)) <https://evil.example|here> <!channel> @everyone # h1",
  '{{ .Labels.alertname }} {{ template "none" . }} {{/* */}} }} {% if %} $HOME $(id) %s %n',
  '"quoted" \\ back\\slash\ttab\r\n: - [yes, {no: ~}] #not !!str &a *a | > \u202eright to left\u202c \u0007',
];

function hostile(alert: PostedAlert): PostedAlert {
  const text = HOSTILE.join("\n");
  const annotations = { summary: "", description: "", runbook_url: "", ...alert.annotations };
  const bad = Object.entries(annotations).map(([name, value]) => [
    name,
    isAddress(value) || name.endsWith("_url") ? "javascript:alert(1)//\"'><script>alert(1)</script>" : text,
  ]);
  const labels = { ...alert.labels, instance: HOSTILE[0]!, note: HOSTILE[1]!, expression: HOSTILE[2]! };
  return { ...alert, labels, annotations: Object.fromEntries(bad) };
}
