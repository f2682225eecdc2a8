import { latestCheckpoint, logSize } from "@/lib/audit";
import { tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { logger, metrics, roundEnded } from "@/lib/observability";
import { checkpointNow } from "./checkpoint";
import { retireKeys } from "./renew-keys";
import { askAbout, askWitnesses, parseWitnesses } from "./witnesses";

const LOGS_AT_ONCE = 200;

/** Signs every log that went on since its last checkpoint. A log that is not what was signed stops none of the others. */
export async function signLogs(): Promise<number> {
  let signed = 0;
  let problem: unknown;
  for (const tenantId of [...(await sharedLogs()), ...(await logsElsewhere())]) {
    try {
      await checkpointNow(tenantId);
      metrics().checkpoints.inc({ outcome: "signed" });
      signed += 1;
    } catch (error) {
      problem = error;
      metrics().checkpoints.inc({ outcome: "failed" });
      logger("transparency").error({ err: error, tenantId }, "a log was not signed");
    }
  }
  if (problem) throw problem;
  return signed;
}

/** Witnesses are asked also when a log could not be signed: the others go on. */
async function workOnce(): Promise<void> {
  try {
    await signLogs();
  } finally {
    const places = parseWitnesses(env().WITNESSES);
    await askWitnesses(places);
    await retireKeys();
    if (places.length > 0) for (const tenantId of await tenantsElsewhere()) await askAbout(tenantId, places);
  }
}

async function sharedLogs(): Promise<string[]> {
  const rows = await withPlatform(
    (tx) => tx.$queryRaw<{ log_tenant_id: string }[]>`SELECT log_tenant_id FROM logs_to_sign(${LOGS_AT_ONCE}::int)`,
  );
  return rows.map(({ log_tenant_id }) => log_tenant_id);
}

async function logsElsewhere(): Promise<string[]> {
  const grown: string[] = [];
  for (const tenantId of await tenantsElsewhere()) {
    const more = await withTenant(tenantId, async (tx) => {
      const last = await latestCheckpoint(tx, tenantId);
      return (await logSize(tx, tenantId)) > (last?.size ?? 0);
    });
    if (more) grown.push(tenantId);
  }
  return grown;
}

/** Every process may run one: only one signs a log at a time. Returns how to stop. */
export function startTransparencyWorker(): { stop(): Promise<void> } {
  const seconds = env().CHECKPOINT_SECONDS;
  if (seconds === 0) return { stop: async () => {} };
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const round = () => {
    if (busy) return;
    busy = true;
    running = workOnce()
      .then(
        () => roundEnded("checkpoints"),
        (error: unknown) => {
          roundEnded("checkpoints", error);
          logger("transparency").error({ err: error }, "interrupted; it goes on later");
        },
      )
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(round, seconds * 1_000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
