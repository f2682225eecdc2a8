import { type Matcher, parseMatchers, printMatcher } from "@/lib/alertmanager";
import { readAlerts } from "../preview/sample-text";

export type Labels = Readonly<Record<string, string>>;

export type AlertsProblem = { code: "line" | "operator" | "twice" | "json" | "alert" | "none" | "many"; line: number };
export type ReadLabels = { alerts: readonly Labels[]; problem: AlertsProblem | null };

/** Each is followed through the tree and drawn. */
const MOST = 20;

/**
 * What somebody typed or pasted: one alert a line (`a="b", c="d"`, also in braces or without commas), a JSON object of
 * labels, or what the APIs of Alertmanager and Prometheus answer. Empty lines and comments say nothing.
 */
export function readLabels(text: string): ReadLabels {
  if (looksLikeJson(text)) return limited(fromJson(text));
  const alerts: Labels[] = [];
  for (const [index, written] of text.split("\n").entries()) {
    const line = written.trim();
    if (line === "" || line.startsWith("#")) continue;
    const read = fromLine(line);
    if (typeof read === "string") return { alerts, problem: { code: read, line: index + 1 } };
    alerts.push(read);
  }
  return limited({ alerts, problem: null });
}

/** A line that `readLabels` reads as these labels. */
export function printLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => {
      const plain = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
      return plain ? printMatcher({ name, op: "=", value }) : `${JSON.stringify(name)}=${JSON.stringify(value)}`;
    })
    .join(", ");
}

function looksLikeJson(text: string): boolean {
  return /^\s*(?:\[|\{\s*(?:"[^"]*"\s*:|\}))/.test(text);
}

function fromJson(text: string): ReadLabels {
  const { alerts, problem } = readAlerts(text);
  if (alerts) return { alerts: alerts.map(({ labels }) => labels), problem: null };
  const plain = problem === "alert" ? labelsOf(JSON.parse(text)) : null;
  return plain ? { alerts: [plain], problem: null } : { alerts: [], problem: { code: problem, line: 1 } };
}

function labelsOf(value: unknown): Labels | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([, text]) => typeof text === "string")
    ? Object.fromEntries(entries)
    : null;
}

function fromLine(line: string): Labels | "line" | "operator" | "twice" {
  const matchers = matchersOf(line);
  if (!matchers) return "line";
  if (matchers.some(({ op }) => op !== "=")) return "operator";
  const labels = new Map(matchers.map(({ name, value }) => [name, value]));
  return labels.size < matchers.length ? "twice" : Object.fromEntries(labels);
}

/** As a route writes them, or as a shell does: with blanks between. */
function matchersOf(line: string): Matcher[] | null {
  const whole = parseMatchers(line, "utf8");
  if (whole.ok) return whole.matchers.length > 0 ? whole.matchers : null;
  const parts = line.split(/\s+/).map((part) => parseMatchers(part, "utf8"));
  const read = parts.flatMap((part) => (part.ok ? part.matchers : []));
  return parts.every(({ ok }) => ok) ? read : null;
}

/** The same alert twice is one. */
function limited({ alerts, problem }: ReadLabels): ReadLabels {
  const unique = [...new Map(alerts.map((labels) => [printLabels(labels), labels])).values()];
  if (unique.length <= MOST) return { alerts: unique, problem };
  return { alerts: unique.slice(0, MOST), problem: { code: "many", line: MOST + 1 } };
}
