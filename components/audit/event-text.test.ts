import { expect, it } from "vitest";
import { eventText } from "./event-text";

it.each([
  ["RevisionPublished", "Revision published"],
  ["member_role_changed", "Member role changed"],
  ["publication.requested", "Publication requested"],
])("%s reads %s", (type, text) => {
  expect(eventText(type)).toBe(text);
});
