import { z } from "zod";
import { type AccessDto, accessDtoSchema } from "./access/contract";
import { roleSchema } from "./contract";
import { grantsSchema } from "./grants/contract";
import { namesOf } from "./people";
import { query } from "./query";
import { tokenScopeSchema } from "./tokens/contract";

const scopesSchema = z
  .array(z.string())
  .transform((scopes) => scopes.filter((scope) => tokenScopeSchema.safeParse(scope).success));

/** Who can do what here: people and tokens, when they were used last, and who looked at that. */
export const listAccess = query(
  { name: "listAccess", permission: "audit:view", directory: true, input: z.undefined() },
  async (tx): Promise<AccessDto> => {
    const now = new Date();
    const rows = await tx.membership.findMany({
      include: { person: { select: { name: true, email: true, firstSignedInAt: true, hasSecondFactor: true } } },
      orderBy: [{ joinedAt: "asc" }, { personId: "asc" }],
    });
    const tokens = await tx.apiToken.findMany({
      where: { revokedAt: null, expiresAt: { gt: now } },
      select: { id: true, personId: true, name: true, role: true, scopes: true, expiresAt: true, lastUsedAt: true },
      orderBy: { createdAt: "asc" },
    });
    const names = await namesOf(
      tx,
      rows.flatMap(({ reviewedBy }) => reviewedBy ?? []),
    );
    const dtoOf = ({ id, name, scopes, expiresAt, lastUsedAt }: (typeof tokens)[number]) => ({
      ...{ id, name, scopes: scopesSchema.parse(scopes) },
      expiresAt: expiresAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    });
    const people = rows.map((row) => ({
      id: row.personId,
      name: row.person.name,
      email: row.person.email,
      role: row.role,
      source: row.source,
      status: row.person.firstSignedInAt ? "active" : "invited",
      grants: grantsSchema.nullable().parse(row.grants),
      secondFactor: row.person.hasSecondFactor,
      tokens: tokens.filter(({ personId }) => personId === row.personId).map(dtoOf),
      joinedAt: row.joinedAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      reviewedAt: row.reviewedAt?.toISOString() ?? null,
      reviewedBy: row.reviewedBy === null ? null : (names[row.reviewedBy] ?? null),
    }));
    const services = tokens
      .filter(({ personId }) => personId === null)
      .map((token) => ({ ...dtoOf(token), role: roleSchema.parse(token.role) }));
    return accessDtoSchema.parse({ people, services });
  },
);

const COLUMNS = [
  ...["kind", "name", "email", "role", "limited to", "source", "status", "second factor", "tokens"],
  ...["since", "last used", "reviewed", "reviewed by", "expires"],
];

/** For a spreadsheet, RFC 4180. Nothing in it is taken for a formula there. */
export function accessCsv({ people, services }: AccessDto): string {
  const rows = people.map((one) => [
    ...["person", one.name, one.email, one.role, limitsText(one.grants), one.source, one.status],
    ...[one.secondFactor ? "yes" : "no", one.tokens.map(tokenText).join("; "), one.joinedAt],
    ...[one.lastUsedAt ?? "", one.reviewedAt ?? "", one.reviewedBy ?? "", ""],
  ]);
  const tokens = services.map((token) => [
    ...["token", token.name, "", token.role, token.scopes.join(" "), "", "", "", "", ""],
    ...[token.lastUsedAt ?? "", "", "", token.expiresAt],
  ]);
  return [COLUMNS, ...rows, ...tokens].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function limitsText(grants: AccessDto["people"][number]["grants"]): string {
  if (!grants) return "";
  const { receivers, routes, parts } = grants;
  return [
    ...receivers.map((name) => `receiver ${name}`),
    ...routes.map(({ label }) => `route ${label}`),
    ...parts,
  ].join("; ");
}

function tokenText({ name, scopes }: { name: string; scopes: readonly string[] }): string {
  return `${name} (${scopes.join(" ")})`;
}

/** A spreadsheet evaluates what begins so; an apostrophe before it makes it text. */
export function cell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
