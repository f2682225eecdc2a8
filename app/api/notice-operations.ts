import * as notices from "@/lib/notices/contract";
import type { Operation } from "./operations";

/** What people are told, and how. */
export const NOTICE_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/notices",
    tag: "people",
    summary: "What you were told here, newest first",
    status: 200,
    answer: notices.noticeListSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/notices/read",
    tag: "people",
    summary: "Say that you have read some of your notices, or all",
    body: notices.markReadInputSchema,
    status: 200,
    answer: notices.noticeListSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/notices/preference",
    tag: "people",
    summary: "Whether you get notices of this tenant by mail",
    status: 200,
    answer: notices.noticePreferenceDtoSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/notices/preference",
    tag: "people",
    summary: "Say whether you want notices of this tenant by mail",
    body: notices.noticePreferenceSchema,
    status: 200,
    answer: notices.noticePreferenceDtoSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/notice-webhook",
    tag: "people",
    summary: "Where the tenant's notices are sent to",
    status: 200,
    answer: notices.webhookDtoSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/notice-webhook",
    tag: "people",
    summary: "Send the tenant's notices to an address, signed; the secret is told once",
    versioned: true,
    body: notices.webhookInputSchema,
    status: 200,
    answer: notices.webhookDtoSchema,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/notice-webhook",
    tag: "people",
    summary: "Send the tenant's notices nowhere",
    status: 204,
  },
];
