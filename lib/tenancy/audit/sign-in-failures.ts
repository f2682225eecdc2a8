import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability";
import { addressKey } from "@/lib/resilience";
import { SYSTEM } from "../context";
import { tenantsOf } from "../memberships-of";
import { recordOnPlatform } from "../platform-log";
import { Bounded } from "./bounded";

export interface SignInFailure {
  method: "password" | "link" | "passkey" | "oidc";
  /** Whose account it was, where that is known. What was typed is never kept. */
  person: string | null;
  /** The client's address; the log gets a mark of it that means nothing elsewhere. */
  address?: string;
  reason?: string;
  /** The tenant whose sign-in service was used. */
  tenant?: string;
}

const MOST_IN_INSTALLATION = 60;
const MOST_IN_TENANT = 10;
const ofInstallation = new Bounded({ most: MOST_IN_INSTALLATION });
const ofTenants = new Bounded({ most: MOST_IN_TENANT });
const MOST_TENANTS = 20;

const ownKey = randomBytes(32);

/** The same for the same address (of IPv6: its /64), so that attempts can be told apart; no address can be read from it. */
export function sourceMark(address: string): string {
  return createHmac("sha256", env().NEXTAUTH_SECRET ?? ownKey)
    .update(`source of an attempt\0${addressKey(address)}`)
    .digest("hex")
    .slice(0, 12);
}

/**
 * A failed sign-in, in the installation's log and in that of each tenant that it concerns: the person's, or the one whose
 * service was asked. One event per person, source and minute; further ones as a count.
 */
export async function recordSignInFailure({ address, ...failure }: SignInFailure): Promise<void> {
  const told = { ...failure, ...(address === undefined ? {} : { source: sourceMark(address) }) };
  // Nobody waits for these: how long they take would tell whether an address is known here.
  track(tellTenants(told));
  const { method } = failure;
  await ofInstallation.record({
    key: keyOf(told),
    group: "installation",
    write: (times) => recordOnPlatform("SignInFailed", { ...told, ...counted(times) }),
    writeGroup: (times) => recordOnPlatform("SignInFailed", { method, person: null, ...counted(times) }),
  });
}

type Told = Omit<SignInFailure, "address"> & { source?: string };

const counted = (times: number) => (times > 1 ? { times } : {});
const keyOf = ({ method, person, source, reason, tenant }: Told) =>
  [method, person, source, reason, tenant].map((part) => part ?? "").join(" ");

async function tellTenants(told: Told): Promise<void> {
  for (const tenantId of await concerned(told)) {
    const { tenant: _known, ...failure } = told;
    const write = (data: Record<string, unknown>) => (times: number) =>
      writeInTenant(tenantId, { ...data, ...counted(times) });
    await ofTenants.record({
      key: `${tenantId} ${keyOf(failure)}`,
      group: tenantId,
      write: write(failure),
      writeGroup: write({ method: told.method, person: null }),
    });
  }
}

async function concerned({ person, tenant }: Told): Promise<string[]> {
  if (tenant) return [tenant];
  if (!person) return [];
  return (await tenantsOf(person)).slice(0, MOST_TENANTS).map(({ id }) => id);
}

async function writeInTenant(tenantId: string, data: Record<string, unknown>): Promise<void> {
  const author = { tenantId, actor: SYSTEM.id, requestId: "sign-in" };
  const stream = { type: "sign-in-failure", id: randomUUID() };
  await withTenant(tenantId, (tx) => append(tx, author, stream, 0, [{ type: "SignInFailed", data }], new Date()));
}

const telling = new Set<Promise<void>>();

function track(work: Promise<void>): void {
  const told = work
    .catch((error: unknown) => {
      logger("audit").error({ err: error }, "a failed sign-in is not in the log of its tenant");
    })
    .finally(() => telling.delete(told));
  telling.add(told);
}

/** For tests, and before a process ends: what was counted is written. */
export async function flushSignInFailures(): Promise<void> {
  await Promise.all(telling);
  await Promise.all([ofInstallation.flush(), ofTenants.flush()]);
}
