import { type Limits, limitsSchema, QUOTAS, type Quota } from "@/lib/tenancy/tiers/contract";

export type LimitTexts = Readonly<Record<Quota, string>>;

/** As they stand in inputs; nothing there is no limit, or none of one's own. */
export function textsOf(limits: Partial<Limits>): LimitTexts {
  return Object.fromEntries(QUOTAS.map((quota) => [quota, String(limits[quota] ?? "")])) as LimitTexts;
}

const read = (text: string): number | null => (text.trim() === "" ? null : Number(text));

/** What was typed for a tier; `wrong` names the inputs that cannot be. */
export function readLimits(texts: LimitTexts): { limits: Limits } | { wrong: ReadonlySet<Quota> } {
  const parsed = limitsSchema.safeParse(Object.fromEntries(QUOTAS.map((quota) => [quota, read(texts[quota])])));
  if (parsed.success) return { limits: parsed.data };
  const names = new Set(parsed.error.issues.map(({ path }) => path[0]));
  return { wrong: new Set(QUOTAS.filter((quota) => names.has(quota))) };
}

/** The same for one tenant, where only what was typed counts. */
export function readOwnLimits(texts: LimitTexts): { limits: Partial<Limits> } | { wrong: ReadonlySet<Quota> } {
  const typed = QUOTAS.filter((quota) => texts[quota].trim() !== "");
  const all = readLimits(texts);
  if ("wrong" in all) return all;
  return { limits: Object.fromEntries(typed.map((quota) => [quota, all.limits[quota]])) };
}
