import { z } from "zod";
import {
  eraseOwnSchema,
  erasureDtoSchema,
  personAddressSchema,
  personFileSchema,
  processingSchema,
} from "@/lib/privacy/contract";
import type { Operation } from "./operations";

/** What people may ask of what is known of them, and operators in their place. */
export const PRIVACY_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/me/export",
    tag: "people",
    summary: "Everything that is known of you, as a ZIP file of JSON and CSV",
    status: 200,
  },
  {
    method: "POST",
    path: "/api/me/erasure",
    tag: "people",
    summary: "Erase your account and what is known of you, in every tenant, for good; with your address once more",
    body: eraseOwnSchema,
    status: 200,
    answer: erasureDtoSchema,
  },
  {
    method: "POST",
    path: "/api/platform/person-exports",
    tag: "platform",
    summary: "Everything that is known of somebody, as a ZIP file of JSON and CSV",
    body: personAddressSchema,
    status: 200,
    answer: personFileSchema,
  },
  {
    method: "GET",
    path: "/api/platform/erasures",
    tag: "platform",
    summary: "Erasures with their receipts, the newest first",
    status: 200,
    answer: z.array(erasureDtoSchema),
  },
  {
    method: "POST",
    path: "/api/platform/erasures",
    tag: "platform",
    summary: "Erase a person and what is known of them, in every tenant, for good",
    body: personAddressSchema,
    status: 200,
    answer: erasureDtoSchema,
  },
  {
    method: "GET",
    path: "/api/platform/processing",
    tag: "platform",
    summary: "The record of processing (GDPR art. 30); `format=markdown` for people",
    query: z.object({ format: z.enum(["json", "markdown"]).optional() }),
    status: 200,
    answer: processingSchema,
  },
];
