import { createHash } from "node:crypto";
import { type Transaction, withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { addressKey } from "@/lib/resilience";

const FREE_FAILURES = 5;
const MAX_BLOCK_MS = 15 * 60_000;
const FORGET_MS = 24 * 3_600_000;

/** Of one account, tried from one place: so nobody can shut the owner out, who is elsewhere. */
export interface Attempt {
  account: string;
  address: string;
}

const keyOf = ({ account, address }: Attempt) =>
  createHash("sha256")
    .update(`sign-in\0${account}\0${addressKey(address)}`)
    .digest("hex");

const SWEEP_EVERY_MS = 10 * 60_000;
let sweptAt = 0;

/** Rows that count for nothing any more go, so that the table does not grow with those who try. */
async function sweep(tx: Transaction): Promise<void> {
  if (Date.now() - sweptAt < SWEEP_EVERY_MS) return;
  sweptAt = Date.now();
  await tx.signInThrottle.deleteMany({ where: { lastAt: { lt: new Date(Date.now() - FORGET_MS) } } });
}

/** 0 for the first failures, then 2 s, 4 s, 8 s … a quarter of an hour: guessing ends, and a forgetful owner is not locked out. */
export function blockAfter(failures: number): number {
  return failures < FREE_FAILURES ? 0 : Math.min(MAX_BLOCK_MS, 1000 * 2 ** (failures - FREE_FAILURES + 1));
}

/** Counts the attempt before the password is looked at, so that parallel guesses count too. */
export async function countAttempt(attempt: Attempt): Promise<void> {
  const key = keyOf(attempt);
  await withPlatform(async (tx) => {
    await sweep(tx);
    await tx.$executeRaw`
      INSERT INTO sign_in_throttle (key, failures, blocked_until, last_at) VALUES (${key}, 0, 'epoch', now())
      ON CONFLICT DO NOTHING`;
    const [row] = await tx.$queryRaw<{ failures: number; blocked_until: Date; last_at: Date }[]>`
      SELECT failures, blocked_until, last_at FROM sign_in_throttle WHERE key = ${key} FOR UPDATE`;
    const now = new Date();
    const wait = row ? row.blocked_until.getTime() - now.getTime() : 0;
    if (wait > 0) {
      throw new AppError("rate_limited", "Too many attempts. Wait a few minutes, then try again.", {
        retryAfter: Math.ceil(wait / 1000),
      });
    }
    const forgotten = !row || now.getTime() - row.last_at.getTime() > FORGET_MS;
    const failures = (forgotten ? 0 : row.failures) + 1;
    const blockedUntil = new Date(now.getTime() + blockAfter(failures));
    await tx.signInThrottle.update({ where: { key }, data: { failures, blockedUntil, lastAt: now } });
  });
}

export async function forgetAttempts(attempt: Attempt): Promise<void> {
  await withPlatform((tx) => tx.signInThrottle.deleteMany({ where: { key: keyOf(attempt) } }));
}
