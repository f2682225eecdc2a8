import fc from "fast-check";
import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import { parseTemplates } from "./template-set";

const profile = profileFor("alertmanager@0.34");
const { set } = parseTemplates([], profile);
const text = fc.string({ unit: "grapheme", maxLength: 30 });
const run = (template: string, value: string, kind: "text" | "html" = "text") =>
  executeTemplate(set, { kind, text: template, data: { receiver: value, commonLabels: { a: value } }, profile });
const holds = (judge: (value: string) => void) =>
  fc.assert(
    fc.property(text, (value) => void judge(value)),
    { numRuns: 150 },
  );
const output = (template: string, value: string, kind: "text" | "html" = "text") => {
  const result = run(template, value, kind);
  return result.ok ? result.output : `error: ${result.error}`;
};

it("text without actions stays as it is", () => {
  holds((value) => {
    if (!value.includes("{{")) expect(output(value, "")).toBe(value);
  });
});

it("a value comes out as it went in, by any way that keeps it", () => {
  holds((value) => {
    for (const template of [
      "{{ .Receiver }}",
      "{{ .CommonLabels.a }}",
      "{{ with .Receiver }}{{ . }}{{ end }}",
      "{{ $x := .Receiver }}{{ $x }}",
      '{{ printf "%s" .Receiver }}',
      "{{ print .Receiver }}",
      "{{ base64decode (base64encode .Receiver) }}",
      "{{ urlUnescape (urlquery .Receiver) }}",
      '{{ index (dict "k" .Receiver) "k" }}',
      "{{ range list .Receiver }}{{ . }}{{ end }}",
      "{{ slice .Receiver 0 }}",
    ]) {
      expect(output(template, value)).toBe(value);
    }
    expect(JSON.parse(output("{{ toJson .Receiver }}", value))).toBe(value);
    expect(Number(output("{{ len .Receiver }}", value))).toBe(new TextEncoder().encode(value).length);
  });
});

it("in HTML no value opens a tag, ends its quotes or becomes a script", () => {
  const hostile = fc.string({ unit: fc.constantFrom(..."<>\"'`&=/\\ \n:;()javscriptx!-é"), maxLength: 30 });
  fc.assert(
    fc.property(hostile, (value) => {
      expect(output("{{ .Receiver }}", value, "html")).not.toMatch(/[<>"']/);
      expect(output('<a title="{{ .Receiver }}">', value, "html")).toMatch(/^<a title="[^"<>]*">$/);
      expect(output("<a title={{ .Receiver }}>", value, "html")).toMatch(/^<a title=[^\s"'<>=`]+>$/);
      expect(output('<a href="{{ .Receiver }}">', value, "html")).not.toMatch(/^<a href="\s*javascript:/i);
      const script = output('<script>x = {{ .Receiver }}; y = "{{ .Receiver }}"</script>', value, "html");
      expect(script).toMatch(/^<script>x = "(?:[^"\\<>]|\\.)*"; y = "(?:[^"\\<>]|\\.)*"<\/script>$/);
      expect(output("<style>p { x: {{ .Receiver }} }</style>", value, "html")).toMatch(
        /^<style>p \{ x: [^{}<>;"']* \}<\/style>$/,
      );
    }),
    { numRuns: 150 },
  );
});
