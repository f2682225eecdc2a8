import { expect, test } from "vitest";
import { setPasswordInputSchema } from "./contract";
import { isCommonPassword, refuseWeakPassword } from "./password-rules";

const PERSON = { email: "ada.lovelace@engines.example", name: "Ada Lovelace" };
const refusal = (password: string) => {
  try {
    refuseWeakPassword(password, PERSON);
    return null;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

test("the most frequent ones that are long enough are refused, in any case", () => {
  for (const password of ["1qaz2wsx3edc", "qwerty123456", "QwertyQwerty", "leavemealone"]) {
    expect(isCommonPassword(password)).toBe(true);
    expect(refusal(password)).toBe("weak_password");
  }
});

test("our words and the person's own count for nothing", () => {
  for (const password of [
    "Signalbox2026",
    "alertmanager!",
    "ada.lovelace1",
    "lovelace-engines",
    "passwordadmin",
    "aaaaaaaaaaaaaaa",
  ]) {
    expect(refusal(password), password).toBe("weak_password");
  }
});

test("any composition will do: letters alone, digits alone, spaces, other scripts, 64 characters and more", () => {
  for (const password of [
    "correct horse battery",
    "tremulousweaselpie",
    "804915273640",
    "пароль из книги",
    "長い合言葉をここに書いておく",
    `${"a long sentence of one's own, ".repeat(8)}!`,
  ]) {
    expect(setPasswordInputSchema.safeParse({ password }).success, password).toBe(true);
    expect(refusal(password), password).toBeNull();
  }
});

test("fewer than twelve characters are too few", () => {
  expect(setPasswordInputSchema.safeParse({ password: "x7Yq!pL0.aK" }).success).toBe(false);
});
