import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeHeapSnapshot } from "node:v8";
import { importConfiguration } from "@/lib/configuration";
import { getPublication, requestPublication, startPublishingWorker } from "@/lib/publishing";
import { isFinal } from "@/lib/publishing/contract";
import type { TenantContext } from "@/lib/tenancy";

// Imports and publishes what the file says, then writes what its memory holds. The secret is in that file alone.
const [, , context = "", yaml = "", snapshot = ""] = process.argv;
const ctx: TenantContext = JSON.parse(context);

async function publish(): Promise<string> {
  const { change } = await importConfiguration(ctx, { yaml: readFileSync(yaml, "utf8"), templates: [] });
  const worker = startPublishingWorker({ pollMs: 30 });
  const { id } = await requestPublication(ctx, { changeId: change.id });
  let status = (await getPublication(ctx, id)).status;
  while (!isFinal(status)) {
    await sleep(100);
    status = (await getPublication(ctx, id)).status;
  }
  await worker.stop();
  return status;
}

process.stdout.write(await publish());
writeHeapSnapshot(snapshot);
process.exit(0);
