import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { forgetKept } from "./leave";

function storage(kept: Record<string, string>) {
  const names = Object.keys(kept);
  return {
    get length() {
      return names.length;
    },
    key: (at: number) => names[at] ?? null,
    removeItem: (name: string) => void names.splice(names.indexOf(name), 1),
    names,
  };
}

it("forgets what the pages kept, in whatever order it lies, and nothing else", () => {
  const local = storage({ "signalbox.change.demo": "1", theme: "dark", "signalbox.change.other": "2" });
  const session = storage({ "signalbox.preview.demo": "{}", "signalbox.preview.other": "{}" });
  forgetKept([local, session]);
  expect([local.names, session.names]).toEqual([["theme"], []]);
});

it("what the pages keep is called so", () => {
  const files = readdirSync("components", { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const writers = files.filter((name) =>
    /(?:local|session)Storage\.setItem/.test(readFileSync(`components/${name}`, "utf8")),
  );
  expect(writers.filter((name) => !name.includes(".test.")).sort()).toEqual([
    "editor/chosen-change.ts",
    "preview/chosen-preview.ts",
  ]);
  for (const name of writers.filter((one) => !one.includes(".test."))) {
    expect(readFileSync(`components/${name}`, "utf8")).toContain("`signalbox.");
  }
});
