import { expect, it } from "vitest";
import type { HttpRequest } from "../notifications/request";
import { curlCommand } from "./curl";

const REQUEST: HttpRequest = {
  ...{ method: "POST", scheme: "https", host: "a.example:8443", path: "/x?a=[1]&b='", body: '@{"a":"it\'s"}\n' },
  headers: [
    ["Host", "a.example:8443"],
    ["User-Agent", "Alertmanager/0.34.0"],
    ["Content-Length", "13"],
    ["Content-Type", "application/json"],
  ],
};

it("quotes for a shell, and leaves to curl what it sets itself", () => {
  expect(curlCommand(REQUEST)).toBe(
    [
      "curl --globoff --request POST 'https://a.example:8443/x?a=[1]&b='\\'''",
      "--header 'User-Agent: Alertmanager/0.34.0'",
      "--header 'Content-Type: application/json'",
      "--header 'Accept:'",
      "--data-raw '@{\"a\":\"it'\\''s\"}\n'",
    ].join(" \\\n  "),
  );
});

it("keeps curl from adding headers, and keeps an empty one", () => {
  const bare = curlCommand({
    ...REQUEST,
    headers: [
      ["Accept", "*/*"],
      ["X-Empty", ""],
    ],
  });
  expect(bare).toContain("--header 'Accept: */*'");
  expect(bare).toContain("--header 'X-Empty;'");
  expect(bare).toContain("--header 'Content-Type:'");
  const get = curlCommand({ ...REQUEST, method: "GET", headers: [], body: "" });
  expect(get).not.toMatch(/Content-Type|--data/);
});
