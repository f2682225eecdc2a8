export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** At most this, in the same unit. */
  goal?: number;
  /** The same thing done by somebody else or with less, in this very run. */
  peer?: { name: string; value: number };
}

const missed: string[] = [];

export function section(title: string): void {
  process.stdout.write(`\n${title}\n`);
}

export function note(text: string): void {
  process.stdout.write(`  ${text}\n`);
}

export function figure({ what, value, unit, goal, peer }: Figure): void {
  const beside = peer ? `${ratio(value / peer.value)} × ${peer.name} (${digits(peer.value)} ${unit})` : "";
  const met = goal === undefined || value <= goal;
  const verdict = goal === undefined ? "" : `goal ≤ ${goal} ${unit}: ${met ? "met" : "MISSED"}`;
  if (!met) missed.push(`${what}: ${digits(value)} ${unit}, goal ≤ ${goal} ${unit}`);
  const columns = [what.padEnd(52), `${digits(value)} ${unit}`.padStart(12), verdict, beside].filter(Boolean);
  process.stdout.write(`  ${columns.join("   ")}\n`);
}

export function summary(): void {
  section(missed.length === 0 ? "Every goal is met." : "Goals missed:");
  for (const line of missed) note(line);
}

/** `quantile(times, 0.99)`: what 99 of 100 stay below; nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2);
}

function ratio(value: number): string {
  return value >= 10 ? value.toFixed(0) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(1);
}
