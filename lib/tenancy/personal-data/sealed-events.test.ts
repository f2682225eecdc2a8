import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { newOwnKey } from "@/lib/secrets";
import { openEvent, type PersonalKey, peopleIn, sealEvents } from "./sealed-events";

const tenant = randomUUID();
const key: PersonalKey = { personId: randomUUID(), key: newOwnKey() };
const keys = new Map([[key.personId, key.key]]);
const FIELDS = { Commented: ["text"] };
const events = [
  { type: "Commented", data: { text: "call Ann on 555", at: 3 } },
  { type: "Commented", data: { text: "" } },
  { type: "Other", data: { text: "call Ann" } },
];

test("the log gets no personal text, and who has the key reads it as it was", () => {
  const sealed = sealEvents(events, FIELDS, tenant, key);
  expect(JSON.stringify(sealed[0])).not.toContain("Ann");
  expect(sealed[0]?.data).toMatchObject({
    at: 3,
    text: { personal: key.personId, commitment: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(sealed.slice(1)).toEqual(events.slice(1));
  expect(peopleIn(sealed)).toEqual([key.personId]);
  expect(sealed.map((event) => openEvent(event, tenant, keys))).toEqual(events);
});

test("without the key the place is told and nothing of the text", () => {
  const [sealed] = sealEvents(events, FIELDS, tenant, key);
  expect(openEvent(sealed!, tenant, new Map()).data).toEqual({ at: 3, text: { erased: key.personId } });
});

test("one text has another commitment each time, so that nobody can try texts", () => {
  const twice = sealEvents([events[0]!, events[0]!], FIELDS, tenant, key).map(({ data }) => JSON.stringify(data));
  expect(twice[0]).not.toBe(twice[1]);
});

test("a sealed text opens in its own tenant, person, event and field only", () => {
  const [sealed] = sealEvents(events, FIELDS, tenant, key);
  const moved = { ...sealed!, type: "Approved" };
  expect(() => openEvent(moved, tenant, keys)).toThrow();
  expect(() => openEvent(sealed!, randomUUID(), keys)).toThrow();
  const { text, ...rest } = sealed!.data;
  expect(() => openEvent({ ...sealed!, data: { ...rest, comment: text } }, tenant, keys)).toThrow();
  const other = { ...(text as object), commitment: "0".repeat(64) };
  expect(() => openEvent({ ...sealed!, data: { ...rest, text: other } }, tenant, keys)).toThrow(/committed/);
});

test("a command that says nothing of whom it tells is refused; where a program acts there is nobody", () => {
  expect(() => sealEvents(events, FIELDS, tenant, undefined)).toThrow(/does not say/);
  expect(sealEvents(events, FIELDS, tenant, null)).toEqual(events);
});
