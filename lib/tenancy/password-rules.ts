import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { COMMON_PASSWORDS } from "./common-passwords";

const DIGEST_CHARACTERS = 8;
/** What is left of a password without the words that whoever guesses at this account tries first. */
const LEAST_OF_ONE_S_OWN = 6;
/** Of this product; those of the person come along. */
const WORDS = [
  "signalbox",
  "alertmanager",
  "prometheus",
  "password",
  "passwort",
  "motdepasse",
  "administrator",
  "admin",
];

let common: ReadonlySet<string> | undefined;

function commonDigests(): ReadonlySet<string> {
  common ??= new Set(COMMON_PASSWORDS.replaceAll(/\s/g, "").match(new RegExp(`.{${DIGEST_CHARACTERS}}`, "g")));
  return common;
}

export function isCommonPassword(password: string): boolean {
  const digest = createHash("sha256").update(password.toLowerCase()).digest("base64url");
  return commonDigests().has(digest.slice(0, DIGEST_CHARACTERS));
}

/**
 * Throws `weak_password` for one of the most frequent ones, for one that is made of our words and the person's own, and for one
 * sign repeated. Nothing is asked of the kinds of characters.
 */
export function refuseWeakPassword(password: string, person: { email: string; name: string }): void {
  const own = [...person.email.split(/[@.+_-]/), ...person.name.split(/\s+/)].filter((word) => word.length >= 3);
  const words = [...WORDS, ...own.map((word) => word.toLowerCase())].sort((a, b) => b.length - a.length);
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), password.toLowerCase());
  if (rest.length < LEAST_OF_ONE_S_OWN || new Set(rest).size < 3 || isCommonPassword(password)) {
    throw new AppError("weak_password", "This password is among those that are tried first. Choose another one.");
  }
}
