import { z } from "zod";
import type { PostedAlert } from "@/lib/alertmanager";

const texts = z.record(z.string(), z.string());

/** An alert as Alertmanager's API takes and gives it; what it gives besides (`status`, `receivers`, …) is left out. */
export const alertSchema = z.object({
  labels: texts.refine((labels) => Object.keys(labels).length > 0),
  annotations: texts.optional(),
  startsAt: z.iso.datetime({ offset: true }).optional(),
  endsAt: z.iso.datetime({ offset: true }).optional(),
  generatorURL: z.string().optional(),
});

/** An alert as Prometheus' `/api/v1/alerts` gives it. */
const prometheusSchema = z
  .object({
    labels: texts,
    annotations: texts.optional(),
    activeAt: z.iso.datetime({ offset: true }),
  })
  .transform(({ activeAt, ...rest }): z.infer<typeof alertSchema> => ({ ...rest, startsAt: activeAt }));

const listSchema = z.union([
  z.array(alertSchema),
  alertSchema.transform((alert) => [alert]),
  // Before the envelopes: what holds `alerts` is a webhook's body or Prometheus' own answer.
  z.object({ data: z.object({ alerts: z.array(prometheusSchema) }) }).transform(({ data }) => data.alerts),
  z.object({ data: z.array(alertSchema) }).transform(({ data }) => data),
  z.object({ alerts: z.array(alertSchema) }).transform(({ alerts }) => alerts),
]);

export type ReadAlerts =
  | { alerts: PostedAlert[]; problem: null }
  | { alerts: null; problem: "json" | "alert" | "none" };

/**
 * The alerts of a text that somebody pasted: `/api/v2/alerts` of Alertmanager, `/api/v1/alerts` of Prometheus, the body
 * of a webhook, or one alert alone.
 */
export function readAlerts(text: string): ReadAlerts {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { alerts: null, problem: "json" };
  }
  const read = listSchema.safeParse(json);
  if (!read.success) return { alerts: null, problem: "alert" };
  if (read.data.length === 0) return { alerts: null, problem: "none" };
  return { alerts: read.data.map(asPosted), problem: null };
}

/** Without the keys that say nothing. A time that has not come is no end. */
function asPosted({ labels, annotations, startsAt, generatorURL }: z.infer<typeof alertSchema>): PostedAlert {
  return {
    labels,
    ...(annotations ? { annotations } : {}),
    ...(startsAt ? { startsAt } : {}),
    ...(generatorURL ? { generatorURL } : {}),
  };
}

/** One row of a form: a name and what it says. */
export type Pair = { id: number; name: string; value: string };

export function pairsOf(texts: Readonly<Record<string, string>> = {}): Pair[] {
  return Object.entries(texts).map(([name, value], id) => ({ id, name, value }));
}

/** Rows without a name say nothing; of two with one name the first is faulty. */
export function textsOf(pairs: readonly Pair[]): { texts: Record<string, string>; twice: string | null } {
  const texts: Record<string, string> = {};
  let twice: string | null = null;
  for (const { name, value } of pairs) {
    if (name === "") continue;
    if (Object.hasOwn(texts, name)) twice = name;
    texts[name] = value;
  }
  return { texts, twice };
}

export function isTime(text: string): boolean {
  return text === "" || z.iso.datetime({ offset: true }).safeParse(text).success;
}
