import { z } from "zod";
import type { ConfigDocument } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { type CommandTools, type QuotaUse, query } from "@/lib/tenancy";
import type { Quota } from "@/lib/tenancy/tiers/contract";
import type { ChangeState } from "./events";
import { documentOf, findChange, findLive, frozenDocument } from "./rows";

type Counted = Extract<Quota, "receivers" | "integrations" | "routes" | "templates" | "templateBytes">;
type ConfigUsage = Readonly<Record<Counted, number>>;

const NOTHING: ConfigUsage = { receivers: 0, integrations: 0, routes: 0, templates: 0, templateBytes: 0 };

/** What a tier counts in a document, which may be a draft that holds anything anywhere. The root is no route of the tenant's. */
export function countUsage({ config, templates }: Pick<ConfigDocument, "config" | "templates">): ConfigUsage {
  const receivers = listOf(config.receivers);
  return {
    receivers: receivers.length,
    integrations: receivers.reduce<number>((sum, receiver) => sum + integrationsOf(receiver), 0),
    routes: routesBelow(config.route),
    templates: templates.length,
    templateBytes: templates.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0),
  };
}

function integrationsOf(receiver: unknown): number {
  return Object.entries(Object(receiver) as object)
    .filter(([key]) => key.endsWith("_configs"))
    .reduce((sum, [, list]) => sum + listOf(list).length, 0);
}

function routesBelow(route: unknown): number {
  let count = 0;
  const waiting = [route];
  while (waiting.length > 0) {
    const { routes } = Object(waiting.pop()) as { routes?: unknown };
    const children = listOf(routes);
    count += children.length;
    for (const child of children) waiting.push(child);
  }
  return count;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

async function liveUsage(tx: Transaction, tenantId: string): Promise<ConfigUsage> {
  const live = await findLive(tx, tenantId);
  return live ? countUsage(frozenDocument(live)) : NOTHING;
}

const MOST_REMEMBERED = 5_000;
const remembered = new Map<string, ConfigUsage>();

async function rememberedUsage(key: string, count: () => Promise<ConfigUsage>): Promise<ConfigUsage> {
  const usage = remembered.get(key) ?? (await count());
  remembered.delete(key);
  if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  remembered.set(key, usage);
  return usage;
}

/** The largest that is live or in an open change, and how many changes and revisions there are. */
export const configUsage = query(
  { name: "config-usage", permission: "configuration:view", input: z.undefined() },
  async (tx, _input, { tenantId }) => {
    const live = await findLiveNumber(tx, tenantId);
    const open = await tx.change.findMany({
      where: { tenantId, status: { notIn: CLOSED } },
      select: { id: true, version: true },
    });
    const all = [
      ...(live === null ? [] : [await rememberedUsage(`${tenantId} ${live}`, () => liveUsage(tx, tenantId))]),
      ...(await inTurn(open, ({ id, version }) =>
        rememberedUsage(`${id} ${version}`, async () => countUsage(documentOf(await findChange(tx, id)))),
      )),
    ];
    const most = (quota: Counted) => Math.max(0, ...all.map((usage) => usage[quota]));
    return {
      receivers: most("receivers"),
      integrations: most("integrations"),
      routes: most("routes"),
      templates: most("templates"),
      templateBytes: most("templateBytes"),
      openChanges: open.length,
      revisions: await tx.revision.count({ where: { tenantId, prunedAt: null } }),
    };
  },
);

async function findLiveNumber(tx: Transaction, tenantId: string): Promise<number | null> {
  const live = await tx.revision.findFirst({
    where: { tenantId, publishedAt: { not: null } },
    orderBy: [{ publishedAt: "desc" }, { number: "desc" }],
    select: { number: true },
  });
  return live?.number ?? null;
}

/** One transaction answers one question at a time. */
async function inTurn<Item, Result>(items: readonly Item[], ask: (item: Item) => Promise<Result>): Promise<Result[]> {
  const answers: Result[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}

/** Of changes that nothing becomes of any more. */
export const CLOSED = ["published", "abandoned"];

/** Changes that are neither published nor given up. */
export function countOpenChanges(tx: Transaction, tenantId: string): Promise<number> {
  return tx.change.count({ where: { tenantId, status: { notIn: CLOSED } } });
}

/**
 * What a command makes of a change's document and of the number of changes. What is live, or was in the change before,
 * may stay where a limit was lowered since; a freeze may not make more live than the limit or what is live.
 */
export async function changeQuotas(
  before: ChangeState,
  after: ChangeState,
  { tx, ctx: { tenantId } }: CommandTools,
): Promise<QuotaUse[]> {
  const uses: QuotaUse[] = [];
  if (before.status === "none") {
    const open = await countOpenChanges(tx, tenantId);
    uses.push({ quota: "openChanges", after: open + 1, before: () => open });
  }
  const freezes = after.status === "frozen" && before.status !== "frozen";
  if (before.document === after.document && !freezes) return uses;
  let live: Promise<ConfigUsage> | undefined;
  const own = before.status === "none" || freezes ? NOTHING : countUsage(before.document);
  for (const [quota, count] of Object.entries(countUsage(after.document)) as [Counted, number][]) {
    const most = async () => {
      live ??= liveUsage(tx, tenantId);
      return Math.max(own[quota], (await live)[quota]);
    };
    uses.push({ quota, after: count, before: most });
  }
  return uses;
}
