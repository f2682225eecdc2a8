import { withPlatform } from "@/lib/database";
import { recordSignInFailure } from "./audit/sign-in-failures";
import { hashPassword, verifyPassword } from "./password";
import { spendLink } from "./sign-in-link";
import { countAttempt, forgetAttempts } from "./throttle";

let decoy: Promise<string> | undefined;

/** The person's id, or `null`. An unknown address takes as long as a wrong password. Throws `rate_limited`. */
export async function signInWithPassword(given: string, password: string, address: string): Promise<string | null> {
  const email = given.trim().toLowerCase();
  if (email === "" || password === "" || email.length > 254 || password.length > 256) return null;
  const attempt = { account: email, address };
  await countAttempt(attempt);
  const person = await withPlatform((tx) => tx.person.findUnique({ where: { email } }));
  decoy ??= hashPassword("nobody has this one");
  const right = await verifyPassword(password, person?.passwordHash ?? (await decoy));
  if (!person?.passwordHash || !right) {
    await recordSignInFailure({ method: "password", person: person?.id ?? null, address });
    return null;
  }
  await forgetAttempts(attempt);
  return person.id;
}

export async function signInWithLink(token: string, address?: string): Promise<string | null> {
  const personId = await spendLink(token);
  if (!personId) await recordSignInFailure({ method: "link", person: null, ...(address ? { address } : {}) });
  return personId;
}
