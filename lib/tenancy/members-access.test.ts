import { expect, it } from "vitest";
import type { AccessDto } from "./access/contract";
import { accessCsv, cell } from "./members-access";

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=cmd|' /C calc'!A0"])("%j is no formula", (text) => {
  expect(cell(text)).toBe(`"'${text.replaceAll('"', '""')}"`);
});

it("what is no formula stays as it is, quoted", () => {
  expect(cell('Ann "A" O\'Hara, x=1')).toBe('"Ann ""A"" O\'Hara, x=1"');
});

it("has a line for everybody and for every token of the tenant", () => {
  const date = "2026-05-01T00:00:00.000Z";
  const token = {
    id: "0b9d9a5c-4b0e-4f5e-8a2f-0d8b2f7b7c11",
    name: "CI",
    scopes: ["members:view"],
    expiresAt: date,
    lastUsedAt: null,
  };
  const grants = { receivers: ["team-db/*"], routes: [{ id: "r", label: 'team="db"' }], parts: ["global" as const] };
  const access: AccessDto = {
    people: [
      {
        ...{
          id: token.id,
          name: '=HYPERLINK("x")',
          email: "a@a.example",
          role: "editor",
          source: "scim",
          status: "active",
        },
        ...{
          grants,
          secondFactor: true,
          tokens: [token],
          joinedAt: date,
          lastUsedAt: date,
          reviewedAt: null,
          reviewedBy: null,
        },
      },
    ],
    services: [{ ...token, role: "viewer" }],
  };
  const lines = accessCsv(access).split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[1]).toBe(
    `"person","'=HYPERLINK(""x"")","a@a.example","editor","receiver team-db/*; route team=""db""; global","scim","active","yes","CI (members:view)","${date}","${date}","","",""`,
  );
  expect(lines[2]).toMatch(/^"token","CI","","viewer","members:view"/);
});
