export { type ChangedAlert, changedAlerts } from "./changed-alerts";
export { type BehaviourDiff, type BehaviourOptions, diffBehaviour } from "./diff-behaviour";
export type { NotificationChange } from "./estimate";
export type { ReceiverFlow, UrgencyFlow } from "./flows";
export type { Regrouping } from "./groups";
export { type LostPages, lostPages, type PageRules } from "./lost-pages";
export { foldFirings, type PastAlerts, type PastFiring } from "./past-alerts";
export type { Urgency } from "./urgency";
