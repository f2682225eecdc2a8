import { expect, test } from "vitest";
import { recordFacts } from "./secret-facts";

test("a secret is never judged by its content", () => {
  expect(recordFacts("secret", "not a url")).toEqual({ kind: "secret", valid: true, templated: false });
});

test("of a URL only scheme and host are recorded", () => {
  const facts = recordFacts("secretUrl", "https://hooks.example.com:8443/services/T0/B0/xyz?token=1");
  expect(facts).toEqual({
    kind: "secretUrl",
    valid: true,
    scheme: "https",
    host: "hooks.example.com:8443",
    templated: false,
  });
});

test("says upstream's words for what it would refuse", () => {
  expect(recordFacts("secretUrl", "ftp://example.com")).toMatchObject({
    valid: false,
    problem: 'unsupported scheme "ftp" for URL',
  });
  expect(recordFacts("secretUrl", "nothing")).toMatchObject({ valid: false });
  expect(JSON.stringify(recordFacts("secretUrl", "user:hunter2"))).not.toContain("hunter2");
});

test("a template is a URL only once it is executed", () => {
  expect(recordFacts("secretTemplateUrl", "{{ .CommonLabels.url }}")).toMatchObject({ valid: true, templated: true });
});
