import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { type Delivery, deliver, type Payload } from "./deliver";

export interface NoticeWorker {
  stop(): Promise<void>;
}

const LEASE_SECONDS = 60;
const AFTER_ERROR_MS = 5_000;
/** Of waiting, in all some two days. */
const MOST_ATTEMPTS = 12;
const [FIRST_WAIT, LONGEST_WAIT] = [15, 6 * 3600];

/** Takes what notices have to leave the house, one after the other; several workers share them by lease. */
export function startNoticeWorker({ pollMs = 1_000 }: { pollMs?: number } = {}): NoticeWorker {
  const worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  const stopping = new AbortController();
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pause = pollMs;
      try {
        if (await deliverNext(worker)) continue;
      } catch (error) {
        logger("notices").error({ err: error }, "interrupted; it goes on later");
        pause = Math.max(pollMs, AFTER_ERROR_MS);
      }
      await delay(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  }
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function deliverNext(worker: string): Promise<boolean> {
  const delivery = await claim(worker);
  if (!delivery) return false;
  let failure: string | null = null;
  try {
    await deliver(delivery);
  } catch (error) {
    failure = error instanceof AppError ? error.message.slice(0, 500) : "It could not be sent.";
    const { id, channel, attempt } = delivery;
    logger("notices").warn({ id, channel, attempt, failure }, "a notice was not taken");
  }
  const again = delivery.attempt < MOST_ATTEMPTS ? waitAfter(delivery.attempt) : null;
  await withPlatform(
    (tx) => tx.$executeRaw`SELECT end_notice(${delivery.id}::uuid, ${worker}, ${failure}, ${again}::int)`,
  );
  return true;
}

export function waitAfter(attempt: number): number {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
}

interface Claimed {
  notice_id: string;
  notice_tenant_id: string;
  notice_channel: Delivery["channel"];
  notice_person_id: string | null;
  notice_payload: Payload;
  attempt: number;
}

async function claim(worker: string): Promise<Delivery | null> {
  const [row] = await withPlatform(
    (tx) => tx.$queryRaw<Claimed[]>`
      SELECT notice_id, notice_tenant_id, notice_channel, notice_person_id, notice_payload, attempt
      FROM claim_notice(${worker}, ${LEASE_SECONDS}::int)`,
  );
  if (!row) return null;
  return {
    id: row.notice_id,
    tenantId: row.notice_tenant_id,
    channel: row.notice_channel,
    personId: row.notice_person_id,
    payload: row.notice_payload,
    attempt: row.attempt,
  };
}
