import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { templateTokens } from "./template-tokens";

const coloured = (source: string) =>
  templateTokens(source)
    .filter(({ kind }) => kind !== "text")
    .map(({ kind, text }) => `${kind}:${text}`);

describe("templateTokens", () => {
  it("loses no character of any text", () => {
    const piece = fc.constantFrom(
      "{{",
      "}}",
      "-}}",
      "{{-",
      " ",
      ".",
      '"',
      "`",
      "$x",
      "range",
      "/*",
      "*/",
      "\n",
      "'",
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const source = pieces.join("");
        expect(
          templateTokens(source)
            .map(({ text }) => text)
            .join(""),
        ).toBe(source);
      }),
    );
  });

  it("knows actions from text", () => {
    expect(coloured("if .Alerts {{ if .Alerts -}} end")).toEqual([
      "delimiter:{{",
      "keyword:if",
      "field:.Alerts",
      "delimiter:-}}",
    ]);
  });

  it("reads fields, variables, strings, numbers and comments", () => {
    expect(coloured('{{- $n := index .CommonLabels.team 0 | printf "%s }}" }}{{/* }} */}}{{ .}}')).toEqual([
      "delimiter:{{-",
      "variable:$n",
      "field:.CommonLabels.team",
      "number:0",
      'string:"%s }}"',
      "delimiter:}}",
      "delimiter:{{",
      "comment:/* }} */",
      "delimiter:}}",
      "delimiter:{{",
      "field:.",
      "delimiter:}}",
    ]);
  });

  it("takes a function whose name begins like a word of the language for a function", () => {
    expect(coloured("{{ endpoint .ifIndex }}")).toEqual(["delimiter:{{", "field:.ifIndex", "delimiter:}}"]);
  });
});
