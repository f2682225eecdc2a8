import * as configuration from "@/lib/configuration/contract";
import type { Operation } from "./operations";

/** What shall stay true of alerts. */
export const EXPECTATION_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/expectations",
    tag: "configuration",
    summary: "What shall stay true of alerts, by name",
    status: 200,
    answer: configuration.savedExpectationSchema.array(),
  },
  {
    method: "POST",
    path: "/api/{tenant}/expectations",
    tag: "configuration",
    summary: "Expect something of an alert; no change is published for which it fails",
    body: configuration.expectationSchema,
    status: 201,
    answer: configuration.savedExpectationSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/expectations/import",
    tag: "configuration",
    summary: "Take over a list of expectations as YAML; those of the same name are replaced",
    body: configuration.importExpectationsSchema,
    status: 200,
    answer: configuration.importedExpectationsSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/expectations/{id}",
    tag: "configuration",
    summary: "Replace an expectation",
    versioned: true,
    body: configuration.expectationSchema,
    status: 200,
    answer: configuration.savedExpectationSchema,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/expectations/{id}",
    tag: "configuration",
    summary: "Delete an expectation",
    status: 204,
  },
];
