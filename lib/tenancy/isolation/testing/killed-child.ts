import { createApiToken, inviteMember, suspendTenant, systemContext } from "@/lib/tenancy";

/** What is begun in a process of its own, to be killed between the log and the directory. */
const ACTS: Readonly<Record<string, (tenantId: string) => Promise<unknown>>> = {
  suspend: (tenantId) =>
    suspendTenant({ personId: "child", isOperator: true, requestId: "child" }, { tenantId, reason: "killed" }),
  invite: async (tenantId) =>
    inviteMember(await systemContext(tenantId), { email: "new@a.example", name: "New", role: "editor" }),
  token: async (tenantId) =>
    createApiToken(await systemContext(tenantId), {
      ...{ name: "Lost", scopes: ["configuration:view"], days: 1, service: true },
    }),
};

const [tenantId = "", act = ""] = process.argv.slice(2);
await ACTS[act]?.(tenantId);
process.exit(0);
