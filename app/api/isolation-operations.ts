import { isolationDtoSchema, requestMoveSchema } from "@/lib/tenancy/isolation/contract";
import type { Operation } from "./operations";

const path = "/api/platform/tenants/{id}/isolation";

/** Where a tenant's data are kept, and how it is moved. */
export const ISOLATION_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path,
    tag: "platform",
    summary: "A tenant's isolation level and its last moves",
    status: 200,
    answer: isolationDtoSchema,
  },
  {
    method: "POST",
    path,
    tag: "platform",
    summary: "Move a tenant to another isolation level while it is used; the answer comes at once",
    body: requestMoveSchema,
    status: 200,
    answer: isolationDtoSchema,
  },
];
