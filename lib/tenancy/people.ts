import { type Transaction, withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { parseInput } from "./command";
import { setPasswordInputSchema } from "./contract";
import { hashPassword, verifyPassword } from "./password";
import { refuseWeakPassword } from "./password-rules";
import { recordOnPlatform } from "./platform-log";
import { requireStepUp } from "./second-factor/require-step-up";
import { renewKey } from "./session-keys";
import { endOtherSessions, type LiveSession } from "./sessions";
import { assertLastingWayIn } from "./sign-in/rules";
import { issueLink, type OneTimeLink } from "./sign-in-link";
import { countAttempt, forgetAttempts } from "./throttle";

/** Display names by id, for whoever shows an actor, also of a tenant's own tokens; one who was erased is absent. */
export async function namesOf(tx: Transaction, ids: Iterable<string>): Promise<Record<string, string>> {
  const known = [...new Set(ids)].filter((id) => /^[0-9a-f-]{36}$/.test(id));
  if (known.length === 0) return {};
  const people = await tx.person.findMany({ where: { id: { in: known } }, select: { id: true, name: true } });
  const services =
    people.length === known.length
      ? []
      : await tx.apiToken.findMany({ where: { id: { in: known }, personId: null }, select: { id: true, name: true } });
  return Object.fromEntries([...people, ...services].map(({ id, name }) => [id, name]));
}

/**
 * Sets the password of whoever asks and ends their other sessions. Replacing one takes the current
 * password: a browser left open must not be enough.
 */
export async function setPassword(session: LiveSession, input: unknown, requestId: string): Promise<void> {
  assertLastingWayIn(session);
  requireStepUp({ asked: session.hasSecondFactor, steppedUpAt: session.steppedUpAt });
  const { password, current } = parseInput(setPasswordInputSchema, input);
  refuseWeakPassword(password, session);
  if (session.passwordHash) {
    // A session left open must not be a place to guess the password at.
    const attempt = { account: session.personId, address: "password" };
    await countAttempt(attempt);
    const right = current !== undefined && (await verifyPassword(current, session.passwordHash));
    if (right) await forgetAttempts(attempt);
    else
      throw new AppError(
        "forbidden",
        "That is not the current password. Whoever lost it asks an operator for a new link.",
      );
  }
  const passwordHash = await hashPassword(password);
  await withPlatform(async (tx) => {
    await tx.person.update({ where: { id: session.personId }, data: { passwordHash } });
    await renewKey(tx, session);
  });
  const ended = await endOtherSessions(session.personId, session.id);
  await recordOnPlatform("PasswordSet", { sessionsEnded: ended }, { actor: session.personId, requestId });
}

/** For somebody who lost their password: it and all sessions end, and the link signs them in once. */
export async function resetPassword(email: string): Promise<OneTimeLink> {
  const link = await withPlatform(async (tx) => {
    const person = await tx.person.findUnique({ where: { email: email.trim().toLowerCase() } });
    if (!person) throw new AppError("not_found", `Nobody here has the address ${email}.`);
    await tx.person.update({ where: { id: person.id }, data: { passwordHash: null } });
    return { personId: person.id, ...(await issueLink(tx, person.id, "sign-in")) };
  });
  const ended = await endOtherSessions(link.personId);
  await recordOnPlatform("PasswordReset", { person: link.personId, sessionsEnded: ended });
  return { link: link.link, expiresAt: link.expiresAt };
}
