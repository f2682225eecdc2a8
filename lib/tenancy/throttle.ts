import { createHash } from "node:crypto";
import { withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";

const FREE_FAILURES = 5;
const MAX_BLOCK_MS = 15 * 60_000;
const FORGET_MS = 24 * 3_600_000;

const keyOf = (email: string) => createHash("sha256").update(`sign-in\0${email}`).digest("hex");

/** 0 for the first failures, then 2 s, 4 s, 8 s … a quarter of an hour: guessing ends, and a forgetful owner is not locked out. */
export function blockAfter(failures: number): number {
  return failures < FREE_FAILURES ? 0 : Math.min(MAX_BLOCK_MS, 1000 * 2 ** (failures - FREE_FAILURES + 1));
}

/** Counts the attempt before the password is looked at, so that parallel guesses count too. */
export async function countAttempt(email: string): Promise<void> {
  const key = keyOf(email);
  await withPlatform(async (tx) => {
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

export async function forgetAttempts(email: string): Promise<void> {
  await withPlatform((tx) => tx.signInThrottle.deleteMany({ where: { key: keyOf(email) } }));
}
