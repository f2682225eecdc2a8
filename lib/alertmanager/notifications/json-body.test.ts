import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { buildRequests } from "./build-requests";
import { encodeJson } from "./json-body";

it("writes a byte that is no UTF-8 as an escape, and a U+FFFD that was there as it is", () => {
  const profile = profileFor("alertmanager@0.34");
  const yaml = `
route: {receiver: r}
receivers:
  - name: r
    slack_configs: [{api_url: 'http://h/x', title: '{{ "\\xc3" }}é\uFFFD', pretext: '{{ "\\xc3é" }}'}]
`;
  const { config } = parseConfig(yaml, { profile, newId: () => "n" });
  const { requests } = buildRequests(config!, profile, {
    phases: [[{ labels: { a: "b" } }]],
    externalURL: "http://am",
  });
  const body = requests[0] && "body" in requests[0] ? requests[0].body : "";
  expect(body).toContain(`${String.raw`"title":"\ufffdé`}\uFFFD"`);
  expect(body).toContain(String.raw`"pretext":"\ufffdé"`);
});

it("leaves pairs of surrogates alone", () => {
  expect(encodeJson("a😀\udcc3")).toBe(String.raw`"a😀\ufffd"`);
});
