import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { hashOf } from "./erase-person";
import { erasedAmong, parseErasures } from "./erasure-list";

const people = [randomUUID(), randomUUID(), randomUUID()];
const tombstoneOf = (personId: string) => {
  const salt = randomBytes(16);
  return { salt: salt.toString("hex"), hash: hashOf(salt, personId).toString("hex") };
};
const [first, second] = people.map(tombstoneOf);

test("a list is lines, a receipt as it is saved, several in one array, or an export of the installation's log", () => {
  const lines = `${JSON.stringify(first)}\n\n${JSON.stringify({ id: "x", rows: {}, ...second })}\n`;
  expect(parseErasures(lines)).toEqual([first, second]);
  expect(parseErasures(JSON.stringify({ id: "receipt", ...first }, null, 2))).toEqual([first]);
  expect(parseErasures(JSON.stringify([first, second]))).toEqual([first, second]);
  const log = [
    { checkpoint: "signalbox.example\n2\n" },
    { event: { type: "TenantCreated", data: first }, position: 1 },
    { event: { type: "PersonErased", data: { erasure: "e", rows: {}, ...second } }, position: 2, proof: [] },
    { event: null, leafHash: "x" },
  ];
  expect(parseErasures(log.map((line) => JSON.stringify(line)).join("\n"))).toEqual([second]);
  expect(parseErasures("")).toEqual([]);
});

test("what is no such list is refused, with the line: a wrong file would bring everybody back", () => {
  for (const wrong of ["{}", "[1]", "no JSON", JSON.stringify({ ...first, salt: "zz" })])
    expect(() => parseErasures(wrong)).toThrow(/Line 1 /);
  expect(() => parseErasures(`${JSON.stringify(first)}\n${JSON.stringify(second).slice(0, -5)}`)).toThrow(/Line 2 /);
  const broken = JSON.stringify({ event: { type: "PersonErased", data: { salt: "00" } } });
  expect(() => parseErasures(broken)).toThrow(/Line 1 /);
});

test("of people those are found whom the list names, whatever else it names", () => {
  const others = Array.from({ length: 50 }, () => tombstoneOf(randomUUID()));
  const found = erasedAmong(people, [...others, second!, first!]);
  expect(found).toEqual([
    { personId: people[0], ...first },
    { personId: people[1], ...second },
  ]);
  expect(erasedAmong(people, others)).toEqual([]);
});
