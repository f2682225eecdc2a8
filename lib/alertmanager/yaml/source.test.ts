import { describe, expect, it } from "vitest";
import { isMerge, type SourceNode } from "./nodes";
import { forgetSources, readSource } from "./source";

/** The tree with the text of each scalar; `[key, value]` where a mapping has a key that is no text. */
function tree(node: SourceNode | null): unknown {
  if (node === null) return null;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "alias") return `*${node.name}`;
  if (node.kind === "seq") return node.items.map(tree);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [JSON.stringify(tree(key)), tree(value)]));
}

function read(text: string): unknown {
  const { root, problem } = readSource(text);
  expect(problem).toBeNull();
  return JSON.parse(JSON.stringify(tree(root)).replaceAll('\\"', "'").replaceAll("\"'", '"').replaceAll("'\"", '"'));
}

function problemOf(text: string | Uint8Array): string | null {
  const { problem } = readSource(text);
  return problem && `${problem.line > 0 ? `line ${problem.line}: ` : ""}${problem.reason}`;
}

describe("readSource reads", () => {
  it.each([
    ["nothing", "", null],
    ["comments alone", "# a\n\n  # b\n", null],
    ["block and flow", "a:\n  b: [c, {d: e}]\nf:\n- g\n-\n  - h\n", { a: { b: ["c", { d: "e" }] }, f: ["g", ["h"]] }],
    ["a list as deep as its key", "a:\n- b\n- c\nd: e\n", { a: ["b", "c"], d: "e" }],
    ["lists in one line", "- - a\n  - b\n- c: d\n  e: f\n", [["a", "b"], { c: "d", e: "f" }]],
    [
      "values that are not there",
      "a:\nb:\n  -\n  -\nc: {d, e: , f:}\n",
      { a: "", b: ["", ""], c: { d: "", e: "", "f:": "" } },
    ],
    ["pairs in a list", "[a: b, ? c : d, e]\n", [{ a: "b" }, { c: "d" }, "e"]],
    ["explicit keys", "? a\n: b\n? c\n", { a: "b", c: "" }],
    ["JSON without spaces", '{"a":1,"b":[{"c":"d"}]}', { a: "1", b: [{ c: "d" }] }],
    ["JSON with tabs", '{\n\t"a": [\n\t\t1,\n\t\t2\n\t]\n}\n', { a: ["1", "2"] }],
    ["a plain scalar of lines", "a: b\n  c\n\n  d # e\n", { a: "b c\nd" }],
    ["colons and hashes inside words", "a: b:c#d\ne: [http://f/g, x:y]\n", { a: "b:c#d", e: ["http://f/g", "x:y"] }],
    ["dashes and marks that are words", "a: -b\nc: ?d\ne: :f\n", { a: "-b", c: "?d", e: ":f" }],
    ["single quotes", "a: 'b''c'\nd: 'e\n  f\n\n  g'\n", { a: "b'c", d: "e f\ng" }],
    ["escapes", '"\\x41\\u00e9\\U0001F642\\_\\N\\t"', "A\u00e9\u{1f642}\u00a0\u0085\t"],
    ["escaped line breaks", '"a\\\n   b  \\\n  c\n d"', "ab  c d"],
    ["quoted text less deep than its key", "a:\n  b: 'c\nd'\n", { a: { b: "c d" } }],
    ["a document marker in plain text ends it", "a\n--- b\n", "a"],
    ["the first document only", "a: 1\n---\n{{{ @\n", { a: "1" }],
    ["what stands before `...`", "a: 1\n...\nb: [\n", { a: "1" }],
    ["a document that is only begun", "---\n---\na\n", ""],
    ["directives", "%YAML 1.1\n%TAG !e! tag:e.org,2000:\n---\na: !e!x b\n", { a: "b" }],
    ["anchors and aliases", "a: &x [1]\nb: *x\nc: &x 2\nd: *x\n", { a: ["1"], b: "*x", c: "2", d: "*x" }],
    ["a byte order mark", "\ufeffa: b\n", { a: "b" }],
    ["a byte order mark further down as a letter", "a: b\n\ufeffc: d\n", { a: "b", "\ufeffc": "d" }],
    [
      "line breaks of all systems",
      "a: 1\r\nb: 2\rc: 3\x85d: 4\u2028e: 5\u2029f: 6",
      { a: "1", b: "2", c: "3", d: "4", e: "5", f: "6" },
    ],
    ["tabs behind values", "a: b\t\nc: [d]\t# e\n", { a: "b", c: ["d"] }],
    ["text behind the root that upstream never reads", "[a] b\n", ["a"]],
  ])("%s", (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ["clip", "a: |\n  b\n   c\n\nd: e\n", "b\n c\n"],
    ["strip", "a: |-\n  b\n\n", "b"],
    ["keep", "a: |+\n  b\n\n\nd: e\n", "b\n\n\n"],
    ["nothing", "a: |\nd: e\n", ""],
    ["empty lines kept", "a: |+\n\n\nd: e\n", "\n\n"],
    ["a deeper first line with a number", "a: |2\n    b\n  c\n", "  b\nc\n"],
    ["number and sign", "a: |1-\n  b\n", " b"],
    ["sign and number", "a: |-1\n  b\n", " b"],
    ["a comment behind the sign", "a: | # c\n  b\n", "b\n"],
    ["hashes inside", "a: |\n  # b\n  c\n", "# b\nc\n"],
    ["folded", "a: >\n  b\n  c\n\n  d\n    e\n  f\n", "b c\nd\n  e\nf\n"],
    ["folded, stripped", "a: >-\n\n  b\n  c\n", "\nb c"],
    ["without a line break at the end", "a: |\n  b", "b"],
    ["Windows lines", "a: |\r\n  b\r\n  c\r\n", "b\nc\n"],
    ["tabs behind the indentation", "a: |2\n  \tb\n", "\tb\n"],
  ])("block scalars: %s", (_, text, expected) => {
    const { root } = readSource(text);
    expect(root?.kind === "map" && root.pairs[0]!.value).toMatchObject({ value: expected });
  });

  it("tells where a block scalar ends", () => {
    const ends = (text: string) => {
      const { root } = readSource(text);
      return root?.kind === "map" ? text.slice(0, root.pairs[0]!.value.end) : null;
    };
    expect(ends("a: |\n  b\n\n# c\nd: e\n")).toBe("a: |\n  b");
    expect(ends("a: |+\r\n  b\r\n\r\nd: e\r\n")).toBe("a: |+\r\n  b\r\n");
    expect(ends("a: | # c\nd: e\n")).toBe("a: | # c");
  });

  it("knows what is merged in from what is only called so", () => {
    const { root } = readSource("a: {<<: {}, '<<': {}, !!merge <<: {}, !!str <<: {}, ! <<: {}}\n");
    const map = root?.kind === "map" ? root.pairs[0]!.value : null;
    expect(map?.kind === "map" && map.pairs.map(isMerge)).toEqual([true, false, true, false, true]);
  });

  it("resolves tags by their handles", () => {
    const { root } = readSource("%TAG !e! tag:e.org:\n---\n[!!int 1, !a b, !e!f%C3%A9 g, !<x:y> h, ! i]\n");
    const tags = root?.kind === "seq" && root.items.map(({ properties }) => properties?.tag);
    expect(tags).toEqual(["tag:yaml.org,2002:int", "!a", "tag:e.org:f\u00e9", "x:y", "!"]);
  });

  it("keeps the exact place of everything", () => {
    const text = "a: &x !!str  'b'  # c\nd:\n  - [e, f]\n";
    const { root } = readSource(text);
    if (root?.kind !== "map") throw new Error("no mapping");
    const [first, second] = root.pairs;
    expect([first!.colon, first!.value.start, first!.value.end, first!.value.properties?.start]).toEqual([
      1, 13, 16, 3,
    ]);
    expect(second!.value).toMatchObject({ kind: "seq", dashes: [27], start: 27, end: 35 });
    expect(readSource(text).range(27, 35).start).toEqual({ line: 3, column: 3, offset: 27 });
  });
});

describe("readSource refuses with the words and lines of yaml.v2", () => {
  it.each([
    ["a: b: c\n", "mapping values are not allowed in this context"],
    ["x: 1\na: b: c\n", "line 2: mapping values are not allowed in this context"],
    ["a: - b\n", "block sequence entries are not allowed in this context"],
    ["a: 1\nb\nc: 2\n", "line 3: could not find expected ':'"],
    ["a: 1\nb\n", "line 3: could not find expected ':'"],
    ["a: 1\n  b: 2\n", "line 2: mapping values are not allowed in this context"],
    ["a:\n  b: 1\n c: 2\n", "line 2: did not find expected key"],
    ["a:\n  - b\n c\n", "line 2: did not find expected key"],
    ["- a\nb: c\n", "line 1: did not find expected '-' indicator"],
    ["a: @b\n", "found character that cannot start any token"],
    ["a: 1\nb: `c`\n", "line 2: found character that cannot start any token"],
    ["a:\n\tb: c\n", "line 2: found character that cannot start any token"],
    ["a: [b\n", "line 1: did not find expected ',' or ']'"],
    ["a: [b}\n", "did not find expected ',' or ']'"],
    ["a: {b: c]\n", "did not find expected ',' or '}'"],
    ["a: [b, , c]\n", "did not find expected node content"],
    ["a: [?x: y, ?]\nb: ]\n", "line 1: did not find expected ',' or ']'"],
    ["...\n", "did not find expected node content"],
    ["a: 'b\n", "line 2: found unexpected end of stream"],
    ["a: 'b\n--- c'\n", "line 2: found unexpected document indicator"],
    ['a: "\\q"\n', "found unknown escape character"],
    ['a: "\\xg0"\n', "did not find expected hexdecimal number"],
    ['a: "\\uD800"\n', "found invalid Unicode character escape code"],
    ["a: |0\n  b\n", "found an indentation indicator equal to 0"],
    ["a: |x\n  b\n", "did not find expected comment or line break"],
    ["a: |\n\tb\n", "line 2: found a tab character where an indentation space is expected"],
    ["a:\n  - b\n \tc\n", "line 3: found a tab character that violates indentation"],
    ["a: &\n", "did not find expected alphabetic or numeric character"],
    ["a: *b!\n", "did not find expected alphabetic or numeric character"],
    ["a: *b\n", "unknown anchor 'b' referenced"],
    ["a: !<b c\n", "did not find the expected '>'"],
    ["a: !b{ c\n", "did not find expected whitespace or line break"],
    ["a: !b!c d\n", "found undefined tag handle"],
    ["a: !b%zz c\n", "did not find URI escaped octet"],
    ["a: !b%FF c\n", "found an incorrect leading UTF-8 octet"],
    ["a: !b%C3%41 c\n", "found an incorrect trailing UTF-8 octet"],
    ["a: !<> c\n", "did not find expected tag URI"],
    ["%YAML 1.2\n---\na: b\n", "found incompatible YAML document"],
    ["%YAML 1.1\n%YAML 1.1\n---\n", "line 1: found duplicate %YAML directive"],
    ["%YAML 1.1\na: b\n", "line 1: did not find expected <document start>"],
    ["%YAML 1.100\n---\n", "found extremely long version number"],
    ["%YAML 1\n---\n", "did not find expected digit or '.' character"],
    ["%FOO\n---\n", "found unknown directive name"],
    ["% \n---\n", "could not find expected directive name"],
    ["%TAG !a b\n---\n", "did not find expected '!'"],
    ["%TAG !a!b\n---\n", "did not find expected whitespace"],
    ["%TAG !a! b\n%TAG !a! c\n---\n", "line 1: found duplicate %TAG directive"],
    ["a: \u0007\n", "control characters are not allowed"],
    ["a: \x7f\n", "control characters are not allowed"],
    ["a: \ud800\n", "invalid Unicode character"],
  ])("%j", (text, expected) => {
    expect(problemOf(text)).toBe(expected);
  });

  it("keys that are too long, and what is too deep", () => {
    const long = "k".repeat(1025);
    expect(problemOf(`${long}: a\n`)).toBe("mapping values are not allowed in this context");
    expect(problemOf(`a: 1\n${long}: a\n`)).toBe("line 2: could not find expected ':'");
    // Characters are counted, not code units.
    expect(problemOf(`${"\u{1f642}".repeat(1000)}: a\n`)).toBeNull();
    expect(problemOf("[".repeat(10_001))).toBe("exceeded max depth of 10000");
    expect(problemOf(`${"- ".repeat(10_001)}a`)).toBe("exceeded max depth of 10000");
    expect(problemOf(`${"[".repeat(10_000)}${"]".repeat(10_000)}`)).toBeNull();
  });

  it.each([
    [[0xff, 0x61], "invalid leading UTF-8 octet"],
    [[0x61, 0xc3, 0x41], "invalid trailing UTF-8 octet"],
    [[0xc0, 0xaf], "invalid length of a UTF-8 sequence"],
    [[0xed, 0xa0, 0x80], "invalid Unicode character"],
    [[0xf5, 0x80, 0x80, 0x80], "invalid Unicode character"],
    [[0x61, 0xe2, 0x82], "incomplete UTF-8 octet sequence"],
    [[0xff, 0xfe, 0x61], "incomplete UTF-16 character"],
    [[0xff, 0xfe, 0x00, 0xdc], "unexpected low surrogate area"],
    [[0xfe, 0xff, 0xd8, 0x00, 0x00, 0x61], "expected low surrogate area"],
  ])("the bytes %j", (bytes, expected) => {
    expect(problemOf(Uint8Array.from(bytes))).toBe(expected);
  });

  it("reads UTF-16 that says so", () => {
    const { root } = readSource(Uint8Array.from([0xfe, 0xff, 0, 0x61, 0, 0x3a, 0, 0x20, 0, 0x62]));
    expect(root && tree(root)).toEqual({ '"a"': "b" });
  });

  it("of two mistakes tells the one that is met first, reading 512 bytes at a time", () => {
    const padding = `# ${"x".repeat(600)}\n`;
    expect(problemOf(`a: @\n\u0007`)).toBe("control characters are not allowed");
    expect(problemOf(`a: @\n${padding}\u0007`)).toBe("found character that cannot start any token");
    expect(problemOf(`a: 1\n---\n${padding}\u0007`)).toBeNull();
    expect(problemOf(`a: 1\n---\n\u0007`)).toBe("control characters are not allowed");
  });

  it("a text that is too long at once, with a limit of its own", () => {
    expect(readSource("a".repeat(8 * 1024 * 1024 + 1)).problem).toMatchObject({ line: -1 });
  });

  it("tells what nobody reads behind the first document", () => {
    const extra = (text: string) => readSource(text).extraDocument?.offset;
    expect([extra("a: 1\n---\nb: 2\n"), extra("a: 1\n---\n# b\n"), extra("a: 1\n...\n"), extra("[a] b")]).toEqual([
      5,
      undefined,
      undefined,
      4,
    ]);
  });
});

it("a text is remembered until it is forgotten", () => {
  const text = "remembered: as long as somebody edits";
  const first = readSource(text);
  expect(readSource(text)).toBe(first);
  forgetSources();
  expect(readSource(text)).not.toBe(first);
});
