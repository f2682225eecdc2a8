import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { extendTailwindMerge } from "tailwind-merge";
import { describe, expect, it } from "vitest";
import { cn } from "./cn";

// What ours stands in for; it is eight times as large, for it knows all of Tailwind and not only what we use.
const merge = extendTailwindMerge({
  extend: { theme: { text: ["11", "12", "13", "14", "18", "24"], shadow: ["raised", "float"] } },
});

function classesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(?<!\.test)\.tsx$/.test(file))
    .flatMap((file) => [...readFileSync(path.join(folder, file), "utf8").matchAll(/"([^"\n]*)"/g)])
    .flatMap(([, text = ""]) => text.split(/\s+/))
    .filter((token) => /^-?[a-z](?:[\w./-]|\[[^\]]*\]|\([^)]*\))*$/.test(token));
}

function kindOf(token: string): string {
  return token.replace(/(\d|\[|\().*$/, "#");
}

function kindsIn(folder: string): string[] {
  return [...new Map(classesOf(folder).map((token) => [kindOf(token), token])).values()];
}

describe("cn", () => {
  it("joins, and leaves out what is not so", () => {
    expect(cn("a", false, undefined, ["b", { c: true, d: false }])).toBe("a b c");
    expect(cn()).toBe("");
  });

  it("lets the last of two that say the same thing stand, per variant", () => {
    expect(cn("px-4 text-13 text-muted", "text-12 p-2")).toBe("text-muted text-12 p-2");
    expect(cn("h-9 md:h-8", "h-10")).toBe("md:h-8 h-10");
    expect(cn("hover:bg-hover bg-panel", "hover:bg-accent-soft")).toBe("bg-panel hover:bg-accent-soft");
  });

  it("decides as tailwind-merge does between any two classes of ours, variants aside", () => {
    // One of each kind: what differs in a number only is decided alike.
    const own = kindsIn("components/ui");
    const tokens = kindsIn("components");
    expect(own.length).toBeGreaterThan(100);
    const different: string[] = [];
    for (const first of own) {
      for (const second of tokens) {
        if (first === second) continue;
        const expected = merge(first, second);
        if (cn(first, second) !== expected) different.push(`${first} ${second} → ${expected}`);
      }
    }
    expect(different).toEqual([]);
  });
});
