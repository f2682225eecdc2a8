import { expect, it } from "vitest";
import { TypedTexts } from "./typed-texts";

it("knows what was typed before the last letter", () => {
  const typed = new TypedTexts();
  for (const text of ["a", "ab", "abc"]) typed.add(text);
  expect(typed.isLate("a")).toBe(true);
  expect(typed.isLate("ab")).toBe(true);
  expect(typed.isLate("abc")).toBe(false);
});

it("lets through what was never typed, and what is shown", () => {
  const typed = new TypedTexts();
  expect(typed.isLate("")).toBe(false);
  for (const text of ["a", "ab"]) typed.add(text);
  expect(typed.isLate("something else")).toBe(false);
  // Undone elsewhere: it was typed once, and is no echo any more.
  expect(typed.isLate("a")).toBe(false);
});

it("forgets what is very old", () => {
  const typed = new TypedTexts();
  for (let length = 0; length < 500; length++) typed.add("x".repeat(length));
  expect(typed.isLate("xxx")).toBe(false);
});

it("is not misled when the rest of the page is drawn anew", () => {
  const typed = new TypedTexts();
  expect(typed.isLate("")).toBe(false);
  typed.add("a");
  // Findings came in before the letter did.
  expect(typed.isLate("")).toBe(true);
  typed.add("ab");
  expect([typed.isLate("a"), typed.isLate("a"), typed.isLate("ab"), typed.isLate("ab")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  typed.add("abc");
  expect(typed.isLate("ab")).toBe(true);
  expect(typed.isLate("another file")).toBe(false);
});
