import { describe, expect, it } from "vitest";
import { FlowList, FlowText, type Marshalled, marshalYaml, Token } from "./marshal-yaml";
import { naturally } from "./natural-order";
import { printUrl } from "./url-string";

const long = `${"word ".repeat(20)}end`;

describe("marshalYaml", () => {
  it.each<[Marshalled, string]>([
    ["plain", "a: plain\n"],
    ["", 'a: ""\n'],
    ["yes", 'a: "yes"\n'],
    ["12", 'a: "12"\n'],
    ["1:30", 'a: "1:30"\n'],
    ["2026-01-02", 'a: "2026-01-02"\n'],
    ["# no", "a: '# no'\n"],
    ["it's: so", "a: 'it''s: so'\n"],
    ["tab\there", 'a: "tab\\there"\n'],
    ["🙂", 'a: "\\U0001F642"\n'],
    ["two\nlines", "a: |-\n  two\n  lines\n"],
    ["end\n", "a: |\n  end\n"],
    [" \n x", 'a: " \\n x"\n'],
    ["\n", "a: |2+\n\n"],
    [new Token("5"), "a: 5\n"],
    [null, "a: null\n"],
    [[], "a: []\n"],
    [new Map(), "a: {}\n"],
    [["x", ["z"]], "a:\n- x\n- - z\n"],
    [[new Map([["b", new Map([["c", "d"]])]])], "a:\n- b:\n    c: d\n"],
    [new FlowList(["monday:friday", "1", "a b"]), "a: ['monday:friday', \"1\", a b]\n"],
    [long, `a: ${"word ".repeat(16).trimEnd()}\n  ${"word ".repeat(4)}end\n`],
  ])("writes %j", (value, text) => expect(marshalYaml(new Map([["a", value]]))).toBe(text));
});

it("lets a text's wish for one line fall to the next item", () => {
  const item = (name: string) =>
    new Map<string, Marshalled>([
      ["k", name],
      ["l", ["x", "a: b"]],
      ["z", new FlowText("UTC")],
    ]);
  expect(
    marshalYaml(
      new Map<string, Marshalled>([
        ["list", [item("a"), item("b")]],
        ["after", [item("c")]],
      ]),
    ),
  ).toBe(
    "list:\n- k: a\n" +
      "  l:\n  - x\n  - 'a: b'\n  z: UTC\n- {k: b, l: [x, 'a: b'], z: UTC}\nafter:\n- k: c\n" +
      "  l:\n  - x\n  - 'a: b'\n  z: UTC\n",
  );
});

it("sorts keys as upstream does", () => {
  expect(["b", "a10", "a9", "_x", "A", "10", "9", "a"].sort(naturally)).toEqual([
    "_x",
    "9",
    "10",
    "A",
    "a",
    "a9",
    "a10",
    "b",
  ]);
});

describe("printUrl", () => {
  it.each([
    ["HTTP://h.example/a b?q=1#f", "http://h.example/a%20b?q=1#f"],
    ["http://u:p%40w@h/x", "http://u:p%40w@h/x"],
    ["http://h/%C3%A4(1)", "http://h/%C3%A4(1)"],
    ["http://h", "http://h"],
  ])("writes %s", (text, printed) => expect(printUrl(text)).toBe(printed));

  it("ends an API address with a slash, and hides a password", () => {
    expect(printUrl("http://h/v1?x", { slash: true })).toBe("http://h/v1/?x");
    expect(printUrl("http://u:secret@h", { redacted: true })).toBe("http://u:xxxxx@h");
  });
});
