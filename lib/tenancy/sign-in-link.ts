import { createHash, randomBytes } from "node:crypto";
import { type Transaction, withPlatform } from "@/lib/database";
import { env } from "@/lib/env";

const LINK_MINUTES = 10;
const INVITATION_MINUTES = 72 * 60;

export interface OneTimeLink {
  link: string;
  expiresAt: Date;
}

const digest = (token: string) => createHash("sha256").update(token).digest();

/** What people type into the browser. */
export function publicUrl(path: string): string {
  const { PUBLIC_URL, NEXTAUTH_URL, HOST, PORT } = env();
  return new URL(path, PUBLIC_URL ?? NEXTAUTH_URL ?? `http://${HOST}:${PORT}`).href;
}

/** An address that signs this person in once. Only the hash of its token is kept; older links of theirs end. */
export async function issueLink(
  tx: Transaction,
  personId: string,
  kind: "sign-in" | "invitation",
): Promise<OneTimeLink> {
  const token = randomBytes(32).toString("base64url");
  const now = new Date();
  const minutes = kind === "invitation" ? INVITATION_MINUTES : LINK_MINUTES;
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  await tx.signInLink.updateMany({ where: { personId, usedAt: null }, data: { usedAt: now } });
  await tx.signInLink.create({ data: { hash: digest(token), personId, createdAt: now, expiresAt } });
  // What stands behind `#` is never sent: no server, proxy or log on the way learns it.
  return { link: publicUrl(`/sign-in/link#token=${token}`), expiresAt };
}

/** Until when the link of each of these people works; of whom it does not, nothing. */
export async function linkEnds(tx: Transaction, personIds: string[]): Promise<Map<string, Date>> {
  if (personIds.length === 0) return new Map();
  const where = { personId: { in: personIds }, usedAt: null, expiresAt: { gt: new Date() } };
  const rows = await tx.signInLink.findMany({ where, select: { personId: true, expiresAt: true } });
  return new Map(rows.map(({ personId, expiresAt }) => [personId, expiresAt]));
}

export async function endLinks(tx: Transaction, personId: string, now: Date): Promise<void> {
  await tx.signInLink.updateMany({ where: { personId, usedAt: null }, data: { usedAt: now } });
}

/** Whom the token signs in, or `null` when it is unknown, too old or was used: of two at once, one wins. */
export async function spendLink(token: string): Promise<string | null> {
  const hash = digest(token);
  const now = new Date();
  return withPlatform(async (tx) => {
    const spent = await tx.signInLink.updateMany({
      where: { hash, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    if (spent.count === 0) return null;
    return (await tx.signInLink.findUniqueOrThrow({ where: { hash } })).personId;
  });
}
