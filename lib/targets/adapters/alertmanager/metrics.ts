/** The value of a metric without labels in Prometheus' text format; null when it is not there. */
export function metricValue(text: string, name: string): number | null {
  for (const line of text.split("\n")) {
    if (!line.startsWith(name)) continue;
    const match = /^(?:\{\})?\s+(\S+)/.exec(line.slice(name.length));
    if (match) {
      const value = Number(match[1]);
      return Number.isFinite(value) ? value : null;
    }
  }
  return null;
}
