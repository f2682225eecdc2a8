import { NextIntlClientProvider } from "next-intl";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type JsonObject, profileFor } from "@/lib/alertmanager";
import { DiagnosticsIndex } from "../fields/diagnostics-index";
import { type FieldsEnvironment, FieldsProvider } from "../fields/environment";
import fields from "../messages/en/fields.json";
import messages from "../messages/en/time-intervals.json";
import { Calendar } from "./calendar";
import { IntervalItems } from "./interval-items";

const NOW = new Date("2027-03-24T10:30:00Z");
const ENVIRONMENT: FieldsEnvironment = {
  profile: profileFor("alertmanager@0.34"),
  judges: [{ target: "production", version: "0.28.1", profile: profileFor("alertmanager@0.28") }],
  readOnly: false,
  diagnostics: new DiagnosticsIndex(),
  secretFacts: () => undefined,
  global: {},
  receiverNames: [],
  timeIntervalNames: [],
  set: () => {},
  applyFix: () => {},
  seal: async () => "",
};
const NIGHT: JsonObject = { times: [{ start_time: "01:00", end_time: "04:00" }], location: "Europe/Paris" };

function htmlOf(shown: React.ReactNode, search = "", environment: Partial<FieldsEnvironment> = {}): string {
  return renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={search}>
      <NextIntlClientProvider
        locale="en"
        timeZone="Europe/Paris"
        now={NOW}
        messages={{ fields, "time-intervals": messages }}
      >
        <FieldsProvider value={{ ...ENVIRONMENT, ...environment }}>{shown}</FieldsProvider>
      </NextIntlClientProvider>
    </NuqsTestingAdapter>,
  );
}
const calendar = (item: JsonObject, search = "") =>
  htmlOf(<Calendar name="nights" interval={{ time_intervals: [item] }} />, search);

describe("the week", () => {
  it("is that of today in the reader's zone, with the day on which clocks are changed", () => {
    const html = calendar(NIGHT);
    expect(html).toMatch(/Mar 22\s–\s28, 2027/);
    expect(html).toMatch(/Monday, March 22, 2027: 01:00–04:00/);
    expect(html).toMatch(/Sunday, March 28, 2027: 01:00–02:00 and 03:00–04:00; 02:00–03:00 does not exist/);
    expect(html).toContain("no such time");
    expect(html).toContain("does not hold now");
  });

  it("can be another one, of another place", () => {
    const html = calendar(NIGHT, "?day=2027-01-05&zone=America/New_York");
    expect(html).toMatch(/Tuesday, January 5, 2027: 19:00–22:00/);
    expect(html).toContain("back to yours");
  });

  it("tells the next ten switches with their zone", () => {
    const html = calendar(NIGHT, "?zone=UTC");
    expect(html.match(/<time /g)).toHaveLength(10);
    expect(html).toContain("Thu, Mar 25, 2027, 00:00 UTC");
    expect(html).toContain("in 14 hours");
    expect(calendar({ years: ["2020"] })).toContain("Nothing changes in the next eight years.");
    expect(calendar({})).toContain("holds now");
  });
});

describe("the year", () => {
  it("shows each day as a whole, in part or not at all", () => {
    const html = calendar({ weekdays: ["sunday"], location: "Europe/Paris" }, "?calendar=year");
    expect(html.match(/data-extent="all"/g)).toHaveLength(52);
    expect(html.match(/data-extent="none"/g)).toHaveLength(313);
    expect(html.match(/tabindex="0"/gi)?.length).toBeGreaterThan(0);
    expect(html.match(/tabindex="-1"/gi)).toHaveLength(364);
    expect(html).toContain("Sunday, March 28, 2027: holds all day; 02:00–03:00 does not exist");
    expect(html).toMatch(/aria-current="date"[^>]*>24</);
  });
});

it("says that an item which is refused never holds, so that nobody takes an empty calendar for an answer", () => {
  expect(calendar({ weekdays: ["fri"] })).toContain("An item with an error never holds.");
  expect(calendar({ months: ["13"] })).not.toContain("An item with an error");
});

describe("the month that every version counts short", () => {
  it("is told where it matters, with the targets", () => {
    const html = calendar({ days_of_month: ["-1"], location: "Europe/Paris" });
    expect(html).toContain("production (0.28.1): a known defect");
    expect(html).toContain("Item 1, March 2027 (Europe/Paris): it does not hold on day 31, but on day 30.");
  });

  it("is not told where it does not", () => {
    expect(calendar({ days_of_month: ["-1"] })).not.toContain("known defect");
  });
});

describe("the form", () => {
  const form = (item: JsonObject, environment: Partial<FieldsEnvironment> = {}) =>
    htmlOf(<IntervalItems path={["time_intervals", 0, "time_intervals"]} value={[item]} />, "", environment);

  it("shows days of a range as pressed, and the range as it is written", () => {
    const html = form({ weekdays: ["monday:wednesday", "sunday"], months: ["13"], years: ["2027:2030"] });
    const pressed = [...html.matchAll(/aria-pressed="true" aria-label="(\w+)"/g)].map(([, name]) => name);
    expect(pressed).toEqual(["Monday", "Tuesday", "Wednesday", "Sunday"]);
    expect(html).toContain("monday:wednesday");
    expect(html).toContain("2027:2030");
    expect(html).toContain("Any time of the day");
  });

  it("offers to cut what runs over midnight, and leaves keys alone that nobody knows", () => {
    const html = form({ times: [{ start_time: "22:00", end_time: "06:00" }], colour: "blue" });
    expect(html).toContain("Over midnight");
    expect(html).toContain("colour");
    expect(form({ times: [{ start_time: "09:00", end_time: "17:00" }] })).not.toContain("Over midnight");
  });

  it("has nothing to press for those who only read", () => {
    const html = form(
      { weekdays: ["monday"], times: [{ start_time: "22:00", end_time: "06:00" }] },
      { readOnly: true },
    );
    expect(html.match(/<button/g)).toHaveLength(19);
    expect(html.match(/disabled=""/g)).toHaveLength(19);
  });
});
