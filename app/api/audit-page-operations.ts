import { z } from "zod";
import { eventChangesQuerySchema, eventChangesSchema } from "@/lib/configuration/audit/contract";
import { auditFilterSchema, auditPageSchema, auditQuerySchema } from "@/lib/tenancy/audit/contract";
import { eventProofSchema, exportQuerySchema, proofQuerySchema } from "@/lib/transparency/contract";
import type { Operation } from "./operations";

/** The log as a table, and the same for operators: what happened above all tenants. */
export const AUDIT_PAGE_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/audit/csv",
    tag: "audit",
    summary: "The events that the filter takes as a table (text/csv), newest first; that it was taken is an event",
    query: auditFilterSchema,
    status: 200,
    media: "text/csv",
    answer: z.string(),
  },
  {
    method: "GET",
    path: "/api/{tenant}/audit/changes",
    tag: "audit",
    summary: "What an event did to the configuration of its change, before and after",
    query: eventChangesQuerySchema,
    status: 200,
    answer: eventChangesSchema,
  },
  {
    method: "GET",
    path: "/api/platform/audit",
    tag: "platform",
    summary: "The log of the installation, newest first",
    query: auditQuerySchema,
    status: 200,
    answer: auditPageSchema,
  },
  {
    method: "GET",
    path: "/api/platform/audit/proof",
    tag: "platform",
    summary: "An event of the installation with the proof that it is in the log of a signed checkpoint",
    query: proofQuerySchema,
    status: 200,
    answer: eventProofSchema,
  },
  {
    method: "GET",
    path: "/api/platform/audit/csv",
    tag: "platform",
    summary: "Events of the installation as a table (text/csv)",
    query: auditFilterSchema,
    status: 200,
    media: "text/csv",
    answer: z.string(),
  },
  {
    method: "GET",
    path: "/api/platform/audit/export",
    tag: "platform",
    summary: "The log of the installation as JSON in lines with all proofs",
    query: exportQuerySchema,
    status: 200,
    media: "application/x-ndjson",
    answer: z.string(),
  },
];
