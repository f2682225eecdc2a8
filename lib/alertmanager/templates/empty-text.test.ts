import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import { parseTemplates } from "./template-set";

const profile = profileFor("alertmanager@0.25");
const defaults = [
  { name: "default.tmpl", content: '\n\t{{ define "x" }}{{ end }}\n' },
  { name: "email.tmpl", content: '   {{ define "y" }}{{ end }}' },
];
const data = { receiver: "r", status: "firing", alerts: [], externalURL: "" };

function rendered(kind: "text" | "html", text: string, program: boolean) {
  const { set } = parseTemplates([], profile, { defaults, program });
  const result = executeTemplate(set, { kind, text, data, profile });
  return result.ok && result.output;
}

it.each([" ", " {{/* c */}}"])(
  "HTML of nothing but blanks (%j) is what stands around the first default templates",
  (text) => {
    expect(rendered("html", text, true)).toBe("\n\t\n");
    expect(rendered("html", text, false)).toBe(" ");
    expect(rendered("text", text, true)).toBe(" ");
    expect(rendered("html", `${text}a`, true)).toBe(" a");
  },
);
