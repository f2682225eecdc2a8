import { expect, it } from "vitest";
import { readLabels } from "./read-labels";

it.each([
  ["", undefined],
  ["  ", undefined],
  ["team=web", { team: "web" }],
  ['team=web, host = "a, b" ,x=', { team: "web", host: "a, b", x: "" }],
  ["team", null],
  ["team=a b=c", { team: "a b=c" }],
  ['team="a', null],
  ["1a=x", null],
])("%j is %j", (text, expected) => expect(readLabels(text)).toEqual(expected));
