import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import { parseTemplates } from "./template-set";

function run(version: string, text: string, kind: "text" | "html" = "html"): string {
  const profile = profileFor(`alertmanager@${version}`);
  const { set } = parseTemplates([], profile);
  const result = executeTemplate(set, { kind, text, data: { status: "a<b", alerts: [] }, profile });
  return result.ok ? result.output : result.error;
}

// What 0.25 says was observed on Debian's build; what 0.34 says as well.
it.each([
  [
    "a number is no range",
    "{{ range 2 }}x{{ end }}",
    'template: :1:9: executing "" at <2>: range can\'t iterate over 2',
    "xx",
  ],
  ["else with", "{{ with nil }}{{ else with .Status }}{{ end }}", "template: :1: unexpected <with> in else", null],
  [
    "a parenthesis too many",
    "{{ (1)) }}",
    'template: :1: unexpected ")" in command',
    "template: :1: unexpected right paren",
  ],
  ["nothing without quotes", "<a f={{ .Receiver }}>", "<a f=>", "<a f=ZgotmplZ>"],
  ["angles in CSS", "<p style='{{ .Status }}'>", "<p style='a&lt;b'>", "<p style='ZgotmplZ'>"],
  ["a comment of HTML in a string of a script", '<script>"<!--"{{ 1 }}</script>', '<script>"<!--" 1 </script>', null],
  ["a tag that ends a comment", "<script>// {{ 1 }}</script>", "<script></script>", null],
])("%s", (_, text, old, recent) => {
  expect(run("0.25", text)).toBe(old);
  if (recent !== null) expect(run("0.34", text)).toBe(recent);
  else expect(run("0.34", text)).not.toBe(old);
});

it("actions in template literals of scripts are refused until Go 1.23", () => {
  const text = "<script>`{{ .Status }}`</script>";
  expect(run("0.25", text)).toBe("html/template::1:12: {{.Status}} appears in a JS template literal");
  expect(run("0.34", text)).toBe("<script>`a\\u003cb`</script>");
});

it("an error keeps what was written before it, which Slack sends since it ignores errors", () => {
  const profile = profileFor("alertmanager@0.34");
  const { set } = parseTemplates([], profile);
  const result = executeTemplate(set, {
    kind: "text",
    text: "a{{ .Status }}{{ .Nope }}b",
    data: { status: "é" },
    profile,
  });
  expect(result).toMatchObject({ ok: false, written: "aé" });
});
