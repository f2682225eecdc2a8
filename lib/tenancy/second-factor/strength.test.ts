import { expect, it } from "vitest";
import { claimsTwoFactors, isPending, isProven, meetsDemand } from "./strength";

it.each([
  [false, ["password"], { proven: false, pending: false, meets: false }],
  [true, ["password"], { proven: false, pending: true, meets: false }],
  [true, ["link"], { proven: false, pending: true, meets: false }],
  [true, ["oidc"], { proven: false, pending: true, meets: false }],
  [true, ["password", "totp"], { proven: true, pending: false, meets: true }],
  [true, ["password", "recovery"], { proven: true, pending: false, meets: true }],
  [true, ["passkey"], { proven: true, pending: false, meets: true }],
  [false, ["oidc", "mfa"], { proven: true, pending: false, meets: true }],
  [true, ["oidc", "mfa"], { proven: true, pending: false, meets: true }],
  // Removed in this session: what was shown is no more.
  [false, ["password", "totp"], { proven: true, pending: false, meets: false }],
])("has a second factor: %s, shown: %j", (hasSecondFactor, factors, expected) => {
  const session = { hasSecondFactor, factors };
  expect({ proven: isProven(session), pending: isPending(session), meets: meetsDemand(session) }).toEqual(expected);
});

it.each([
  [{}, false],
  [{ amr: ["pwd"] }, false],
  [{ amr: ["pwd", "otp"] }, false],
  [{ amr: ["pwd", "mfa"] }, true],
  [{ amr: "mfa" }, false],
  [{ acr: "0" }, false],
  [{ acr: "phr" }, true],
  [{ acr: "https://refeds.org/profile/mfa" }, true],
])("claims %j", (claims, expected) => {
  expect(claimsTwoFactors(claims)).toBe(expected);
});
