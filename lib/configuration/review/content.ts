import { createHash } from "node:crypto";
import type { ConfigDocument } from "@/lib/alertmanager";

/** The digest that approvals are bound to: of everything that would be published, in its order. */
export function contentOf({ config, templates, source }: ConfigDocument): string {
  return createHash("sha256")
    .update(JSON.stringify([config, templates, source]))
    .digest("hex");
}
