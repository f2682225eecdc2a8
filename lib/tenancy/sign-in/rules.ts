import { onPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import type { Role } from "../contract";
import { tenantsOf } from "../memberships-of";
import type { LiveSession } from "../sessions";

/** What a tenant with a sign-in service in use asks of a session. */
export interface SignInRule {
  providerId: string;
  enforced: boolean;
  /** Whether this person is named for emergencies. */
  breakGlass: boolean;
}

/** By tenant; a tenant without a service has none. */
export async function rulesOf(personId: string): Promise<ReadonlyMap<string, SignInRule>> {
  const rows = await onPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string; provider_id: string; enforced: boolean; break_glass: boolean }[]>`
      SELECT tenant_id, provider_id, enforced, break_glass FROM sign_in_rules_of(${personId}::uuid)`,
  );
  return new Map(
    rows.map((row) => [
      row.tenant_id,
      { providerId: row.provider_id, enforced: row.enforced, breakGlass: row.break_glass },
    ]),
  );
}

export type Entry = "open" | "break_glass" | "sso_required" | "foreign";

/**
 * What a session may do in a tenant that its person is a member of. A tenant's service vouches for people in that tenant and
 * nowhere else, whatever it says of them: who runs it can make it say anything.
 */
export function entryOf(session: Pick<LiveSession, "providerId">, role: Role, rule: SignInRule | undefined): Entry {
  if (session.providerId) return rule?.providerId === session.providerId ? "open" : "foreign";
  if (!rule?.enforced) return "open";
  return rule.breakGlass && role === "admin" ? "break_glass" : "sso_required";
}

/**
 * Throws `forbidden` where a tenant's service vouches for the session: a password or a passkey would outlive its word, and sign
 * in where that counts for nothing.
 */
export function assertLastingWayIn({ providerId }: Pick<LiveSession, "providerId">): void {
  if (!providerId) return;
  throw new AppError(
    "forbidden",
    "You are signed in through your tenant's own service, which needs no password or passkey here.",
  );
}

/**
 * Throws `forbidden` where a tenant's service vouches for the session and the person is more than a member of that tenant:
 * their account, with all that signs in elsewhere, is not the service's to touch.
 */
export async function assertOwnAccount(session: Pick<LiveSession, "personId" | "providerId">): Promise<void> {
  const { personId, providerId } = session;
  if (!providerId) return;
  const [person, tenants, rules] = await Promise.all([
    onPlatform((tx) => tx.person.findUnique({ where: { id: personId }, select: { isOperator: true } })),
    tenantsOf(personId),
    rulesOf(personId),
  ]);
  if (!person?.isOperator && tenants.every(({ id }) => rules.get(id)?.providerId === providerId)) return;
  throw new AppError(
    "forbidden",
    "You are signed in through one tenant's sign-in service, and your account is known elsewhere too. Sign in another way to change it.",
  );
}
