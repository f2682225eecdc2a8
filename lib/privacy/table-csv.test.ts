import { expect, test } from "vitest";
import { tableCsv } from "./table-csv";

test("a column for every key, quotes doubled, nothing a formula", () => {
  const rows = [
    { a: 'say "hi"', b: 1 },
    { a: "=1+1", c: { d: [true] } },
    { b: null, a: " -2" },
  ];
  expect(tableCsv(rows)).toBe(
    '"a","b","c"\r\n"say ""hi""","1",""\r\n"\'=1+1","","{""d"":[true]}"\r\n"\' -2","",""\r\n',
  );
});
