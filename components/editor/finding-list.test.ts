import fc from "fast-check";
import { expect, it } from "vitest";
import type { Finding } from "../fields/judges";
import { editFindings, ToldFindings } from "./finding-list";

const finding = (name: number): Finding => ({
  code: "yaml_syntax",
  severity: "error",
  path: ["receivers", name],
  params: {},
  message: "broken",
});

it("tells what it was not told, so that the other side has the same list", () => {
  const lists = fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 14 }), { maxLength: 6 });
  fc.assert(
    fc.property(lists, (names) => {
      const told = new ToldFindings();
      let known: readonly Finding[] = [];
      for (const list of names) {
        const findings = list.map(finding);
        const edit = told.tell(findings);
        expect(edit === null).toBe(JSON.stringify(findings) === JSON.stringify(known));
        if (edit) known = editFindings(known, structuredClone(edit));
        expect(known).toEqual(findings);
      }
    }),
  );
});

it("tells one finding of a thousand, and keeps the others as they are", () => {
  const told = new ToldFindings();
  const many = Array.from({ length: 1_000 }, (_, name) => finding(name));
  const known = editFindings([], told.tell(many) ?? []);
  const gone = told.tell(many.toSpliced(500, 1)) ?? [];
  expect(gone).toEqual([
    [0, 500],
    [501, 1_000],
  ]);
  const less = editFindings(known, gone);
  expect(less[0]).toBe(known[0]);
  const back = told.tell(many) ?? [];
  expect(back).toEqual([[0, 500], finding(500), [500, 999]]);
  expect(editFindings(less, back)[999]).toBe(known[999]);
});
