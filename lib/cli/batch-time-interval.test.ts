import { expect, it } from "vitest";
import { answerLine } from "./batch";

const ask = (request: object) => JSON.parse(answerLine(JSON.stringify({ id: 1, op: "timeinterval", ...request })));

it.each([
  ["- weekdays: [monday:friday]", "2026-06-15T00:00:00Z", true],
  ["- weekdays: [monday:friday]", "2026-06-15T00:00:00+02:00", false],
  [
    "- {times: [{start_time: 09:00, end_time: 10:00}], location: Europe/Zurich}",
    "2026-06-15T07:59:59.999999999Z",
    true,
  ],
  ["- {times: [{start_time: 09:00, end_time: 10:00}], location: Europe/Zurich}", "2026-06-15T08:00:00Z", false],
  ["", "2026-06-15T00:00:00Z", false],
])("tells whether %s contains %s", (yaml, at, contains) => {
  expect(ask({ yaml, at })).toEqual({ id: 1, ok: true, contains });
});

it("answers with upstream's words", () => {
  const error = "unknown time zone Mars/Base";
  expect(ask({ yaml: "- location: Mars/Base", at: "2026-06-15T00:00:00Z" })).toEqual({ id: 1, ok: false, error });
});

it.each([
  [{ at: "2026-06-15T00:00:00Z" }, "yaml must be a string"],
  [{ yaml: "", at: "tomorrow" }, "at must be a time such as 2026-06-15T12:00:00Z"],
  [{ yaml: "", at: "2026-13-15T00:00:00Z" }, "at must be a time such as 2026-06-15T12:00:00Z"],
  [{ yaml: "", at: 0 }, "at must be a time such as 2026-06-15T12:00:00Z"],
])("says what is wrong with %j", (request, error) => {
  expect(ask(request)).toEqual({ id: 1, ok: false, error });
});
