import { mkdirSync } from "node:fs";
import path from "node:path";
import { DEMO_TEMPLATES, DEMO_TITLE, DEMO_YAML, importConfiguration } from "@/lib/configuration";
import { seedDemoHistory } from "@/lib/history";
import { requestPublication } from "@/lib/publishing";
import { createTarget } from "@/lib/targets";
import { systemContext } from "@/lib/tenancy";

/** Gives the demo tenant a file below `targetRoot` to publish to, and a configuration that the app publishes once it runs. */
export async function seedDemo(tenantId: string, adminId: string, targetRoot: string): Promise<void> {
  const folder = path.join(targetRoot, "demo");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "alertmanager.yml");
  const target = { kind: "file", tenantId, name: "Demonstration", path: file, version: "0.34" } as const;
  await createTarget({ id: adminId, requestId: "demo" }, target);
  const ctx = { ...(await systemContext(tenantId, "demo")), actor: { type: "person", id: adminId } as const };
  const configuration = { yaml: DEMO_YAML, templates: DEMO_TEMPLATES, title: DEMO_TITLE };
  const { change } = await importConfiguration(ctx, configuration);
  await seedDemoHistory(tenantId, new Date());
  await requestPublication(ctx, { changeId: change.id, comment: "As it was", overwriteDrift: false });
}
