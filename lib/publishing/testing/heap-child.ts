import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeHeapSnapshot } from "node:v8";
import { importConfiguration } from "@/lib/configuration";
import { getPublication, requestPublication, startPublishingWorker } from "@/lib/publishing";
import { isFinal } from "@/lib/publishing/contract";
import type { TenantContext } from "@/lib/tenancy";
import { sendTest } from "@/lib/test-sends";

// Imports, publishes and tests what the file says, then writes what its memory holds. The secret is in that file alone.
const [, , context = "", yaml = "", snapshot = ""] = process.argv;
const ctx: TenantContext = JSON.parse(context);

async function publishAndTest(): Promise<string> {
  const { change } = await importConfiguration(ctx, { yaml: readFileSync(yaml, "utf8"), templates: [] });
  const receiverId = change.document?.config.receivers?.[0]?.id ?? "";
  const worker = startPublishingWorker({ pollMs: 30 });
  const { id } = await requestPublication(ctx, { changeId: change.id });
  let status = (await getPublication(ctx, id)).status;
  while (!isFinal(status)) {
    await sleep(100);
    status = (await getPublication(ctx, id)).status;
  }
  await worker.stop();
  // Last, so that what waits for an answer's deadline waits still.
  const [tested] = await sendTest(ctx, { changeId: null, receiverId });
  return `${status} ${tested?.outcome}`;
}

process.stdout.write(await publishAndTest());
writeHeapSnapshot(snapshot);
process.exit(0);
