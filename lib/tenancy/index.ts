import "server-only";

export { exportAccess, exportAuditCsv } from "./audit/exports";
export { installationContext } from "./audit/installation";
export { archiveOldEvents } from "./audit/retention";
export { readAudit, verifyTenantLog } from "./audit-page";
export { authOptions, signInMethods } from "./auth-options";
export { type Bootstrap, bootstrap } from "./bootstrap";
export {
  type Command,
  type CommandOptions,
  type CommandTools,
  command,
  type Decision,
  type Projection,
  parseInput,
  type StreamDefinition,
} from "./command";
export { authorOf, PLATFORM_LOG, systemContext, type TenantContext } from "./context";
export {
  currentMe,
  operatorContext,
  resolveOperator,
  resolvePending,
  resolvePerson,
  resolveSettingUp,
  resolveTenant,
} from "./current";
export { repairDirectory } from "./directory-projection";
export { grantsOf, ownGrants } from "./grants/grants-of";
export { outsideGrants } from "./grants/outside";
export { readGroupRoles, setGroupRoles } from "./groups/group-roles";
export { readIsolation, requestMove } from "./isolation/move-tenant";
export { setLanguage } from "./language";
export { getMailLanguage, languageIn, setMailLanguage } from "./mail-language";
export {
  changeRole,
  inviteMember,
  listMembers,
  removeMember,
  resendInvitation,
  reviewMember,
  setGrants,
} from "./members";
export { listAccess } from "./members-access";
export { tenantsOf } from "./memberships-of";
export { namesOf, resetPassword, setPassword } from "./people";
export { leaveTenant } from "./personal-data/leave-tenant";
export { openPersonal } from "./personal-data/person-keys";
export { recordOnPlatform, recordWith } from "./platform-log";
export { query } from "./query";
export { limitPerson, limitRequest, limitSignIn } from "./rate-limits";
export {
  createScimGroup,
  deleteScimGroup,
  listScimGroups,
  patchScimGroup,
  readScimGroup,
  replaceScimGroup,
} from "./scim/groups";
export {
  createScimUser,
  deleteScimUser,
  listScimUsers,
  patchScimUser,
  readScimUser,
  replaceScimUser,
} from "./scim/users";
export { demandSecondFactor, readTenantSecondFactor } from "./second-factor/demand";
export {
  addPasskey,
  beginPasskey,
  beginTotp,
  confirmTotp,
  readSecondFactor,
  removeFactor,
  renewRecoveryCodes,
} from "./second-factor/factors";
export { passkeySignInOptions } from "./second-factor/passkey-sign-in";
export { passkeysPossible } from "./second-factor/relying-party";
export { requireStepUp } from "./second-factor/require-step-up";
export { resetFactors, resetMemberFactors } from "./second-factor/reset";
export { stepUp, stepUpMethods, stepUpPasskeyOptions } from "./second-factor/step-up";
export { handOut } from "./session-cookie";
export { endListedSession, type LiveSession, listSessions, signOutElsewhere } from "./sessions";
export { comeBackFromTest, signInServiceFor } from "./sign-in/come-back";
export { readSignInTest, startSignInTest } from "./sign-in/provider-test";
export { authProviderId, providerOfAddress, providerOfTenant } from "./sign-in/providers";
export { assertOwnAccount } from "./sign-in/rules";
export {
  addSignInDomain,
  allSignInDomains,
  confirmSignInDomain,
  readTenantSignIn,
  removeSignInDomain,
  removeSignInProvider,
  setSignInPolicy,
  setSignInProvider,
  verifySignInDomain,
} from "./sign-in/settings";
export { type OneTimeLink, publicUrl } from "./sign-in-link";
export { allTenants, createTenant, tenantsWithTargets } from "./tenants";
export { countMembers } from "./tiers/count-members";
export { editTier, listTiers } from "./tiers/edit-tiers";
export { type QuotaUse, requireActive, requireQuota } from "./tiers/enforce";
export { findTenants } from "./tiers/find-tenants";
export { planOf } from "./tiers/plan-of";
export { purgeTenants } from "./tiers/purge";
export { limitTenant, usedRates } from "./tiers/rates";
export {
  type ActingOperator,
  deleteTenant,
  editTenant,
  operatorIn,
  recordExport,
  restoreTenant,
  resumeTenant,
  suspendTenant,
  tenantFacts,
} from "./tiers/tenant-life";
export { createApiToken, listApiTokens, ownApiTokens, revokeApiToken } from "./tokens/api-tokens";
export { authenticateProvisioning, authenticateToken } from "./tokens/authenticate";
export { exchangeToken } from "./tokens/exchange";
export { setTokenPolicy } from "./tokens/token-policy";
