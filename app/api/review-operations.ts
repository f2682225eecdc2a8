import * as review from "@/lib/configuration/review/contract";
import type { Operation } from "./operations";

const path = (rest: string) => `/api/{tenant}/changes/{id}/${rest}`;
const tag = "review";
const status = 200;
const answer = review.reviewDtoSchema;

/** Everything that people say and decide about a change before it is published. */
export const REVIEW_OPERATIONS: readonly Operation[] = [
  { method: "GET", path: path("review"), tag, status, answer, summary: "Where the review of a change stands" },
  {
    ...{ method: "POST", path: path("review"), tag, status, answer },
    summary: "Ask for a review; without names, those whom the tenant asks by default",
    body: review.requestReviewInputSchema,
  },
  { method: "DELETE", path: path("review"), tag, status, answer, summary: "Withdraw a change from review" },
  {
    ...{ method: "POST", path: path("approve"), tag, status, answer },
    summary: "Approve what `content` names; refused when the change has moved, or to whoever wrote in it",
    body: review.approveInputSchema,
  },
  {
    ...{ method: "POST", path: path("reject"), tag, status, answer },
    summary: "Reject a change, with a reason",
    body: review.rejectInputSchema,
  },
  {
    ...{ method: "POST", path: path("comments"), tag, status, answer },
    summary: "Write about a change, a line of its text, or a field; or answer somebody",
    body: review.addCommentInputSchema,
  },
  {
    ...{ method: "PUT", path: path("comments/{comment}"), tag, status, answer },
    summary: "Say that a thread is resolved, or that it is not",
    body: review.resolveCommentInputSchema,
  },
  {
    ...{ method: "PUT", path: path("schedule"), tag, status, answer },
    summary: "Publish a change at a time, as the clocks of a zone show it",
    body: review.scheduleInputSchema,
  },
  { method: "DELETE", path: path("schedule"), tag, status, answer, summary: "Do not publish it at a time any more" },
  {
    ...{ method: "POST", path: path("schedule/suspend"), tag, status, answer },
    summary: "Keep the time of a change, but do not publish it then, until it is resumed or scheduled anew",
  },
  {
    ...{ method: "POST", path: path("schedule/resume"), tag, status, answer },
    summary: "Publish a change at the time that it had when it was suspended, with the rights of whoever resumes it",
  },
  {
    ...{ method: "GET", path: path("merge"), tag, status, answer: review.mergePreviewSchema },
    summary: "What bringing a change up to what is live would meet, with all three sides",
  },
  {
    ...{ method: "GET", path: "/api/{tenant}/review-policy", tag, status, answer: review.reviewPolicyDtoSchema },
    summary: "Which rules changes are reviewed by",
  },
  {
    ...{ method: "PUT", path: "/api/{tenant}/review-policy", tag, status, answer: review.reviewPolicyDtoSchema },
    summary: "Set the rules of review",
    versioned: true,
    body: review.reviewPolicySchema,
  },
];
