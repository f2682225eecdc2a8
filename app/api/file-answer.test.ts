import { expect, test } from "vitest";
import { fileHeaders, fileOf } from "./file-answer";

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

test.each([
  ["audit-acme-2026-11-24.csv", "audit-acme-2026-11-24.csv"],
  ['a"; filename="evil.exe', "a-filename-evil.exe"],
  ["a\r\nset-cookie: x=1\r\n\r\n<script>", "a-set-cookie-x-1-script-"],
  ["../../etc/passwd", "etc-passwd"],
  ["..\\..\\boot.ini", "boot.ini"],
  [".htaccess", "htaccess"],
  ["-rf", "rf"],
  ["Grüße \u202egnp.exe", "Gr-e-gnp.exe"],
  ["名前", "file"],
  ["", "file"],
  [`${"x".repeat(300)}.csv`, `${"x".repeat(96)}.csv`],
])("of %j the name says no more than %s", (name, safe) => {
  const headers = new Headers(fileHeaders({ name, type: "text/csv" }));
  expect(headers.get("content-disposition")).toBe(`attachment; filename="${safe}"`);
});
