import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import { parseTemplates } from "./template-set";

const profile = profileFor("alertmanager@0.34");
const { set } = parseTemplates([], profile);
const data = { status: "firing", alerts: [{ status: "firing", labels: { a: "b" } }], commonLabels: { job: "node" } };
const run = (text: string, kind: "text" | "html" = "text") => executeTemplate(set, { kind, text, data, profile });

/** The slowest of these takes half a second on an idle machine. */
const PATIENCE = 3000;

function quickly<Result>(work: () => Result): Result {
  const start = performance.now();
  const result = work();
  expect(performance.now() - start).toBeLessThan(PATIENCE);
  return result;
}

describe("a hostile template gives an error and ends", () => {
  const many = (text: string, count: number) => text.repeat(count);
  const doubling = (start: string, step: string) => `{{ $x := ${start} }}${many(`{{ $x = ${step} }}`, 60)}{{ $x }}`;

  it.each<[name: string, text: string, error: RegExp]>([
    ["a long loop", "{{ range 1000000000 }}x{{ end }}", /steps/],
    ["loops in loops", `${many("{{ range 100000 }}", 4)}${many("{{ end }}", 4)}`, /steps/],
    ["a text that doubles", doubling('"xx"', "print $x $x"), /bytes of text|steps/],
    ["a list that doubles", doubling("list 1", "list $x $x"), /steps/],
    ["a map that doubles", doubling('dict "a" 1', 'dict "a" $x "b" $x'), /steps/],
    ["JSON that doubles", doubling("list 1", "list $x $x").replace("{{ $x }}", "{{ toJson $x }}"), /steps/],
    ["wide padding", '{{ range 1000 }}{{ printf "%999999d" 1 }}{{ end }}', /bytes of text|steps/],
    ["long output", `{{ range 100000 }}${many("x", 1000)}{{ end }}`, /bytes of text|steps/],
    [
      "an exploding replacement",
      `{{ reReplaceAll "" (printf "%9999d" 1) (printf "%99999d" 1) }}`,
      /bytes of text|steps/,
    ],
    [
      "a slow pattern",
      `{{ match "(x+x+)+y" (printf "%99999s" "x") }}{{ range 1000 }}{{ match "(x+x+)+y" (printf "%99999s" "x") }}{{ end }}`,
      /steps/,
    ],
    [
      "a list in a list in a list",
      `{{ $x := list }}{{ range 100000 }}{{ $x = list $x }}{{ end }}{{ $x }}`,
      /template: /,
    ],
    ["deep parentheses", `{{ ${many("(", 100000)}1${many(")", 100000)} }}`, /nested deeper/],
    ["deep conditions", `${many("{{ if true }}", 100000)}${many("{{ end }}", 100000)}`, /nested deeper/],
    ["a chain of else if", `{{ if false }}${many("{{ else if false }}", 100000)}{{ end }}`, /nested deeper/],
    [
      "a long join",
      '{{ $s := printf "%99999d" 1 }}{{ join $s (stringSlice "a" "b" "c" "d" "e" "f") | len }}{{ range 9999 }}{{ join $s (stringSlice "a" "b") }}{{ end }}',
      /bytes of text|steps/,
    ],
  ])("%s", (_, text, error) => {
    const result = quickly(() => run(text));
    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(error) });
  });

  it("recursion without end, with upstream's words", () => {
    const result = quickly(() => run('{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" . }}'));
    expect(result).toEqual({
      ok: false,
      error: 'template: :1:28: executing "r" at <{{template "r" .}}>: exceeded maximum template depth (100000)',
      range: expect.anything(),
    });
  });

  it.each<[string, string]>([
    ["loops in loops", `${many("{{ range 2 }}", 200)}${many("{{ end }}", 200)}`],
    [
      "templates that call each other twice",
      `${Array.from(
        { length: 60 },
        (_, at) => `{{ define "t${at}" }}<b x="{{ template "t${at + 1}" }}" {{ template "t${at + 1}" }}{{ end }}`,
      ).join("")}{{ define "t60" }}{{ end }}{{ template "t0" }}`,
    ],
    ["tags without end", many("<a b=", 20000)],
    ["a long style", `<style>${many("url(", 20000)}{{ .Status }}</style>`],
    ["a long script", `<script>${many("/a/", 20000)}{{ .Status }}</script>`],
    ["recursion", '{{ define "r" }}<b>{{ template "r" . }}{{ end }}{{ template "r" . }}'],
  ])("in HTML: %s", (_, text) => {
    expect(quickly(() => run(text, "html"))).toMatchObject({ ok: expect.any(Boolean) });
  });

  it("obeys the limits that it is given", () => {
    const text = "{{ range 100 }}xxxxxxxxxx{{ end }}";
    expect(run(text).ok).toBe(true);
    expect(executeTemplate(set, { kind: "text", text, data, profile, limits: { steps: 50 } })).toMatchObject({
      ok: false,
    });
    expect(executeTemplate(set, { kind: "text", text, data, profile, limits: { output: 500 } })).toMatchObject({
      ok: false,
    });
  });
});

describe("fuzz", () => {
  /** A small generator of the same numbers every time. */
  function* random(seed: number): Generator<number> {
    for (let state = seed; ; ) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      yield state / 2 ** 32;
    }
  }
  const PIECES = [
    ..."{{ |}}|{{- | -}}|{{/*|*/}}|(|)|||.|$|$x|:=|=|,|\"|`|'|\\|\n| |if |range |with |end|else|else if |define |template |block ".split(
      "|",
    ),
    ..."break|continue|nil|true|1|-1|1.5|0x1p-2|1i|'a'|\"x\"|`y`|.Status|.Alerts|.CommonLabels|.Nope|index |slice |len |print ".split(
      "|",
    ),
    ...'printf |"%d %s %[1]*.[2]v %!" |eq |lt |and |or |not |call |html |js |urlquery |list |dict |append |toJson |title |join "," '.split(
      "|",
    ),
    ...'match |reReplaceAll |"(a|*" |date "2006 Jan _2" |tz "Europe/Paris" |humanizeDuration |base64decode |toDate |since |now'.split(
      "|",
    ),
    ...'<a href=|<script>|</script>|<style>|</style>|<!--|-->|"|\'|>|</a>|<textarea>|onclick=|style="x:url(|\\|é|🙂|\xff|\ud800|\0'.split(
      "|",
    ),
  ];

  it.each(["text", "html"] as const)("nothing is thrown, every error has words: %s", (kind) => {
    const numbers = random(kind === "text" ? 1 : 2);
    const next = () => numbers.next().value as number;
    const kinds = new Set<boolean>();
    for (let round = 0; round < 1500; round++) {
      const length = 1 + Math.floor(next() * 14);
      const parts = Array.from({ length }, () => PIECES[Math.floor(next() * PIECES.length)]!);
      // Every other text is one well-formed action.
      const text = round % 2 ? parts.join("") : `{{ ${parts.join(" ").replace(/\{\{-?|-?\}\}/g, " ")} }}`;
      const result = run(text, kind);
      kinds.add(result.ok);
      if (!result.ok) expect(result.error).toMatch(/^(html\/)?template:/);
    }
    expect(kinds.size).toBe(2);
  });
});
