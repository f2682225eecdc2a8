import { randomUUID } from "node:crypto";
import { parseInput, type TenantContext } from "@/lib/tenancy";
import { type SendTestInput, sendTestInputSchema, type TestResultDto } from "./contract";
import { limitTests } from "./limits";
import { type Loaded, type LoadedIntegration, loadTest } from "./load";
import { markedPhases } from "./mark";
import { readTest } from "./read-tests";
import { recordTest, startTest } from "./record";
import { Redactor } from "./redact";
import { type Outcome, optionsFor, type Run, runIntegration } from "./run";

/**
 * Sends what one integration of a receiver, or all of them, would send, with its sealed secrets and a mark that it is a test.
 * What came of it is the answer, and is kept without secrets.
 */
export async function sendTest(ctx: TenantContext, given: SendTestInput): Promise<TestResultDto[]> {
  const input = parseInput(sendTestInputSchema, given);
  const loaded = await loadTest(ctx, input);
  await limitTests(ctx);
  const testId = randomUUID();
  const { receiver, profile, integrations } = loaded;
  const about = { testId, receiver: receiver.name, changeId: input.changeId };
  const names = integrations.map(({ tested: { key, index } }) => `${key}[${index}]`);
  await startTest(ctx, { ...about, case: input.case, integrations: names });
  const phases = markedPhases(input.alerts, input.case, new Date());
  const outcomes = await Promise.all(integrations.map((one) => runOne(loaded, one, { case: input.case, phases })));
  const results = integrations.map(({ tested }, nth) => ({
    id: randomUUID(),
    ...tested,
    receiver: receiver.name,
    case: input.case,
    ...outcomes[nth]!,
  }));
  await recordTest(ctx, { ...about, receiverId: receiver.id, profile: profile.id, results });
  return readTest(ctx, { testId });
}

async function runOne(
  loaded: Loaded,
  { tested, opened }: LoadedIntegration,
  { phases, ...rest }: Pick<Run, "case"> & { phases: Run["options"]["phases"] },
): Promise<Outcome> {
  if (!opened) return { outcome: "refused", note: FOREIGN_SECRET, requests: [], durationMs: 0 };
  const options = optionsFor(loaded, phases);
  const redactor = new Redactor(opened.secrets);
  return runIntegration({ ...rest, config: opened.config, profile: loaded.profile, options, redactor }, tested);
}

const FOREIGN_SECRET =
  "It holds a secret that somebody else set and that has never been sent to this address. " +
  "Who may publish can try it, or set the secret yourself.";
