import { suspendTenant } from "@/lib/tenancy";

// Suspends a tenant in a process of its own, to be killed between the log and the directory.
const [tenantId = ""] = process.argv.slice(2);
await suspendTenant({ personId: "child", isOperator: true, requestId: "child" }, { tenantId, reason: "killed" });
process.exit(0);
