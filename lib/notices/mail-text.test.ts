import { expect, it } from "vitest";
import { NOTICE_KINDS } from "./contract";
import { mailText } from "./mail-text";

const LANGUAGES = ["en", "fr", "de"] as const;
const notice = {
  changeId: "c",
  number: 7,
  title: "Quiet\r\nBcc: x",
  by: "b",
  detail: "Two\nlines",
  tenant: "meridian",
};

it("says what happened and where to look, in one line of subject", () => {
  const seen = new Set<string>();
  for (const [kind, language] of NOTICE_KINDS.flatMap((one) => LANGUAGES.map((other) => [one, other] as const))) {
    const { subject, text } = mailText({ ...notice, kind }, { by: "Anne\n", link: "https://x.example/c", language });
    seen.add(subject);
    expect(subject).toMatch(/^\[meridian\] .*#7 Quiet Bcc: x/);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain("> Two\n> lines");
    expect(text).toContain("https://x.example/c");
  }
  // None is another's, in no language.
  expect(seen.size).toBe(NOTICE_KINDS.length * LANGUAGES.length);
  const { subject } = mailText({ ...notice, kind: "approved" }, { by: null, link: "", language: "en" });
  expect(subject).toContain("Signalbox approved");
});
