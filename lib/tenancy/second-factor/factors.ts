import { randomUUID } from "node:crypto";
import { Prisma, type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { openText, sealText } from "@/lib/secrets";
import { parseInput } from "../command";
import { PLATFORM_LOG } from "../context";
import { tenantsOf } from "../memberships-of";
import { recordWith } from "../platform-log";
import { renewKey } from "../session-keys";
import type { LiveSession } from "../sessions";
import { assertLastingWayIn } from "../sign-in/rules";
import {
  confirmTotpInputSchema,
  type Enrolled,
  enrolPasskeyInputSchema,
  type FactorDto,
  type SecondFactorDto,
  type TotpBegun,
} from "./contract";
import { demandedOf, demandedOfEverybody } from "./demanded";
import { judgeRegistration, registrationOptions } from "./passkeys";
import { recoveryCodesLeft, replaceRecoveryCodes } from "./recovery-codes";
import { passkeysPossible } from "./relying-party";
import { requireStepUp } from "./require-step-up";
import { newTotpSecret, totpStep, totpUri } from "./totp";

const MOST = 20;
const begun = (factorId: string) => `totp|${factorId}`;

interface Row {
  id: string;
  kind: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}
const dto = ({ id, kind, name, createdAt, lastUsedAt }: Row): FactorDto => ({
  id,
  kind: kind === "passkey" ? "passkey" : "totp",
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** A browser left open must not be enough to add or take away what signs in: it asks for a proof of the last minutes. */
function requireFresh(session: LiveSession): void {
  requireStepUp({ asked: true, steppedUpAt: session.steppedUpAt });
}

export async function readSecondFactor({ personId }: LiveSession): Promise<SecondFactorDto> {
  const demanded = await demandedOf(personId);
  const tenants = await tenantsOf(personId);
  return withTenant(PLATFORM_LOG, async (tx) => {
    const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
    const where = { personId, confirmedAt: { not: null } };
    const factors = await tx.secondFactor.findMany({ where, orderBy: { createdAt: "asc" } });
    return {
      factors: factors.map(dto),
      recoveryCodesLeft: await recoveryCodesLeft(tx, personId),
      passkeys: passkeysPossible(),
      demandedBy: tenants.filter(({ id }) => demanded.has(id)).map(({ name }) => name),
      demandedOfEverybody: demandedOfEverybody(),
      resetAt: factors.length === 0 ? (person.factorsResetAt?.toISOString() ?? null) : null,
    };
  });
}

async function room(tx: Transaction, personId: string): Promise<void> {
  // One at a time for a person, so that two at once do not make two first ones.
  await tx.$queryRaw`SELECT 1 AS locked FROM people WHERE id = ${personId}::uuid FOR UPDATE`;
  if ((await tx.secondFactor.count({ where: { personId, confirmedAt: { not: null } } })) >= MOST) {
    throw new AppError("conflict", `${MOST} second factors are the most. Remove one first.`);
  }
}

/** A new secret, sealed; it counts for nothing until a code of it was shown. One that was begun before ends. */
export async function beginTotp(session: LiveSession): Promise<TotpBegun> {
  requireFresh(session);
  const { personId } = session;
  const id = randomUUID();
  const secret = newTotpSecret();
  await withTenant(PLATFORM_LOG, async (tx) => {
    await room(tx, personId);
    await tx.secondFactor.deleteMany({ where: { personId, kind: "totp", confirmedAt: null } });
    const sealed = Uint8Array.from(await sealText(tx, PLATFORM_LOG, begun(id), secret));
    await tx.secondFactor.create({
      data: { id, personId, kind: "totp", name: "", createdAt: new Date(), secret: sealed },
    });
  });
  return { id, secret, uri: totpUri(secret, session.email) };
}

export async function confirmTotp(session: LiveSession, given: unknown, requestId: string): Promise<Enrolled> {
  requireFresh(session);
  const { id, name, code } = parseInput(confirmTotpInputSchema, given);
  const { personId } = session;
  return withTenant(PLATFORM_LOG, async (tx) => {
    await room(tx, personId);
    const row = await tx.secondFactor.findFirst({ where: { id, personId, kind: "totp", confirmedAt: null } });
    if (!row?.secret) throw new AppError("not_found", "This was not begun, or it was begun anew. Start again.");
    const now = new Date();
    const step = await totpStep(await openText(tx, PLATFORM_LOG, begun(id), row.secret), code, now);
    if (step === null) throw wrongCode();
    const data = { name, confirmedAt: now, lastUsedAt: now, lastStep: BigInt(step) };
    const factor = await tx.secondFactor.update({ where: { id }, data });
    return added(tx, session, factor, now, requestId);
  });
}

export const wrongCode = () =>
  new AppError("invalid_input", "The code is wrong, too old, or was used already. Wait for the next one.", {
    reason: "wrong_proof",
  });

export function beginPasskey(session: LiveSession) {
  assertLastingWayIn(session);
  requireFresh(session);
  const { personId: id, email, name } = session;
  return registrationOptions({ id, email, name }, session.id);
}

export async function addPasskey(session: LiveSession, given: unknown, requestId: string): Promise<Enrolled> {
  assertLastingWayIn(session);
  requireFresh(session);
  const { name, response } = parseInput(enrolPasskeyInputSchema, given);
  const passkey = await judgeRegistration(response, session.id);
  if (!passkey) throw new AppError("invalid_input", "This passkey was not made for this page, or too late. Try again.");
  const { personId } = session;
  try {
    return await withTenant(PLATFORM_LOG, async (tx) => {
      await room(tx, personId);
      const now = new Date();
      const times = { createdAt: now, confirmedAt: now };
      const data = { id: randomUUID(), personId, kind: "passkey", name, ...times, ...passkey };
      return added(tx, session, await tx.secondFactor.create({ data }), now, requestId);
    });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    throw new AppError("conflict", "This passkey is known already.");
  }
}

async function added(
  tx: Transaction,
  session: LiveSession,
  factor: Row,
  now: Date,
  requestId: string,
): Promise<Enrolled> {
  const { id: sessionId, personId } = session;
  await tx.person.update({ where: { id: personId }, data: { hasSecondFactor: true, factorsResetAt: null } });
  await proven(tx, session, factor.kind, now);
  const recoveryCodes =
    (await recoveryCodesLeft(tx, personId)) > 0 ? null : await replaceRecoveryCodes(tx, personId, now);
  const by = { actor: personId, requestId };
  await recordWith(tx, "FactorAdded", { factor: factor.id, kind: factor.kind, session: sessionId }, by);
  return { factor: dto(factor), recoveryCodes };
}

/** The session has shown this now, and goes on under a new key. */
export async function proven(tx: Transaction, session: LiveSession, kind: string, now: Date): Promise<void> {
  const { id } = session;
  const { factors } = await tx.authSession.findUniqueOrThrow({ where: { id } });
  const data = { factors: [...new Set([...factors, kind])], steppedUpAt: now };
  await tx.authSession.update({ where: { id }, data });
  await renewKey(tx, session);
}

export async function removeFactor(session: LiveSession, id: string, requestId: string): Promise<void> {
  requireFresh(session);
  const { personId } = session;
  const demanded = await demandedOf(personId);
  await withTenant(PLATFORM_LOG, async (tx) => {
    await tx.$queryRaw`SELECT 1 AS locked FROM people WHERE id = ${personId}::uuid FOR UPDATE`;
    const factors = await tx.secondFactor.findMany({ where: { personId, confirmedAt: { not: null } } });
    const factor = factors.find((known) => known.id === id);
    if (!factor) throw new AppError("not_found", "There is no such second factor.");
    const last = factors.length === 1;
    if (last && (demanded.size > 0 || demandedOfEverybody())) {
      const who = demanded.size > 0 ? "A tenant of yours" : "This installation";
      throw new AppError("in_use", `${who} demands a second factor. Add another one, then remove this.`);
    }
    await tx.secondFactor.delete({ where: { id } });
    if (last) {
      await tx.recoveryCode.deleteMany({ where: { personId } });
      await tx.person.update({ where: { id: personId }, data: { hasSecondFactor: false } });
    }
    await recordWith(tx, "FactorRemoved", { factor: id, kind: factor.kind }, { actor: personId, requestId });
  });
}

/** Ten new ones; those before end. */
export async function renewRecoveryCodes(
  session: LiveSession,
  requestId: string,
): Promise<{ recoveryCodes: string[] }> {
  requireFresh(session);
  if (!session.hasSecondFactor) throw new AppError("conflict", "Add a second factor first.");
  const { personId } = session;
  return withTenant(PLATFORM_LOG, async (tx) => {
    const recoveryCodes = await replaceRecoveryCodes(tx, personId, new Date());
    await recordWith(tx, "RecoveryCodesRenewed", {}, { actor: personId, requestId });
    return { recoveryCodes };
  });
}

/** The factor whose code this is; the code, and all before it, are worth nothing from here on. */
export async function spendTotpCode(
  tx: Transaction,
  personId: string,
  code: string,
  now: Date,
): Promise<string | null> {
  const where = { personId, kind: "totp", confirmedAt: { not: null } };
  for (const { id, secret } of await tx.secondFactor.findMany({ where })) {
    if (!secret) continue;
    const step = await totpStep(await openText(tx, PLATFORM_LOG, begun(id), secret), code, now);
    if (step === null) continue;
    // Of two at once, one wins.
    const { count } = await tx.secondFactor.updateMany({
      where: { id, lastStep: { lt: BigInt(step) } },
      data: { lastStep: BigInt(step), lastUsedAt: now },
    });
    if (count === 1) return id;
  }
  return null;
}
