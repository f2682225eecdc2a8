import { type Labels, printLabels } from "./alerts-text";

/** A label while it is typed: either half may be empty yet. `id` only tells rows apart. */
export type LabelRow = { id: number; name: string; value: string };
/** The rows of one alert. */
export type AlertRows = { id: number; rows: readonly LabelRow[] };

let numbered = 0;
const nextId = () => ++numbered;

export function newRow(name = "", value = ""): LabelRow {
  return { id: nextId(), name, value };
}

/** One that most alerts begin with. */
export function newAlert(labels: Labels = { alertname: "" }): AlertRows {
  return { id: nextId(), rows: Object.entries(labels).map(([name, value]) => newRow(name, value)) };
}

/** What `readLabels` reads as these alerts: a line each. Rows that are half typed say nothing yet. */
export function textOfRows(alerts: readonly AlertRows[]): string {
  return alerts
    .map(({ rows }) => rows.filter(({ name, value }) => name.trim() !== "" && value !== ""))
    .filter((rows) => rows.length > 0)
    .map((rows) => rows.map(({ name, value }) => printLabels({ [name.trim()]: value })).join(", "))
    .join("\n");
}

/** Names that stand in several rows of the alert: it has one value for each. */
export function repeatedNames({ rows }: AlertRows): ReadonlySet<string> {
  const names = rows.map(({ name }) => name.trim()).filter((name) => name !== "");
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}
