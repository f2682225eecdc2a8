import { expect, test } from "vitest";
import { fileOf } from "./file-answer";

async function* lines() {
  yield "first, é\r\n";
  yield "second\r\n";
}

test("a file is sent as bytes, under its name, and kept by nobody", async () => {
  const answer = fileOf(lines(), { name: "a.csv", type: "text/csv" });
  expect(await answer.text()).toBe("first, é\r\nsecond\r\n");
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="a.csv"');
  expect(answer.headers.get("cache-control")).toBe("no-store");
});
