import { expect, it } from "vitest";
import { NOTICE_KINDS } from "./contract";
import { mailText } from "./mail-text";

const notice = {
  changeId: "c",
  number: 7,
  title: "Quiet\r\nBcc: x",
  by: "b",
  detail: "Two\nlines",
  tenant: "meridian",
};

it("says what happened and where to look, in one line of subject", () => {
  for (const kind of NOTICE_KINDS) {
    const { subject, text } = mailText({ ...notice, kind }, { by: "Anne\n", link: "https://x.example/c" });
    expect(subject).toMatch(/^\[meridian\] .*#7 Quiet Bcc: x/);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain("> Two\n> lines");
    expect(text).toContain("https://x.example/c");
  }
  const { subject } = mailText({ ...notice, kind: "approved" }, { by: null, link: "" });
  expect(subject).toContain("Signalbox approved");
});
