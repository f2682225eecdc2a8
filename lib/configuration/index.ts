import "server-only";

export { abandonChange } from "./abandon-change";
export { readEventChanges } from "./audit/read-event-changes";
export { configUsage } from "./count-usage";
export { createRevision } from "./create-revision";
export { deleteReceiver } from "./delete-receiver";
export { DEMO_TEMPLATES, DEMO_TITLE, DEMO_YAML } from "./demo";
export { dropUnreadSource } from "./drop-unread-source";
export {
  addExpectation,
  deleteExpectation,
  importExpectations,
  listExpectations,
  saveExpectation,
} from "./expectations";
export { importConfiguration } from "./import-configuration";
export { openChange } from "./open-change";
export { originsOf } from "./origins-of";
export { getChange, getLive, getRevision, listChanges, listRevisions, readRevision } from "./queries";
export { previewMerge, rebaseChange } from "./rebase-change";
export { recordOutcome } from "./record-outcome";
export { requireLive } from "./require-live";
export { restoreRevision } from "./restore-revision";
export { retitleChange } from "./retitle-change";
export { reviewersAmong } from "./review/people";
export { frozenNow, getReviewPolicy, setReviewPolicy } from "./review/policy";
export { getReview } from "./review/read-review";
export { releaseReviewersOf, reviewsWithoutReviewers } from "./review/release-reviewers";
export {
  cancelScheduleOf,
  resumeScheduleOf,
  scheduleChange,
  suspendAs,
  suspendScheduleOf,
} from "./review/schedule";
export {
  approveChange,
  askForReview,
  commentOnChange,
  rejectChange,
  resolveThread,
  withdrawFromReview,
} from "./review/verbs";
export { saveDocument } from "./save-document";
export { saveReceiver } from "./save-receiver";
export { sealSecret } from "./seal-secret";
export { tenantSummary } from "./tenant-summary";
