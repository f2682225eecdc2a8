import { withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { parseInput } from "../command";
import { PLATFORM_LOG } from "../context";
import { verifyPassword } from "../password";
import { recordOnPlatform, recordWith } from "../platform-log";
import type { LiveSession } from "../sessions";
import { countAttempt, forgetAttempts } from "../throttle";
import { type Proof, proofSchema, type StepUpDto } from "./contract";
import { proven, spendTotpCode, wrongCode } from "./factors";
import { assertionOptions, judgeAssertion } from "./passkeys";
import { recoveryCodesLeft, spendRecoveryCode } from "./recovery-codes";
import { passkeysPossible } from "./relying-party";

/** How this person can prove once more who they are. */
export async function stepUpMethods(session: LiveSession): Promise<StepUpDto> {
  const { personId, hasSecondFactor, passwordHash, pending } = session;
  if (!hasSecondFactor) return { pending, methods: passwordHash ? ["password"] : [] };
  return withTenant(PLATFORM_LOG, async (tx) => {
    const where = { personId, confirmedAt: { not: null } };
    const kinds = new Set((await tx.secondFactor.findMany({ where, select: { kind: true } })).map(({ kind }) => kind));
    const recovery = (await recoveryCodesLeft(tx, personId)) > 0;
    const methods: StepUpDto["methods"] = [];
    if (kinds.has("passkey") && passkeysPossible().possible) methods.push("passkey");
    if (kinds.has("totp")) methods.push("totp");
    if (recovery) methods.push("recovery");
    return { pending, methods };
  });
}

export function stepUpPasskeyOptions(session: LiveSession) {
  return assertionOptions(session.personId, session.id);
}

interface From {
  address: string;
  requestId: string;
}

type Outcome = { kind: string; factor: string | null } | { refused: string };

/**
 * Lets the session go on, or do what needs a fresh proof. Wrong answers make this session wait, and this person from this
 * address: whoever guesses shuts out themselves, not the owner, who is elsewhere.
 */
export async function stepUp(session: LiveSession, given: unknown, { address, requestId }: From): Promise<void> {
  const proof = parseInput(proofSchema, given);
  const by = { actor: session.personId, requestId };
  const attempts = [
    { account: `second-factor ${session.id}`, address: "session" },
    { account: `second-factor ${session.personId}`, address },
  ];
  for (const attempt of attempts) await countAttempt(attempt);
  const outcome = await judge(session, proof);
  if ("refused" in outcome) {
    const [kind] = Object.keys(proof);
    await recordOnPlatform("SecondFactorFailed", { session: session.id, kind, reason: outcome.refused }, by);
    throw wrongCode();
  }
  for (const attempt of attempts) await forgetAttempts(attempt);
  const { kind, factor } = outcome;
  await withTenant(PLATFORM_LOG, async (tx) => {
    await proven(tx, session, kind, new Date());
    await recordWith(tx, "SteppedUp", { session: session.id, kind, ...(factor ? { factor } : {}) }, by);
  });
}

async function judge(session: LiveSession, proof: Proof): Promise<Outcome> {
  const { id: sessionId, personId, hasSecondFactor, passwordHash } = session;
  const now = new Date();
  if ("password" in proof) {
    // Who has a second factor shows that one: the password alone brought them here.
    if (hasSecondFactor) throw new AppError("forbidden", "Prove it with your second factor.");
    const right = passwordHash !== null && (await verifyPassword(proof.password, passwordHash));
    return right ? { kind: "password", factor: null } : { refused: "wrong" };
  }
  if ("passkey" in proof) {
    const judged = await judgeAssertion(proof.passkey, { personId, sessionId });
    return "refused" in judged ? judged : { kind: "passkey", factor: judged.factorId };
  }
  return withTenant(PLATFORM_LOG, async (tx) => {
    if ("code" in proof) {
      const factor = await spendTotpCode(tx, personId, proof.code, now);
      return factor ? { kind: "totp", factor } : { refused: "wrong" };
    }
    const right = hasSecondFactor && (await spendRecoveryCode(tx, personId, proof.recoveryCode, now));
    return right ? { kind: "recovery", factor: null } : { refused: "wrong" };
  });
}
