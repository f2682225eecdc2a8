import { expect, test } from "vitest";
import { searchText } from "./queries";

test("asks for what was chosen only, with ids in one parameter", () => {
  expect(searchText({ search: "a b", page: 2, state: undefined })).toBe("search=a+b&page=2");
  expect(searchText({ search: "", ids: ["x", "y"] })).toBe("ids=x%2Cy");
});
