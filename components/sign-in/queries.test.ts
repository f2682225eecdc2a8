import { describe, expect, it } from "vitest";
import { providerInputSchema } from "@/lib/tenancy/sign-in/contract";
import { draftOf, inputOf } from "./queries";

const KEPT = {
  name: "Company",
  issuer: "https://id.example",
  clientId: "signalbox",
  scopes: "openid email",
  roleMap: { claim: "groups", map: { sre: "editor" as const }, otherwise: "viewer" as const },
  enabled: true,
  hasSecret: true,
  tested: false,
};

describe("the form of a sign-in service", () => {
  it("sends back what it was given, and leaves the secret alone", () => {
    const { hasSecret: _secret, tested: _tested, ...settings } = KEPT;
    const sent = inputOf(draftOf(KEPT), true);
    expect(sent).toEqual(settings);
    expect("clientSecret" in sent).toBe(false);
  });

  it("takes a new secret, and says so when there is none at all", () => {
    expect(inputOf({ ...draftOf(KEPT), clientSecret: "new" }, true).clientSecret).toBe("new");
    expect(inputOf(draftOf(null), false).clientSecret).toBeNull();
  });

  it("drops pairs that hold nothing, and nobody gets a role by default", () => {
    const map = ["", " leads "].map((value) => ({ key: value, value, role: "admin" }));
    const draft = { ...draftOf(null), map };
    expect(inputOf(draft, false).roleMap).toEqual({ claim: "groups", map: { leads: "admin" }, otherwise: null });
  });

  it("is what the API takes once it is filled in", () => {
    const draft = { ...draftOf(null), name: "Company", issuer: "https://id.example", clientId: "x" };
    expect(providerInputSchema.safeParse(inputOf(draft, false)).success).toBe(true);
    expect(providerInputSchema.safeParse(inputOf({ ...draft, scopes: "email" }, false)).success).toBe(false);
  });
});
