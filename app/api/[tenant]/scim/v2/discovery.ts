import { SCIM } from "@/lib/tenancy/scim/contract";

const LIST = SCIM.list;
const CORE = "urn:ietf:params:scim:schemas:core:2.0";

export function serviceProviderConfig(base: string) {
  return {
    schemas: [`${CORE}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 500 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "API token",
        description: "An API token of the tenant with the scope scim, as a bearer token",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}

function resourceType(base: string, name: "User" | "Group", schema: string, extensions: readonly string[]) {
  return {
    schemas: [`${CORE}:ResourceType`],
    id: name,
    name,
    endpoint: `/${name}s`,
    schema,
    schemaExtensions: extensions.map((extension) => ({ schema: extension, required: false })),
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${name}` },
  };
}

export function resourceTypes(base: string) {
  return [resourceType(base, "User", SCIM.user, [SCIM.enterprise]), resourceType(base, "Group", SCIM.group, [])];
}

interface Attribute {
  name: string;
  type: "string" | "boolean" | "complex" | "reference";
  multiValued?: boolean;
  required?: boolean;
  caseExact?: boolean;
  mutability?: "readWrite" | "readOnly";
  uniqueness?: "none" | "server";
  subAttributes?: Attribute[];
}

function attribute({ subAttributes, ...rest }: Attribute): unknown {
  return {
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...rest,
    ...(subAttributes ? { subAttributes: subAttributes.map(attribute) } : {}),
  };
}

const text = (name: string, more: Partial<Attribute> = {}): Attribute => ({ name, type: "string", ...more });
const link: Attribute = { name: "$ref", type: "reference", mutability: "readOnly" };

const USER: Attribute[] = [
  text("userName", { required: true, uniqueness: "server" }),
  text("externalId", { caseExact: true }),
  text("displayName"),
  { name: "active", type: "boolean" },
  { name: "name", type: "complex", subAttributes: [text("formatted"), text("familyName"), text("givenName")] },
  {
    name: "emails",
    type: "complex",
    multiValued: true,
    subAttributes: [text("value"), text("type"), { name: "primary", type: "boolean" }],
  },
  {
    name: "groups",
    type: "complex",
    multiValued: true,
    mutability: "readOnly",
    subAttributes: [text("value", { mutability: "readOnly" }), link, text("display", { mutability: "readOnly" })],
  },
];
const GROUP: Attribute[] = [
  text("displayName", { required: true, uniqueness: "server" }),
  text("externalId", { caseExact: true }),
  { name: "members", type: "complex", multiValued: true, subAttributes: [text("value"), link] },
];
const ENTERPRISE: Attribute[] = ["employeeNumber", "costCenter", "organization", "division", "department"].map((name) =>
  text(name),
);

function schema(base: string, id: string, name: string, attributes: Attribute[]) {
  const meta = { resourceType: "Schema", location: `${base}/Schemas/${id}` };
  return { schemas: [`${CORE}:Schema`], id, name, description: name, attributes: attributes.map(attribute), meta };
}

export function schemas(base: string) {
  return [
    schema(base, SCIM.user, "User", USER),
    schema(base, SCIM.group, "Group", GROUP),
    schema(base, SCIM.enterprise, "EnterpriseUser", ENTERPRISE),
  ];
}

export function all(resources: readonly unknown[]) {
  const total = resources.length;
  return { schemas: [LIST], totalResults: total, startIndex: 1, itemsPerPage: total, Resources: resources };
}
