import type { Permission } from "@/lib/tenancy/contract";
import type { TenantFixture } from "./tenant-fixture";

export interface Access {
  /** What the role must include; `operator`, `person` (anybody signed in) or `nobody` (no cookie is read) outside tenants. */
  needs: Permission | "operator" | "person" | "nobody";
  body?: (fixture: TenantFixture) => unknown;
  search?: (fixture: TenantFixture) => string;
  /** What the own tenant answers for what belongs to another one, where that is not 404. */
  foreign?: number;
  /** Goes on in the browser of whoever asks, so a token is not enough. */
  browser?: true;
  /** Is refused also to those with the permission, while somebody else does not allow it. */
  moreNeeded?: true;
}

const review: Access = { needs: "changes:review" };
const schedule: Access = { needs: "changes:schedule" };
const NOTHING = () => ({});
const view: Access = { needs: "configuration:view" };
const edit: Access = { needs: "configuration:edit" };
const publish: Access = { needs: "configuration:publish" };
const settings: Access = { needs: "tenant:settings" };
const manage: Access = { needs: "members:manage" };
const tokens: Access = { needs: "tokens:own" };
const operator: Access = { needs: "operator" };
const person: Access = { needs: "person" };
const withBody = (access: Access, body: Access["body"], more: Partial<Access> = {}): Access => ({
  ...access,
  body,
  ...more,
});

const expectation = () => ({ name: "a", labels: { alertname: "A" }, receivers: ["a"] });
const provider = () => ({
  ...{ name: "P", issuer: "https://idp.example", clientId: "c", clientSecret: null, scopes: "openid" },
  roleMap: { claim: "groups", map: {}, otherwise: null },
  enabled: false,
});
const receiver = ({ ids: { receivers: id } }: TenantFixture) => ({ id, name: "renamed" });

/** Who may do what, over the API: an operation that is not here fails the test of isolation. */
export const ACCESS: Readonly<Record<string, Access>> = {
  "GET /api/{tenant}": view,
  "GET /api/{tenant}/live": view,
  "GET /api/{tenant}/changes": view,
  "POST /api/{tenant}/changes": withBody(edit, NOTHING),
  "GET /api/{tenant}/changes/{id}": view,
  "PUT /api/{tenant}/changes/{id}/document": withBody(edit, ({ document }) => document),
  "PUT /api/{tenant}/changes/{id}/receivers/{receiver}": withBody(edit, receiver),
  "DELETE /api/{tenant}/changes/{id}/receivers/{receiver}": edit,
  "PUT /api/{tenant}/changes/{id}/title": withBody(edit, () => ({ title: "Mine" })),
  "POST /api/{tenant}/changes/{id}/rebase": edit,
  "DELETE /api/{tenant}/changes/{id}/unread": edit,
  "POST /api/{tenant}/changes/{id}/publish": publish,
  "POST /api/{tenant}/changes/{id}/abandon": edit,
  "GET /api/{tenant}/changes/{id}/merge": view,
  "GET /api/{tenant}/changes/{id}/review": view,
  "POST /api/{tenant}/changes/{id}/review": withBody(edit, NOTHING),
  "DELETE /api/{tenant}/changes/{id}/review": edit,
  "POST /api/{tenant}/changes/{id}/approve": withBody(review, () => ({ content: "a".repeat(64) })),
  "POST /api/{tenant}/changes/{id}/reject": withBody(review, () => ({
    content: "a".repeat(64),
    reason: "Not like this.",
  })),
  "POST /api/{tenant}/changes/{id}/comments": withBody(view, () => ({ text: "Why?" })),
  "PUT /api/{tenant}/changes/{id}/comments/{comment}": withBody(edit, () => ({ resolved: true })),
  "PUT /api/{tenant}/changes/{id}/schedule": withBody(schedule, () => ({ at: "2099-01-01T09:00", zone: "UTC" })),
  "DELETE /api/{tenant}/changes/{id}/schedule": schedule,
  "POST /api/{tenant}/changes/{id}/schedule/suspend": schedule,
  "POST /api/{tenant}/changes/{id}/schedule/resume": schedule,
  "GET /api/{tenant}/review-policy": view,
  "PUT /api/{tenant}/review-policy": withBody(settings, () => ({
    ...{ required: false, approvals: 1, selfApproval: true, reviewers: [] },
    pages: { approvals: 0, receivers: [] },
  })),
  "GET /api/{tenant}/notices": view,
  "POST /api/{tenant}/notices/read": withBody(view, () => ({ all: true })),
  "GET /api/{tenant}/notices/preference": view,
  "PUT /api/{tenant}/notices/preference": withBody(view, () => ({ mail: true })),
  "GET /api/{tenant}/notice-webhook": settings,
  "PUT /api/{tenant}/notice-webhook": withBody(settings, () => ({ url: "https://example.org/hook" })),
  "DELETE /api/{tenant}/notice-webhook": settings,
  "GET /api/{tenant}/second-factor": settings,
  "PUT /api/{tenant}/second-factor": withBody(settings, () => ({ roles: [] })),
  "DELETE /api/{tenant}/members/{id}/second-factor": manage,
  "POST /api/{tenant}/import": withBody(edit, () => ({ yaml: "route: {receiver: a}\nreceivers: [{name: a}]\n" })),
  "POST /api/{tenant}/secrets": withBody({ needs: "secrets:replace" }, () => ({ value: "s", kind: "secret" })),
  "GET /api/{tenant}/revisions": view,
  "GET /api/{tenant}/revisions/{number}": view,
  "POST /api/{tenant}/revisions/{number}/restore": edit,
  "POST /api/{tenant}/revisions/{number}/publish": { ...publish, foreign: 409 },
  "GET /api/{tenant}/publications": view,
  "GET /api/{tenant}/publications/{id}": view,
  "POST /api/{tenant}/publications/{id}/acknowledge": publish,
  "POST /api/{tenant}/publications/{id}/bring-back": edit,
  "GET /api/{tenant}/targets": { needs: "targets:view" },
  "GET /api/{tenant}/targets/{id}/live": { needs: "targets:view" },
  "GET /api/{tenant}/targets/{id}/difference": { needs: "targets:view" },
  "POST /api/{tenant}/targets/{id}/acknowledge": publish,
  "POST /api/{tenant}/targets/{id}/import": edit,
  "GET /api/{tenant}/default-templates": { needs: "targets:view", search: () => "profile=alertmanager@0.34" },
  "GET /api/{tenant}/audit": { needs: "audit:view" },
  "GET /api/{tenant}/audit/csv": { needs: "audit:view" },
  "GET /api/{tenant}/audit/checkpoint": { needs: "audit:view" },
  "GET /api/{tenant}/audit/proof": { needs: "audit:view", search: () => "position=1" },
  "GET /api/{tenant}/audit/consistency": { needs: "audit:view", search: () => "from=1" },
  "GET /api/{tenant}/audit/export": { needs: "audit:view" },
  "GET /api/{tenant}/audit/tile/{path}": { needs: "audit:view" },
  "GET /api/{tenant}/expectations": view,
  "POST /api/{tenant}/expectations": withBody(edit, expectation),
  "POST /api/{tenant}/expectations/import": withBody(edit, () => ({
    yaml: "- {name: b, labels: {a: b}, receivers: [a]}\n",
  })),
  "PUT /api/{tenant}/expectations/{id}": withBody(edit, expectation),
  "DELETE /api/{tenant}/expectations/{id}": edit,
  "GET /api/{tenant}/test-sends": { ...view, search: ({ ids }) => `receiverId=${ids.receivers}` },
  "POST /api/{tenant}/test-sends": withBody(edit, ({ ids }) => ({ changeId: ids.changes, receiverId: ids.receivers })),
  "GET /api/{tenant}/test-sends/liveness": { ...view, search: ({ ids }) => `receiverId=${ids.receivers}` },
  "POST /api/{tenant}/test-sends/liveness": withBody(edit, ({ ids }) => ({
    changeId: ids.changes,
    receiverId: ids.receivers,
  })),
  "POST /api/{tenant}/test-sends/alerts": withBody(
    edit,
    ({ ids }) => ({
      targetId: ids.targets,
      receiverId: ids.receivers,
    }),
    { moreNeeded: true },
  ),
  "GET /api/{tenant}/alerts": view,
  "GET /api/{tenant}/alerts/labels": view,
  "GET /api/{tenant}/alerts/firings": view,
  "GET /api/{tenant}/history": view,
  "PUT /api/{tenant}/history": withBody(settings, () => ({ retentionDays: 7, pollTargets: false })),
  "POST /api/{tenant}/taps": withBody(settings, () => ({ name: "tap" })),
  "DELETE /api/{tenant}/taps/{id}": settings,
  "GET /api/{tenant}/members": { needs: "members:view" },
  "POST /api/{tenant}/members": withBody(manage, () => ({ email: "new@example.org", name: "New", role: "viewer" })),
  "PUT /api/{tenant}/members/{id}": withBody(manage, () => ({ role: "editor" })),
  "DELETE /api/{tenant}/members/{id}": manage,
  "PUT /api/{tenant}/members/{id}/grants": withBody(manage, () => ({ grants: null })),
  "POST /api/{tenant}/members/{id}/invitation": withBody(manage, NOTHING, { moreNeeded: true }),
  "POST /api/{tenant}/members/{id}/review": withBody(manage, NOTHING),
  "GET /api/{tenant}/access": { needs: "audit:view" },
  "GET /api/{tenant}/access/export": { needs: "audit:view" },
  "GET /api/{tenant}/group-roles": manage,
  "PUT /api/{tenant}/group-roles": withBody(manage, () => ({ groups: [] })),
  "GET /api/{tenant}/sign-in": settings,
  "PUT /api/{tenant}/sign-in/provider": withBody(settings, provider),
  "DELETE /api/{tenant}/sign-in/provider": settings,
  "POST /api/{tenant}/sign-in/domains": withBody(settings, () => ({ domain: "new.example" })),
  "DELETE /api/{tenant}/sign-in/domains/{domain}": settings,
  "POST /api/{tenant}/sign-in/domains/{domain}/verify": settings,
  "PUT /api/{tenant}/sign-in/policy": withBody(settings, () => ({ enforced: false, breakGlass: [] })),
  "POST /api/{tenant}/sign-in/tests": withBody(settings, provider, { browser: true }),
  "GET /api/{tenant}/sign-in/tests/{id}": settings,
  "GET /api/{tenant}/plan": view,
  "GET /api/{tenant}/tokens": tokens,
  "POST /api/{tenant}/tokens": withBody(tokens, () => ({ name: "t", scopes: ["configuration:view"], days: 1 })),
  "DELETE /api/{tenant}/tokens/{id}": tokens,
  "PUT /api/{tenant}/tokens/policy": withBody(settings, () => ({ maxDays: 90 })),
  "POST /api/token": { needs: "nobody", body: () => ({ grant_type: "refresh_token", refresh_token: "sbxr_x" }) },
  "GET /api/me": person,
  "GET /api/me/sessions": person,
  "DELETE /api/me/sessions/{id}": person,
  "PUT /api/me/language": withBody(person, () => ({ language: "de" })),
  "PUT /api/me/password": withBody(person, () => ({ password: "a long enough password" })),
  "GET /api/me/tokens": person,
  "DELETE /api/me/sessions": person,
  "GET /api/me/second-factor": person,
  "POST /api/me/second-factor/totp": person,
  "PUT /api/me/second-factor/totp": withBody(person, NOTHING),
  "POST /api/me/second-factor/passkeys": person,
  "PUT /api/me/second-factor/passkeys": withBody(person, NOTHING),
  "POST /api/me/second-factor/recovery-codes": person,
  "DELETE /api/me/second-factor/{id}": person,
  "GET /api/me/step-up": person,
  "POST /api/me/step-up": withBody(person, NOTHING),
  "POST /api/me/step-up/passkey": person,
  "POST /api/platform/second-factor-resets": withBody(operator, NOTHING),
  "GET /api/platform/tenants": operator,
  "POST /api/platform/tenants": withBody(operator, () => ({ slug: "fresh", name: "Fresh" })),
  "GET /api/platform/targets": operator,
  "POST /api/platform/targets": withBody(operator, NOTHING),
  "DELETE /api/platform/targets/{id}": operator,
  "PUT /api/platform/targets/{id}/injected-matchers": withBody(operator, () => ({ injectedMatchers: [] })),
  "GET /api/platform/default-templates": operator,
  "PUT /api/platform/default-templates/{version}": withBody(operator, NOTHING),
  "DELETE /api/platform/default-templates/{version}": operator,
  "GET /api/platform/tenants/{id}": operator,
  "PUT /api/platform/tenants/{id}": withBody(operator, NOTHING),
  "GET /api/platform/tenants/{id}/export": operator,
  "GET /api/platform/tenants/{id}/usage": operator,
  "POST /api/platform/tenants/{id}/suspend": withBody(operator, NOTHING),
  "POST /api/platform/tenants/{id}/resume": withBody(operator, NOTHING),
  "POST /api/platform/tenants/{id}/delete": withBody(operator, NOTHING),
  "POST /api/platform/tenants/{id}/restore": withBody(operator, NOTHING),
  "GET /api/platform/tenants/{id}/isolation": operator,
  "POST /api/platform/tenants/{id}/isolation": withBody(operator, NOTHING),
  "GET /api/platform/tiers": operator,
  "PUT /api/platform/tiers/{name}": withBody(operator, NOTHING),
  "GET /api/platform/health": operator,
  "GET /api/platform/audit": operator,
  "GET /api/platform/audit/proof": { ...operator, search: () => "position=1" },
  "GET /api/platform/audit/csv": operator,
  "GET /api/platform/audit/export": operator,
  "GET /api/platform/keys": operator,
  "POST /api/platform/keys/rotate": operator,
  "POST /api/platform/keys/rewrap": operator,
  "PUT /api/platform/keys/minimum": withBody(operator, () => ({ version: 1 })),
  "POST /api/platform/keys/data-keys": withBody(operator, NOTHING),
  "POST /api/platform/keys/verify": operator,
  "GET /api/platform/sign-in-domains": operator,
  "POST /api/platform/sign-in-domains": withBody(operator, NOTHING),
};
