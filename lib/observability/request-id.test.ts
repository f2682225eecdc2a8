import { expect, test } from "vitest";
import { requestIdOf } from "./request-id";

test("keeps a given id only when it cannot break a log line", () => {
  expect(requestIdOf(new Headers({ "x-request-id": "4bf92f35-77b3" }))).toBe("4bf92f35-77b3");
  for (const bad of ["short", "has space in it", "x".repeat(65), 'quote"quote"']) {
    expect(requestIdOf(new Headers({ "x-request-id": bad }))).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(requestIdOf(new Headers())).toMatch(/^[0-9a-f-]{36}$/);
});
