import { expect, it } from "vitest";
import { Marks } from "./marks";

const marked = (marks: Marks) => [...marks.all()].sort().join("");

it("marks one, all up to another one in the order that is shown, and none", () => {
  const marks = new Marks();
  let told = 0;
  marks.subscribe(() => {
    told += 1;
  });
  marks.show(["a", "b", "c", "d", "e"]);
  marks.toggle("d");
  marks.through("b");
  expect(marked(marks)).toBe("bcd");
  marks.toggle("c");
  expect(marked(marks)).toBe("bd");
  marks.through("e");
  expect(marked(marks)).toBe("bcde");
  marks.through("gone");
  expect(marked(marks)).toBe("bcde");
  marks.clear();
  marks.clear();
  expect(marked(marks)).toBe("");
  expect(told).toBe(5);
});

it("begins where it is told when nothing was marked or what was is gone", () => {
  const marks = new Marks();
  marks.show(["a", "b", "c"]);
  marks.through("b");
  expect(marked(marks)).toBe("b");
  marks.show(["a", "c"]);
  marks.through("c");
  expect(marked(marks)).toBe("bc");
});
