import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { importConfiguration } from "@/lib/configuration";
import { requestPublication } from "@/lib/publishing";
import { createTarget } from "@/lib/targets";
import { systemContext } from "@/lib/tenancy";

/**
 * Gives the demo tenant a file to publish to, and a configuration that the app publishes as soon as it runs. `roots` is what
 * TARGET_ROOTS holds.
 */
export async function seedDemo(root: string, tenantId: string, adminId: string, roots: string): Promise<void> {
  const folder = path.join(roots.split(":")[0] ?? "", "demo");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "alertmanager.yml");
  const target = { kind: "file", tenantId, name: "Demonstration", path: file, version: "0.34" } as const;
  await createTarget({ id: adminId, requestId: "demo" }, target);
  const ctx = { ...(await systemContext(tenantId, "demo")), actor: { type: "person", id: adminId } as const };
  const yaml = readFileSync(path.join(root, "lib/cli/demo/alertmanager.yml"), "utf8");
  const { change } = await importConfiguration(ctx, { yaml, title: "The configuration we had" });
  await requestPublication(ctx, { changeId: change.id, comment: "As imported", overwriteDrift: false });
}
