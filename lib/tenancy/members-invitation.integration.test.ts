import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  inviteMember,
  listMembers,
  removeMember,
  resendInvitation,
  reviewMember,
  type TenantContext,
} from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { startSmarthost } from "@/lib/testing/smarthost";
import { setLanguage } from "./language";
import { getMailLanguage, languageIn, setMailLanguage } from "./mail-language";
import { listAccess } from "./members-access";
import { resetFactors, resetMemberFactors } from "./second-factor/reset";
import { spendLink } from "./sign-in-link";

let database: TestDatabase;
let smarthost: Awaited<ReturnType<typeof startSmarthost>>;
let ctx: TenantContext;
const tokenOf = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get("token") ?? "";
const mailedLink = () => {
  const text = (smarthost.received.at(-1)?.data ?? "").replace(/=\r\n/g, "").replaceAll("=3D", "=");
  return /http:\S+/.exec(text)?.[0] ?? "";
};

beforeAll(async () => {
  vi.stubEnv("PUBLIC_URL", "http://127.0.0.1:3000");
  vi.stubEnv("OUTBOUND_ALLOW", "mail=127.0.0.1");
  vi.stubEnv("LOG_LEVEL", "silent");
  database = await startTestDatabase();
  smarthost = await startSmarthost("x", { hideSTARTTLS: true, refuses: "gone@a.example" });
  ctx = await database.addTenant("admin");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await smarthost.stop();
  await database.stop();
});
const sending = () => {
  vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${smarthost.port}`);
  vi.stubEnv("MAIL_FROM", "signalbox@a.example");
};
const ana = { email: "ana@a.example", name: "Ana", role: "viewer" } as const;

/** Without what transport did to it. */
const mailedText = () => {
  const body = (smarthost.received.at(-1)?.data ?? "").split("\r\n\r\n").slice(1).join("\n\n");
  const plain = body.replace(/=\r\n/g, "");
  const bytes = plain.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`)));
  return Buffer.from(bytes, "latin1").toString("utf8");
};

it("offers no mail where none can be sent, before anybody is invited", async () => {
  const mail = { language: "fr" as const };
  await expect(inviteMember(ctx, { ...ana, mail })).rejects.toMatchObject({ code: "mail_failed" });
  expect(await listMembers(ctx, undefined)).toEqual([]);
});

it("goes by mail, again, and ends when it is taken back; no answer holds the link", async () => {
  sending();
  const invited = await inviteMember(ctx, { ...ana, mail: { language: "fr" } });
  expect(invited).toMatchObject({ mailed: true, link: `http://127.0.0.1:3000/${ctx.tenantSlug}` });
  expect(invited.member.invitedUntil).toBe(invited.expiresAt);
  const first = mailedLink();
  expect(smarthost.received.at(-1)?.data).toMatch(/Ce lien vous connecte/);
  const personId = invited.member.id;
  await resendInvitation(ctx, { personId, mail: { language: "de" } });
  const second = mailedLink();
  expect(await spendLink(tokenOf(first))).toBeNull();
  const { link, mailed } = await resendInvitation(ctx, { personId });
  expect(mailed).toBe(false);
  expect(await spendLink(tokenOf(second))).toBeNull();
  await removeMember(ctx, { personId });
  expect(await spendLink(tokenOf(link))).toBeNull();
});

it("writes in the person's language, then in the tenant's, then in English; only admins choose it", async () => {
  sending();
  const tenant = await database.addTenant("admin");
  const { member } = await inviteMember(tenant, { ...ana, email: "mia@a.example", mail: {} });
  expect(mailedText()).toContain("This link signs you in once");
  await expect(setMailLanguage({ ...tenant, role: "editor" }, { language: "fr" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(setMailLanguage(tenant, { language: "it" as "fr" })).rejects.toMatchObject({ code: "invalid_input" });
  expect(await setMailLanguage(tenant, { language: "fr" })).toEqual({ language: "fr" });
  expect(await getMailLanguage({ ...tenant, role: "viewer" }, undefined)).toEqual({ language: "fr" });
  expect(await getMailLanguage(ctx, undefined)).toEqual({ language: null });
  await resendInvitation(tenant, { personId: member.id, mail: {} });
  expect(mailedText()).toContain("Ce lien vous connecte");
  await database.asOwner("UPDATE people SET has_second_factor = true WHERE id = $1", [member.id]);
  await resetMemberFactors(tenant, member.id);
  expect(mailedText()).toContain("seconds facteurs");
  await setLanguage({ personId: member.id }, { language: "de" });
  await resendInvitation(tenant, { personId: member.id, mail: {} });
  expect(mailedText()).toContain("Dieser Link meldet Sie");
  await setMailLanguage(tenant, { language: null });
  expect(await languageIn(tenant.tenantId, { language: null })).toBe("en");
});

it("whom the mail does not reach is invited all the same, and shown as such", async () => {
  sending();
  const gone = { email: "gone@a.example", name: "Gone", role: "viewer" as const, mail: { language: "en" as const } };
  await expect(inviteMember(ctx, gone)).rejects.toMatchObject({ code: "mail_failed" });
  const [member] = await listMembers(ctx, undefined);
  expect(member).toMatchObject({ email: "gone@a.example", status: "invited", invitedUntil: expect.any(String) });
});

it("is for admins of this tenant, and for people who have not come yet", async () => {
  const { member } = await inviteMember(ctx, { ...ana, email: "bo@a.example" });
  const personId = member.id;
  const viewer = { ...ctx, role: "viewer" as const };
  const other = await database.addTenant("admin");
  for (const verb of [resendInvitation, reviewMember]) {
    await expect(verb(viewer, { personId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(verb(other, { personId })).rejects.toMatchObject({ code: "not_found" });
  }
  await reviewMember(ctx, { personId });
  const reviewed = (await listAccess(ctx, undefined)).people.find(({ id }) => id === personId);
  expect(reviewed?.reviewedAt).not.toBeNull();
  await database.asOwner("UPDATE people SET first_signed_in_at = now() WHERE id = $1", [personId]);
  await expect(resendInvitation(ctx, { personId })).rejects.toMatchObject({ code: "conflict" });
  expect((await listMembers(ctx, undefined)).find(({ id }) => id === personId)?.invitedUntil).toBeNull();
});

it("writes to people in the language of their invitation, until their own pages say another", async () => {
  sending();
  const email = "lou@a.example";
  await inviteMember(ctx, { email, name: "Lou", role: "viewer", mail: { language: "fr" } });
  await resetFactors(email);
  expect(mailedText()).toContain("Un opérateur de cette installation a supprimé vos seconds facteurs");
  const [{ id } = { id: "" }] = await database.asOwner<{ id: string }>("SELECT id FROM people WHERE email = $1", [
    email,
  ]);
  await setLanguage({ personId: id }, { language: "de" });
  await resetFactors(email);
  expect(mailedText()).toContain("Ein Betreiber dieser Installation hat Ihre zweiten Faktoren");
  await expect(setLanguage({ personId: id }, { language: "xx" })).rejects.toMatchObject({ code: "invalid_input" });
  await database.asOwner("UPDATE people SET language = NULL WHERE id = $1", [id]);
  await resetFactors(email);
  expect(mailedText()).toContain("An operator of this installation has removed your second factors");
});
