import { expect, it } from "vitest";
import { localText } from "./local-text";

it("is read by a browser as the same minute", () => {
  for (const text of ["2026-03-01T02:05", "2026-12-31T23:59", "0999-01-02T00:00"]) {
    expect(localText(new Date(text))).toBe(text);
  }
});
