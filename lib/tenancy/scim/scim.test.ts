import { describe, expect, it } from "vitest";
import { SCIM } from "./contract";
import { compileFilter, simpleEquality } from "./filter";
import { patched } from "./patch";

const jo = {
  id: "1",
  userName: "jo@a.example",
  externalId: "X1",
  active: true,
  name: { familyName: "O'Malley", givenName: "Jo" },
  emails: [
    { type: "work", value: "jo@a.example", primary: true },
    { type: "home", value: "jo@home.example" },
  ],
  [SCIM.enterprise]: { department: "Db" },
  meta: { lastModified: "2026-05-01T00:00:00Z" },
};

describe("filters", () => {
  it.each([
    ['userName eq "JO@a.example"', true],
    ['USERNAME Eq "jo@a.example"', true],
    ['userName eq "jo"', false],
    ['externalId eq "x1"', false],
    ['externalId eq "X1"', true],
    ['name.familyName co "malley"', true],
    ['userName sw "J"', true],
    ['userName ew ".example"', true],
    ["active eq true", true],
    ['active eq "true"', false],
    ["title pr", false],
    ["emails pr", true],
    ['emails eq "jo@home.example"', true],
    ['emails[type eq "work" and value co "@a.example"]', true],
    ['emails[type eq "home" and primary eq true]', false],
    ['emails.type eq "home"', true],
    ['title pr and userName eq "jo@a.example" or active eq true', true],
    ['title pr and (userName eq "jo@a.example" or active eq true)', false],
    ['not (userName eq "x")', true],
    ['userName ne "x"', true],
    ['emails.value ne "jo@home.example"', false],
    ['meta.lastModified gt "2026-04-01T00:00:00Z"', true],
    [`${SCIM.user}:userName sw "jo"`, true],
    [`${SCIM.enterprise}:department eq "db"`, true],
  ])("%s", (text, expected) => expect(compileFilter(text)(jo)).toBe(expected));

  it.each(["", "userName", "userName eq", 'userName is "x"', "(", `userName eq "${"x".repeat(3000)}"`])(
    "refuses %.30s",
    (text) =>
      expect(() => compileFilter(text)).toThrow(expect.objectContaining({ details: { scimType: "invalidFilter" } })),
  );

  it("knows what an index answers", () => {
    expect(simpleEquality('userName eq "a\\"b"')).toEqual({ attribute: "username", value: 'a"b' });
    expect(simpleEquality('userName eq "a" or active eq true')).toBeNull();
  });
});

describe("patches", () => {
  const apply = (...operations: object[]) => patched(jo, { schemas: [SCIM.patch], Operations: operations });

  it("replaces, adds and removes by path", () => {
    expect(apply({ op: "replace", path: "active", value: false })).toMatchObject({ active: false });
    expect(apply({ op: "add", path: "title", value: "DBA" })).toMatchObject({ title: "DBA" });
    expect(apply({ op: "remove", path: "externalId" })).not.toHaveProperty("externalId");
    expect(apply({ op: "replace", path: 'emails[type eq "work"].value', value: "n@a.example" }).emails).toEqual([
      { type: "work", value: "n@a.example", primary: true },
      jo.emails[1],
    ]);
    expect(apply({ op: "remove", path: 'emails[type eq "home"]' }).emails).toEqual([jo.emails[0]]);
  });

  it("understands the dialects", () => {
    expect(apply({ op: "Replace", path: "active", value: "False" })).toMatchObject({ active: "False" });
    expect(apply({ op: "replace", value: { active: false, id: "2" } })).toMatchObject({ active: false, id: "1" });
    expect(apply({ op: "Add", value: { "name.givenName": "Joe", displayName: "Joe" } })).toMatchObject({
      name: { givenName: "Joe", familyName: "O'Malley" },
      displayName: "Joe",
    });
    expect(apply({ op: "Add", path: `${SCIM.enterprise}:department`, value: "Web" })).toMatchObject({
      [SCIM.enterprise]: { department: "Web" },
    });
    const group = { displayName: "db", members: [{ value: "a" }, { value: "b" }, { value: "c" }] };
    const patch = (operation: object) => patched(group, { schemas: [SCIM.patch], Operations: [operation] }).members;
    expect(patch({ op: "Remove", path: "members", value: [{ value: "a" }, { value: "c" }] })).toEqual([{ value: "b" }]);
    expect(patch({ op: "remove", path: 'members[value eq "b"]' })).toHaveLength(2);
    expect(patch({ op: "add", path: "members", value: [{ value: "d" }] })).toHaveLength(4);
    expect(patch({ op: "replace", path: "members", value: [{ value: "d" }] })).toEqual([{ value: "d" }]);
  });

  it.each([
    [{ op: "copy", path: "x", value: 1 }, "invalidSyntax"],
    [{ op: "remove" }, "noTarget"],
    [{ op: "replace", path: "id", value: "9" }, "mutability"],
    [{ op: "add", value: "x" }, "invalidValue"],
    [{ op: "add", path: "__proto__.polluted", value: 1 }, "invalidPath"],
    [{ op: "add", value: JSON.parse('{"constructor": {"prototype": {"polluted": 1}}}') }, "invalidPath"],
    [{ op: "add", path: "name", value: JSON.parse('{"__proto__": {"polluted": 1}}') }, "invalidPath"],
  ])("refuses %j", (operation, scimType) => {
    expect(() => apply(operation)).toThrow(expect.objectContaining({ details: { scimType } }));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("leaves what it was given as it was", () => {
    apply({ op: "replace", path: "name.givenName", value: "x" });
    expect(jo.name.givenName).toBe("Jo");
  });
});
