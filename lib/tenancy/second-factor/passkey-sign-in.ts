import { recordSignInFailure } from "../audit/sign-in-failures";
import { assertionSchema } from "./contract";
import { assertionOptions, judgeAssertion } from "./passkeys";
import { passkeysPossible } from "./relying-party";

/** For somebody who is nobody yet: the browser shows the passkeys that it has for us. */
export function passkeySignInOptions() {
  return assertionOptions(null, null);
}

/** The person whose passkey it is, unlocked by them; or `null`. It counts as two factors: what they have, and know or are. */
export async function signInWithPasskey(given: string, address?: string): Promise<string | null> {
  const parsed = assertionSchema.safeParse(jsonOf(given));
  const judged =
    parsed.success && passkeysPossible().possible
      ? await judgeAssertion(parsed.data, null)
      : ({ refused: "unknown" } as const);
  if ("personId" in judged) return judged.personId;
  await recordSignInFailure({
    method: "passkey",
    reason: judged.refused,
    person: null,
    ...(address ? { address } : {}),
  });
  return null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
