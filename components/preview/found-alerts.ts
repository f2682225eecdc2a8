import type { PostedAlert } from "@/lib/alertmanager";
import type { AlertDto } from "@/lib/history/contract";

/** The newest firing of each label set whose labels or annotations hold all words of a text, in any case. */
export function foundAlerts(alerts: readonly AlertDto[], text: string): AlertDto[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const seen = new Set<string>();
  return alerts.filter((alert) => {
    if (seen.has(alert.id)) return false;
    seen.add(alert.id);
    const said = [...pairs(alert.labels), ...Object.values(alert.annotations)].join("\n").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** As a sample: whether it has ended is the cases' to say. */
export function sampleOf({ labels, annotations, generatorURL, startsAt }: AlertDto): PostedAlert {
  return { labels, annotations, startsAt, ...(generatorURL ? { generatorURL } : {}) };
}

/** Its name, and what else tells it from others. */
export function titleOf({ labels }: Pick<AlertDto, "labels">): { name: string; rest: string } {
  const { alertname, ...others } = labels;
  const rest = pairs(others).sort();
  return { name: alertname ?? rest.shift() ?? "", rest: rest.join(" ") };
}

function pairs(labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
}
