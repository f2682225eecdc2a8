import * as history from "@/lib/history/contract";
import type { Operation } from "./operations";

/** What is known of alerts, and how it comes to be known. */
export const HISTORY_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/alerts",
    tag: "alerts",
    summary: "Alerts of now or of a window, newest first",
    query: history.alertsQuerySchema,
    status: 200,
    answer: history.alertsPageSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/alerts/labels",
    tag: "alerts",
    summary: "Names of labels, or values of one, with their counts",
    query: history.labelsQuerySchema,
    status: 200,
    answer: history.labelCountsSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/alerts/firings",
    tag: "alerts",
    summary: "All that fired in the last days, compactly",
    query: history.firingsQuerySchema,
    status: 200,
    answer: history.firingsSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/history",
    tag: "alerts",
    summary: "What is known of alerts, and from where",
    status: 200,
    answer: history.historyStateSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/history",
    tag: "alerts",
    summary: "How long alerts are kept, and whether targets are asked for them",
    body: history.historySettingsSchema,
    status: 200,
    answer: history.historySettingsSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/taps",
    tag: "alerts",
    summary: "Make an intake for a Prometheus; the answer alone holds its token",
    body: history.createTapSchema,
    status: 201,
    answer: history.createdTapSchema,
  },
  { method: "DELETE", path: "/api/{tenant}/taps/{id}", tag: "alerts", summary: "Revoke an intake", status: 204 },
];
