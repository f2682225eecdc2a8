import { parseMatchers, printMatcher, profileFor, readInjected } from "@/lib/alertmanager";
import { append, lockLog, readStream } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/tenancy";
import { type InjectMatchers, injectMatchersSchema, type OperatorTargetDto } from "./contract";
import type { Operator } from "./operator";
import { findOperatorTarget } from "./operator-targets";
import { profileIdOf } from "./target-profile";

/** As the target's version reads them, each printed by itself and fit for any version. */
export function readInjectedMatchers(texts: readonly string[], version: string | null): string[] {
  const profile = profileFor(profileIdOf({ version, injectedMatchers: [] }));
  const read = readInjected(texts, profile);
  if ("error" in read) {
    const message = `An injected matcher cannot be read: ${read.error}`;
    throw new AppError("invalid_input", message, { issues: [{ path: ["injectedMatchers"], message }] });
  }
  const printed = parseMatchers(read.text, profile.matcherDialect);
  return printed.ok ? printed.matchers.map(printMatcher) : [];
}

/** What the target's owner asks of every alert from now on, in the place of what was known before. */
export async function injectMatchers(
  operator: Operator,
  id: string,
  input: InjectMatchers,
): Promise<OperatorTargetDto> {
  const texts = parseInput(injectMatchersSchema, input).injectedMatchers;
  const { tenantId, name, injectedMatchers: before } = await findOperatorTarget(id);
  await withTenant(tenantId, async (tx) => {
    const { observedVersion, declaredVersion } = await tx.target.findUniqueOrThrow({ where: { id } });
    const injectedMatchers = readInjectedMatchers(texts, observedVersion ?? declaredVersion);
    if (injectedMatchers.join() === before.join()) return;
    await tx.target.update({ where: { id }, data: { injectedMatchers } });
    await lockLog(tx, tenantId);
    const stream = { type: "target", id };
    const version = (await readStream(tx, tenantId, stream)).length;
    const author = { tenantId, actor: operator.id, requestId: operator.requestId };
    const event = { type: "TargetMatchersInjected", data: { name, injectedMatchers } };
    await append(tx, author, stream, version, [event], new Date());
  });
  return findOperatorTarget(id);
}
