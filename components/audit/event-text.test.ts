import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import en from "../messages/en/audit.json";
import { eventText, placeText, subjectText } from "./event-text";
import { namedIn } from "./use-audit-filter";

it.each([
  ["RevisionPublished", "Revision published"],
  ["member_role_changed", "Member role changed"],
  ["publication.requested", "Publication requested"],
])("%s reads %s", (type, text) => {
  expect(eventText(type)).toBe(text);
});

const entry = (over: Partial<AuditEntry>): AuditEntry => ({
  position: 1,
  at: "2026-01-01T00:00:00Z",
  type: "ReceiverChanged",
  streamType: "change",
  streamId: "c-1",
  actor: "p-1",
  actorName: "Mara",
  requestId: "r-1",
  data: {},
  leafHash: "",
  archived: false,
  ...over,
});

describe("an entry", () => {
  it("says what it was about", () => {
    expect(subjectText(entry({ data: { subject: "db-pager", edits: [] } }))).toBe("db-pager");
    expect(subjectText(entry({ data: { status: "restored", revision: 3 } }))).toBe("restored");
    expect(subjectText(entry({ data: { title: 7 } }))).toBe("");
  });

  it("leads to its thing, where that has a page", () => {
    expect(placeText(entry({}))).toBe("changes/c-1");
    expect(placeText(entry({ streamType: "publication", data: { revision: 3 } }))).toBe("revisions/3");
    expect(placeText(entry({ streamType: "expectations" }))).toBe("tester");
    expect(placeText(entry({ streamType: "member" }))).toBeNull();
  });
});

const ROOMS =
  "configuration,publishing,targets,tenancy,history,notices,privacy,backup,secrets,operations,transparency,test-sends,cli";
// Named like events in the same places, and none.
const OTHER = ["RepeatableRead", "SignalboxTest", "AssumeRoleWithWebIdentity"];

it("has a text in each language for every event of a log", () => {
  const named = globSync(`lib/{${ROOMS}}/**/*.ts`)
    .filter((file) => !/\.test\.ts$|testing|demo/.test(file))
    .flatMap((file) => [
      ...readFileSync(file, "utf8").matchAll(
        /(?:type: |Of<|^ {2}|recordOnPlatform\(\s*|recordWith\([a-z]+,\s*|ecord\((?:tx, )?by, |\? |: )"([A-Z][a-z]+(?:[A-Z][a-z]+)+)"/gm,
      ),
    ])
    .map(([, type]) => type ?? "");
  expect(named.length).toBeGreaterThan(60);
  const unnamed = [...new Set(named)].filter((type) => !Object.hasOwn(en.events, type) && !OTHER.includes(type));
  expect(unnamed).toEqual([]);
});

it("finds types by what they are called in the reader's language", () => {
  const names = { SignInFailed: "Anmeldung gescheitert", RouteMoved: "Route verschoben" };
  expect(namedIn(names, "GESCHEITERT")).toBe("SignInFailed");
  expect(namedIn(names, "moved")).toBe("RouteMoved");
  expect(namedIn(names, "")).toBe("");
  expect(namedIn(names, "pager")).toBe("");
});
