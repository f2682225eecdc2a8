import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { withPlatform, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { command, namesOf } from "@/lib/tenancy";
import { type CreatedTap, createTapSchema, type TapDto } from "./contract";
import { type HistoryEvent, historyStream } from "./stream";

const MOST_TAPS = 20;
/** Also how long a revoked token may still be taken by a process that knew it. */
const REMEMBERED_MS = 3_000;
const USED_EVERY_MS = 60_000;

const digest = (token: string) => createHash("sha256").update(token).digest();

export const createTap = command(
  {
    name: "create-tap",
    permission: "tenant:settings",
    input: createTapSchema,
    stream: historyStream,
    feature: "taps",
  },
  async (_state, { name }, { tx, ctx, now, newId }) => {
    if ((await tx.tap.count()) >= MOST_TAPS)
      throw new AppError("conflict", `There are ${MOST_TAPS} taps. Remove one first.`);
    const id = newId();
    const token = `sbtap_${randomBytes(32).toString("base64url")}`;
    const data = {
      id,
      tenantId: ctx.tenantId,
      name,
      tokenHash: digest(token),
      createdBy: ctx.actor.id,
      createdAt: now,
    };
    await tx.tap.create({ data });
    const event: HistoryEvent = { type: "TapCreated", data: { tap: id, name } };
    const names = await namesOf(tx, [ctx.actor.id]);
    const tap: TapDto = {
      ...{ id, name, createdAt: now.toISOString(), lastUsedAt: null },
      createdBy: names[ctx.actor.id] ?? null,
    };
    const result: CreatedTap = { tap, token, prometheus: prometheusText(token) };
    return { events: [event], result };
  },
);

export const revokeTap = command(
  {
    name: "revoke-tap",
    permission: "tenant:settings",
    input: z.object({ id: z.uuid() }),
    stream: historyStream,
    inAnyState: true,
  },
  async (_state, { id }, { tx }) => {
    const tap = await tx.tap.findUnique({ where: { id } });
    if (!tap) throw new AppError("not_found", "There is no such tap.");
    await tx.tap.delete({ where: { id } });
    const event: HistoryEvent = { type: "TapRevoked", data: { tap: id, name: tap.name } };
    return { events: [event], result: undefined };
  },
);

interface Known {
  id: string;
  tenantId: string;
  until: number;
  used: number;
}
const known = new Map<string, Known>();
const MOST_REMEMBERED = 1_000;

/** Whose token it is; `null` for one that is not, or not any more. */
export async function tapOf(token: string, now = Date.now()): Promise<{ id: string; tenantId: string } | null> {
  const hash = digest(token);
  const key = hash.toString("base64");
  const before = known.get(key);
  if (before && before.until > now) return before;
  known.delete(key);
  const [row] = await withPlatform(
    (tx) => tx.$queryRaw<{ tap_id: string; tap_tenant_id: string }[]>`SELECT * FROM tap_of_token(${hash})`,
  );
  if (!row) return null;
  const tap: Known = {
    id: row.tap_id,
    tenantId: row.tap_tenant_id,
    until: now + REMEMBERED_MS,
    used: before?.used ?? 0,
  };
  if (known.size >= MOST_REMEMBERED) known.delete(known.keys().next().value ?? "");
  known.set(key, tap);
  if (now - tap.used >= USED_EVERY_MS) {
    tap.used = now;
    await withTenant(tap.tenantId, (tx) =>
      tx.tap.updateMany({ where: { id: tap.id }, data: { lastUsedAt: new Date(now) } }),
    );
  }
  return tap;
}

/** The part of a `prometheus.yml` that sends alerts here too. The token stands in a header, where no log shows it. */
function prometheusText(token: string): string {
  const url = new URL(env().PUBLIC_URL ?? "http://127.0.0.1:3000");
  return `alerting:
  alertmanagers:
    - scheme: ${url.protocol.replace(":", "")}
      path_prefix: /api/tap
      authorization:
        credentials: ${token}
      static_configs:
        - targets: ["${url.host}"]
`;
}
