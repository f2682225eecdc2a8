import { z } from "zod";
import {
  eventProofSchema,
  exportQuerySchema,
  growthProofSchema,
  growthQuerySchema,
  proofQuerySchema,
  renewalsSchema,
} from "@/lib/transparency/contract";
import type { Operation } from "./operations";

/** What an auditor or a witness asks for (C2SP tlog-checkpoint and tlog-tiles). */
export const AUDIT_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/audit/checkpoint",
    tag: "audit",
    summary: "The signed checkpoint of where the log ends now, with what witnesses wrote under it",
    status: 200,
    media: "text/plain",
    answer: z.string(),
  },
  {
    method: "GET",
    path: "/api/{tenant}/audit/tile/{path}",
    tag: "audit",
    summary: "A tile of the tree over the log, as far as it was signed: level/index, or level/index.p/width",
    status: 200,
    media: "application/octet-stream",
    answer: z.string(),
  },
  {
    method: "GET",
    path: "/api/{tenant}/audit/proof",
    tag: "audit",
    summary: "An event with the proof that it is in the log of a signed checkpoint",
    query: proofQuerySchema,
    status: 200,
    answer: eventProofSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/audit/consistency",
    tag: "audit",
    summary: "The proof that the log goes on from an earlier checkpoint",
    query: growthQuerySchema,
    status: 200,
    answer: growthProofSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/audit/renewals",
    tag: "audit",
    summary: "How the keys by which the log is signed were replaced: each time announced by those before",
    status: 200,
    answer: renewalsSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/audit/export",
    tag: "audit",
    summary: "The log, or a part of it, as JSON in lines with all proofs: `signalbox audit verify --file`",
    query: exportQuerySchema,
    status: 200,
    media: "application/x-ndjson",
    answer: z.string(),
  },
];
