import { z } from "zod";
import * as tests from "@/lib/test-sends/contract";
import type { Operation } from "./operations";

/** What tries a receiver out. */
export const TEST_SEND_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/test-sends",
    tag: "configuration",
    summary: "The last tests of a receiver, newest first",
    query: tests.testHistoryQuerySchema,
    status: 200,
    answer: z.array(tests.testResultDtoSchema),
  },
  {
    method: "POST",
    path: "/api/{tenant}/test-sends",
    tag: "configuration",
    summary: "Send a test through one integration of a receiver, or through all",
    body: tests.sendTestInputSchema,
    status: 201,
    answer: z.array(tests.testResultDtoSchema),
  },
  {
    method: "GET",
    path: "/api/{tenant}/test-sends/liveness",
    tag: "configuration",
    summary: "What providers said last of a receiver's secrets",
    query: tests.livenessQuerySchema,
    status: 200,
    answer: z.array(tests.secretCheckDtoSchema),
  },
  {
    method: "POST",
    path: "/api/{tenant}/test-sends/liveness",
    tag: "configuration",
    summary: "Ask providers whether they take a receiver's secrets, without sending anything",
    body: tests.livenessInputSchema,
    status: 200,
    answer: z.array(tests.secretCheckDtoSchema),
  },
  {
    method: "POST",
    path: "/api/{tenant}/test-sends/alerts",
    tag: "configuration",
    summary: "Post a marked alert to the Alertmanager that runs, where its operator allows it",
    body: tests.postAlertInputSchema,
    status: 201,
    answer: tests.postedAlertDtoSchema,
  },
];
