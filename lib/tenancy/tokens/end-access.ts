import type { Transaction } from "@/lib/database";
import { membershipsOf } from "../memberships-of";

/**
 * With the membership end the person's tokens of the tenant of this transaction, so that they stay ended when the person comes
 * back; and, when this was the last tenant of somebody who does not operate the installation, their sessions.
 */
export async function endAccess(tx: Transaction, personId: string, now: Date): Promise<void> {
  await tx.apiToken.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } });
  const person = await tx.person.findUnique({ where: { id: personId }, select: { isOperator: true } });
  if (person?.isOperator || (await membershipsOf(tx, personId)).length > 0) return;
  await tx.authSession.updateMany({
    where: { personId, revokedAt: null },
    data: { revokedAt: now, refreshToken: null },
  });
}
