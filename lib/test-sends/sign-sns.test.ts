import { expect, it } from "vitest";
import type { HttpRequest } from "@/lib/alertmanager";
import { signAws } from "@/lib/resilience";
import { signingKeyOf, signSns } from "./sign-sns";

const KEY = { accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const SCOPE = { ...KEY, region: "us-east-1", service: "service", stamp: "20150830T123600Z" };
const BASE = { scheme: "https", host: "example.amazonaws.com", path: "/" };
const HOST = ["Host", "example.amazonaws.com"] as const;
const DATE = ["X-Amz-Date", "20150830T123600Z"] as const;

// From AWS' test suite for Signature Version 4: get-vanilla and post-x-www-form-urlencoded.
it("signs as AWS' own examples", () => {
  const get = { ...BASE, method: "GET", headers: [HOST, DATE], body: "" } as const;
  expect(signAws(get, SCOPE, ["host", "x-amz-date"])).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, " +
      "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  );
  const type = ["Content-Type", "application/x-www-form-urlencoded"] as const;
  const post = { ...BASE, method: "POST", headers: [type, HOST, DATE], body: "Param1=value1" } as const;
  expect(signAws(post, SCOPE, ["content-type", "host", "x-amz-date"])).toContain(
    "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
  );
});

it("fills in what the builder marks, and signs that", () => {
  const names = "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date";
  const request: HttpRequest = {
    ...BASE,
    method: "POST",
    headers: [
      HOST,
      ["User-Agent", "aws-sdk-go-v2/1.41.7 ua/2.1 <VOLATILE> api/sns#1.39.17 m/E,e"],
      ["Content-Length", "14"],
      ["Amz-Sdk-Invocation-Id", "<VOLATILE>"],
      ["Amz-Sdk-Request", "<VOLATILE>"],
      [
        "Authorization",
        `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/<DATE>/eu-west-1/sns/aws4_request, SignedHeaders=${names}, Signature=<VOLATILE>`,
      ],
      ["X-Amz-Date", "<VOLATILE>"],
    ],
    body: "Action=Publish",
  };
  const signed = signSns(request, KEY, new Date("2026-11-23T12:00:00.500Z"), "an-id");
  const headers = Object.fromEntries(signed.headers);
  expect(headers).toMatchObject({ "Amz-Sdk-Invocation-Id": "an-id", "X-Amz-Date": "20261123T120000Z" });
  expect(headers.Authorization).toMatch(
    /Credential=AKIDEXAMPLE\/20261123\/eu-west-1\/sns\/aws4_request, .*Signature=[0-9a-f]{64}$/,
  );
  expect(JSON.stringify(signed)).not.toMatch(/VOLATILE|<DATE>/);
  expect(signed.headers.map(([name]) => name)).toEqual(request.headers.map(([name]) => name));
});

it.each([{}, { sigv4: { region: "r" } }, { sigv4: { access_key: "a", role_arn: "arn" } }, { sigv4: { profile: "p" } }])(
  "says that only the target has the credentials of %j",
  (integration) => expect(() => signingKeyOf(integration)).toThrow(/target's own/),
);
